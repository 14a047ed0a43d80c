"""A suspended instance stands still and loses nothing that happens meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from orchestrator import background, bpmn
from orchestrator.audit import read
from orchestrator.kernel.clock import FixedClock
from orchestrator.people import users
from orchestrator.process import (
    instances,
    job_workers,
    messages,
    signals,
    suspension,
    tasks,
    timers,
)
from orchestrator.process.deploy import deploy
from orchestrator.process.outbox import Sent
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database
from orchestrator.store.tables import (
    ElementInstance,
    Message,
    ProcessInstance,
    UserTask,
    Variable,
    WorkItem,
)

MODEL = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><message id="paid" name="paid">
<extensionElements><zeebe:subscription correlationKey="=order"/></extensionElements></message>
<signal id="alarm" name="alarm"/><process id="p" isExecutable="true"><startEvent id="s"/>
<parallelGateway id="fork"/><sequenceFlow id="f0" sourceRef="s" targetRef="fork"/>
<intermediateCatchEvent id="timer"><timerEventDefinition><timeDuration>PT1H</timeDuration>
</timerEventDefinition></intermediateCatchEvent>
<intermediateCatchEvent id="message"><messageEventDefinition messageRef="paid"/>
</intermediateCatchEvent>
<intermediateCatchEvent id="signal"><signalEventDefinition signalRef="alarm"/>
</intermediateCatchEvent>
<serviceTask id="job"><extensionElements><zeebe:taskDefinition type="pay"/></extensionElements>
</serviceTask><userTask id="person"/><serviceTask id="later"><extensionElements>
<zeebe:taskDefinition type="later"/></extensionElements></serviceTask>
<sequenceFlow id="f1" sourceRef="fork" targetRef="timer"/>
<sequenceFlow id="f2" sourceRef="fork" targetRef="message"/>
<sequenceFlow id="f3" sourceRef="fork" targetRef="signal"/>
<sequenceFlow id="f4" sourceRef="fork" targetRef="job"/>
<sequenceFlow id="f5" sourceRef="fork" targetRef="person"/>
<sequenceFlow id="f6" sourceRef="job" targetRef="later"/>
<endEvent id="e"/><sequenceFlow id="f7" sourceRef="timer" targetRef="e"/>
<sequenceFlow id="f8" sourceRef="message" targetRef="e"/>
<sequenceFlow id="f9" sourceRef="signal" targetRef="e"/>
<sequenceFlow id="f10" sourceRef="person" targetRef="e"/>
<sequenceFlow id="f11" sourceRef="later" targetRef="e"/></process></definitions>"""
WAITING = ["job", "message", "person", "signal", "timer"]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def key(database: Database) -> int:
    """An instance that waits for everything one can wait for."""
    with database.begin(actor="test") as unit:
        deploy(unit, [("p.bpmn", MODEL)])
        made = start(unit, StartRequest(process_id="p", variables={"order": "7"})).instance.key
    background.deliver(database, "default")
    return made


def suspend(database: Database, key: int) -> None:
    with database.begin(actor="test") as unit:
        assert suspension.suspend(unit, key).state == "SUSPENDED"


def resume(database: Database, key: int) -> None:
    with database.begin(actor="test") as unit:
        assert suspension.resume(unit, key).suspended_at is None
    background.deliver(database, "default")


def waiting(database: Database, key: int) -> list[str]:
    query = select(ElementInstance.element_id).where(
        ElementInstance.instance_key == key,
        ElementInstance.state == "ACTIVE",
        col(ElementInstance.scope_key).is_not(None),
    )
    with database.begin(actor="test") as unit:
        return sorted(unit.session.exec(query))


def claimed(database: Database, job_type: str) -> list[int]:
    with database.begin(actor="test") as unit:
        found = job_workers.activate(unit, "w", job_type, 5, timedelta(minutes=1))
        return [claim.item.key for claim in found]


