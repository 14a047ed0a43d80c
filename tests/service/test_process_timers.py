"""Timers fire once, and several commands of one transaction see one another."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from orchestrator import audit
from orchestrator.bpmn.commands import CompleteElement
from orchestrator.kernel.clock import FixedClock
from orchestrator.process import timers
from orchestrator.process.deploy import deploy
from orchestrator.process.execute import execute, lock
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database
from orchestrator.store.tables import ElementInstance, ProcessInstance, Timer

WAIT = "<intermediateCatchEvent id='{0}'><timerEventDefinition><timeDuration>PT{1}H</timeDuration>"
MODEL = f"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t">
<process id="p" isExecutable="true"><startEvent id="s"/><parallelGateway id="fork"/>
{WAIT.format("one", 1)}</timerEventDefinition></intermediateCatchEvent>
{WAIT.format("two", 2)}</timerEventDefinition></intermediateCatchEvent>
<parallelGateway id="join"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="fork"/>
<sequenceFlow id="f2" sourceRef="fork" targetRef="one"/>
<sequenceFlow id="f3" sourceRef="fork" targetRef="two"/>
<sequenceFlow id="f4" sourceRef="one" targetRef="join"/>
<sequenceFlow id="f5" sourceRef="two" targetRef="join"/>
<sequenceFlow id="f6" sourceRef="join" targetRef="e"/></process></definitions>""".encode()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def key(database: Database) -> int:
    """An instance that waits for two timers."""
    with database.begin(actor="test") as unit:
        deploy(unit, [("p.bpmn", MODEL)])
        return start(unit, StartRequest(process_id="p")).instance.key


def state_of(database: Database, key: int) -> str:
    with database.begin(actor="test") as unit:
        return (
            unit.session.exec(select(ProcessInstance).where(ProcessInstance.key == key)).one().state
        )


def test_a_timer_fires_when_due_and_only_once(
    database: Database, clock: FixedClock, key: int
) -> None:
    with database.begin(actor="system") as unit:
        assert timers.due(unit) == []
    clock.advance(timedelta(hours=1))
    with database.begin(actor="system") as unit:
        (due,) = timers.due(unit)
        assert timers.fire(unit, due)
    with database.begin(actor="system") as unit:
        assert not timers.fire(unit, due)
        assert [t.element_id for t in unit.session.exec(select(Timer))] == ["two"]
    assert state_of(database, key) == "ACTIVE"


def test_two_timers_of_one_instance_fire_in_one_transaction(
    database: Database, clock: FixedClock, key: int
) -> None:
    clock.advance(timedelta(hours=2))
    with database.begin(actor="system") as unit:
        assert [timers.fire(unit, due) for due in timers.due(unit)] == [True, True]
    assert state_of(database, key) == "COMPLETED"


def test_an_element_that_ends_takes_its_timer_along(database: Database, key: int) -> None:
    with database.begin(actor="test") as unit:
        waiting = select(ElementInstance.key).where(ElementInstance.element_id == "one")
        execute(unit, lock(unit, key), CompleteElement(unit.session.exec(waiting).one()))
        assert [t.element_id for t in unit.session.exec(select(Timer))] == ["two"]


def test_a_timer_that_fails_is_tried_again_in_a_minute_and_that_is_on_the_record(
    database: Database, clock: FixedClock, key: int
) -> None:
    clock.advance(timedelta(hours=1))
    with database.begin(actor="system") as unit:
        (due,) = timers.due(unit)
        timers.postpone(unit, due, "No such decision.")
    with database.begin(actor="system") as unit:
        assert timers.due(unit) == []
        last = audit.read(unit, f"process-instance/{key}")[-1]
        assert (last.kind, last.data["why"]) == ("timer.postponed", "No such decision.")
    clock.advance(timedelta(minutes=1))
    with database.begin(actor="system") as unit:
        (again,) = timers.due(unit)
        assert timers.fire(unit, again)
