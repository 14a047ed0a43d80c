"""An incident is resolved, and what it stopped goes on."""

import pytest
from sqlmodel import col, select

from orchestrator.bpmn import run as limits
from orchestrator.process import incidents
from orchestrator.process.deploy import deploy
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database
from orchestrator.store.tables import Incident, ProcessInstance, Variable
from tests.unit.bpmn.test_pausing import COUNTING

MODEL = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><process id="p" isExecutable="true">
{COUNTING}</process></definitions>""".encode()


def test_a_loop_that_was_stopped_goes_on_for_as_many_steps_again(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_STEPS", 60)
    with database.begin(actor="test") as unit:
        deploy(unit, [("p.bpmn", MODEL)])
        key = start(unit, StartRequest("p", variables={"n": 0})).instance.key
    with database.begin(actor="test") as unit:
        (incident,) = unit.session.exec(select(Incident))
        assert (incident.error_type, incident.instance_key) == ("LOOP", key)
        incidents.resolve(unit, incident.key)
    with database.begin(actor="test") as unit:
        instance = unit.session.exec(select(ProcessInstance)).one()
        value = unit.session.exec(select(Variable.value).where(col(Variable.name) == "n")).one()
        assert (instance.state, value) == ("COMPLETED", {"v": 50})
        assert [i.state for i in unit.session.exec(select(Incident))] == ["RESOLVED"]