def publish(database: Database, amount: int) -> None:
    with database.begin(actor="test") as unit:
        messages.publish(unit, Sent("paid", "7", {"amount": amount}), timedelta(hours=9))
    background.deliver(database, "default")


def test_a_timer_that_becomes_due_fires_when_it_goes_on(
    database: Database, clock: FixedClock, key: int
) -> None:
    suspend(database, key)
    clock.advance(timedelta(hours=2))
    background.fire_timers(database, "default")
    assert waiting(database, key) == WAITING
    resume(database, key)
    assert "timer" not in waiting(database, key)
    with database.begin(actor="test") as unit:
        assert timers.due(unit) == []


def test_a_message_arrives_when_it_goes_on_and_a_second_one_stays_kept(
    database: Database, key: int
) -> None:
    suspend(database, key)
    publish(database, 1)
    publish(database, 2)
    assert waiting(database, key) == WAITING
    resume(database, key)
    assert "message" not in waiting(database, key)
    with database.begin(actor="test") as unit:
        amount = select(Variable).where(Variable.scope_key == key, Variable.name == "amount")
        assert unit.session.exec(amount).one().value == {"v": 1}
        (left,) = unit.session.exec(select(Message).where(Message.variables != {"amount": 1}))
        assert left.correlated == []


def test_a_signal_reaches_it_when_it_goes_on(database: Database, key: int) -> None:
    suspend(database, key)
    with database.begin(actor="test") as unit:
        signals.broadcast(unit, "alarm", {})
    background.deliver(database, "default")
    assert waiting(database, key) == WAITING
    resume(database, key)
    assert "signal" not in waiting(database, key)


REPEATING = MODEL.replace(
    b'<sequenceFlow id="f9" sourceRef="signal" targetRef="e"/>',
    b"""<sequenceFlow id="f9" sourceRef="signal" targetRef="heard"/>
<scriptTask id="heard"><extensionElements><zeebe:script
expression="=if is defined(times) then times + 1 else 1" resultVariable="times"/>
</extensionElements></scriptTask><sequenceFlow id="again" sourceRef="heard" targetRef="signal"/>
<subProcess id="aside" triggeredByEvent="true"><startEvent id="each" isInterrupting="false">
<signalEventDefinition signalRef="alarm"/></startEvent><userTask id="told"/>
<sequenceFlow id="f12" sourceRef="each" targetRef="told"/></subProcess>""",
)
ANSWER = MODEL.replace(
    b'<sequenceFlow id="f10" sourceRef="person" targetRef="e"/>',
    b"""<sequenceFlow id="f10" sourceRef="person" targetRef="after"/>
<intermediateCatchEvent id="after"><signalEventDefinition signalRef="done"/>
</intermediateCatchEvent><sequenceFlow id="f12" sourceRef="after" targetRef="e"/>""",
).replace(b'<process id="p"', b'<signal id="done" name="done"/><process id="p"')


def begun(database: Database, model: bytes) -> int:
    with database.begin(actor="test") as unit:
        deploy(unit, [("p.bpmn", model)])
        return start(unit, StartRequest(process_id="p", variables={"order": "7"})).instance.key


def answer(database: Database) -> None:
    """Do the task as an administrator."""
    with database.begin(actor="test") as unit:
        task = unit.session.exec(select(UserTask)).one()
        admin = users.create(unit, users.NewUser("a", "correct horse", ["admin"]))
        tasks.complete(unit, task.key, admin, {})


def broadcast(database: Database, name: str) -> None:
    with database.begin(actor="test") as unit:
        signals.broadcast(unit, name, {})
    background.deliver(database, "default")


