"""What retries, and variables that no database column holds, mean for the process."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text
from sqlmodel import select

from orchestrator import background
from orchestrator.kernel.clock import FixedClock
from orchestrator.kernel.errors import InvalidInput
from orchestrator.process import instances, jobs
from orchestrator.process.deploy import deploy
from orchestrator.process.execute import lock
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database
from orchestrator.store.tables import ProcessInstance, UserTask
from orchestrator.store.unit import Unit
from orchestrator.work import items, leases
from orchestrator.work.claims import claim
from orchestrator.work.model import BUSINESS, NewItem, WorkException

MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="p" isExecutable="true"><startEvent id="s"/><endEvent id="e"/>
<sequenceFlow id="f" sourceRef="s" targetRef="e"/></process></definitions>"""
WORK = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><process id="w" isExecutable="true">
<startEvent id="s"/><serviceTask id="t"><extensionElements>
<zeebe:taskDefinition type="q" retries="1"/></extensionElements></serviceTask><endEvent id="e"/>
<sequenceFlow id="f" sourceRef="s" targetRef="t"/>
<sequenceFlow id="g" sourceRef="t" targetRef="e"/></process></definitions>"""
BLOCKS = text(
    "SELECT count(*) FROM pg_locks"
    " WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))"
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 1, 1, tzinfo=UTC))


def test_the_retry_of_an_item_without_a_process_closes_its_review(database: Database) -> None:
    with database.begin(actor="test") as unit:
        key = items.enqueue(unit, NewItem(queue="q", payload={})).key
        (claimed,) = claim(unit, 1, ["q"], 1, 60)
        jobs.release(unit, claimed.run.key, key, "FAILED", WorkException(BUSINESS, "x", "No"))
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


def test_the_end_of_a_lease_and_a_cancellation_do_not_wait_in_a_circle(
    database: Database, clock: FixedClock
) -> None:
    with database.begin(actor="test") as unit:
        deploy(unit, [("w.bpmn", WORK)])
        key = start(unit, StartRequest(process_id="w")).instance.key
    with database.begin(actor="test") as unit:
        assert len(claim(unit, 1, ["q"], 1, 60)) == 1
    clock.advance(timedelta(minutes=5))
    with ThreadPoolExecutor(1) as pool:
        with database.begin(actor="test") as unit:
            lock(unit, key)
            expired = pool.submit(expire, database)
            wait_until_it_blocks(unit)
            instances.cancel(unit, key)
        assert expired.result(timeout=10) == 0


def test_leases_end_in_rounds(
    database: Database, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leases, "ROUND", 2)
    with database.begin(actor="test") as unit:
        items.enqueue_each(unit, [NewItem("q")] * 5)
        assert len(claim(unit, 1, ["q"], 5, 60)) == 5
    clock.advance(timedelta(minutes=5))
    assert expire(database) == 2
    background.expire_leases(database, "default")
    with database.begin(actor="test") as unit:
        assert len(claim(unit, 1, ["q"], 9, 60)) == 5


def expire(database: Database) -> int:
    with database.begin(actor="system") as unit:
        return jobs.expire_leases(unit)


def wait_until_it_blocks(unit: Unit) -> None:
    for _ in range(500):
        if unit.session.connection().execute(BLOCKS).scalar_one():
            return
        time.sleep(0.01)
    raise AssertionError("nobody waits for this transaction")
