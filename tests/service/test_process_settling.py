"""What retries, and variables that no database column holds, mean for the process."""

import pytest
from sqlmodel import select

from orchestrator.kernel.errors import InvalidInput
from orchestrator.process import jobs
from orchestrator.process.deploy import deploy
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database
from orchestrator.store.tables import ProcessInstance, UserTask
from orchestrator.work import items
from orchestrator.work.claims import claim
from orchestrator.work.model import BUSINESS, NewItem, WorkException

MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="p" isExecutable="true"><startEvent id="s"/><endEvent id="e"/>
<sequenceFlow id="f" sourceRef="s" targetRef="e"/></process></definitions>"""


def test_the_retry_of_an_item_without_a_process_closes_its_review(database: Database) -> None:
    with database.begin(actor="test") as unit:
        key = items.enqueue(unit, NewItem(queue="q", payload={})).key
        (claimed,) = claim(unit, 1, ["q"], 1, 60)
        jobs.release(unit, claimed.run, key, "FAILED", WorkException(BUSINESS, "x", "No"))
    with database.begin(actor="test") as unit:
        assert jobs.retry(unit, key).state == "NEW"
    with database.begin(actor="test") as unit:
        assert [task.state for task in unit.session.exec(select(UserTask))] == ["CANCELED"]


def test_variables_with_a_nul_character_are_refused_and_nothing_is_stored(
    database: Database,
) -> None:
    with database.begin(actor="test") as unit:
        deploy(unit, [("p.bpmn", MODEL)])
    request = StartRequest(process_id="p", variables={"a": ["x\0y"]})
    with pytest.raises(InvalidInput, match="NUL"), database.begin(actor="test") as unit:
        start(unit, request)
    with database.begin(actor="test") as unit:
        assert unit.session.exec(select(ProcessInstance)).all() == []