def test_signals_reach_a_loop_and_an_event_subprocess_as_often_as_they_were_sent(
    database: Database,
) -> None:
    """The loop waits for the second one only after the first."""
    key = begun(database, REPEATING)
    suspend(database, key)
    for _ in range(3):
        broadcast(database, "alarm")
    resume(database, key)
    found = waiting(database, key)
    assert (found.count("told"), found.count("signal")) == (3, 1)
    with database.begin(actor="test") as unit:
        times = select(Variable).where(Variable.scope_key == key, Variable.name == "times")
        assert unit.session.exec(times).one().value == {"v": 3}
        rebuilt = instances.replay(unit, key).snapshot()["live"].values()
        assert sorted(x.element_id for x in rebuilt if x.scope_key) == found


def test_a_signal_reaches_what_waits_for_it_only_after_what_is_kept(database: Database) -> None:
    key = begun(database, ANSWER)
    suspend(database, key)
    broadcast(database, "done")  # nothing is kept, so nothing waits for it
    answer(database)
    resume(database, key)
    assert "after" in waiting(database, key)
    suspend(database, key)
    broadcast(database, "done")
    resume(database, key)
    assert "after" not in waiting(database, key)


def test_a_signal_sent_after_the_answer_that_is_kept_is_not_lost(database: Database) -> None:
    key = begun(database, ANSWER)
    suspend(database, key)
    answer(database)
    broadcast(database, "done")
    resume(database, key)
    assert not {"person", "after"} & set(waiting(database, key))


def test_its_jobs_are_not_claimed_and_one_under_way_is_not_lost(
    database: Database, key: int
) -> None:
    (job,) = claimed(database, "pay")
    suspend(database, key)
    with database.begin(actor="test") as unit:
        job_workers.complete(unit, job, {"paid": True})
    assert waiting(database, key) == WAITING
    assert claimed(database, "later") == []
    resume(database, key)
    assert "job" not in waiting(database, key)
    assert len(claimed(database, "later")) == 1
    with database.begin(actor="test") as unit:
        assert not any(unit.session.exec(select(WorkItem.held)))


def test_waiting_jobs_can_be_claimed_again_when_it_goes_on(database: Database, key: int) -> None:
    suspend(database, key)
    assert claimed(database, "pay") == []
    resume(database, key)
    assert len(claimed(database, "pay")) == 1


def test_the_answer_of_a_person_is_kept(database: Database, key: int) -> None:
    suspend(database, key)
    answer(database)
    assert waiting(database, key) == WAITING
    resume(database, key)
    assert "person" not in waiting(database, key)


def test_it_is_on_the_record_and_the_record_rebuilds_it(
    database: Database, clock: FixedClock, key: int
) -> None:
    suspend(database, key)
    clock.advance(timedelta(hours=2))
    background.fire_timers(database, "default")
    with database.begin(actor="test") as unit:
        root = instances.replay(unit, key).get(key)
        assert root is not None
        assert [c["element_id"] for c in root.data["kept"]] == ["timer"]
    resume(database, key)
    with database.begin(actor="test") as unit:
        kinds = [line.kind for line in read(unit, f"process-instance/{key}")]
        assert kinds[1:] == [
            "process.suspend_instance",
            "process.fire_timer",
            "process.resume_instance",
        ]
        rebuilt = instances.replay(unit, key).snapshot()["live"].values()
        alive = sorted(x.element_id for x in rebuilt if x.scope_key)
        assert alive == [x for x in WAITING if x != "timer"]


def test_what_does_not_fit_is_refused(database: Database, key: int) -> None:
    with database.begin(actor="test") as unit, pytest.raises(bpmn.Rejected):
        suspension.resume(unit, key)
    suspend(database, key)
    with database.begin(actor="test") as unit, pytest.raises(bpmn.Rejected):
        suspension.suspend(unit, key)


def test_a_suspended_instance_can_be_cancelled(database: Database, key: int) -> None:
    suspend(database, key)
    with database.begin(actor="test") as unit:
        instances.cancel(unit, key)
    with database.begin(actor="test") as unit:
        row = unit.session.exec(select(ProcessInstance)).one()
        assert (row.state, row.suspended_at) == ("TERMINATED", None)
    assert waiting(database, key) == []
