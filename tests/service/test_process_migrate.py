"""An instance goes to another version and back, with all its rows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from orchestrator import background, bpmn
from orchestrator.bpmn.change.plan import same_ids
from orchestrator.kernel.clock import FixedClock
from orchestrator.kernel.errors import Conflict
from orchestrator.process import definitions, instances, messages, migrate, timers
from orchestrator.process.deploy import deploy
from orchestrator.process.execute import lock
from orchestrator.process.outbox import Sent
from orchestrator.process.start import StartRequest, start
from orchestrator.process.variables import set_at
from orchestrator.store.database import Database
from orchestrator.store.tables import (
    ElementInstance,
    Incident,
    ProcessDefinition,
    ProcessInstance,
    Subscription,
    Timer,
    UserTask,
    Variable,
    WorkItem,
)

OLD = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><message id="paid" name="paid">
<extensionElements><zeebe:subscription correlationKey="=order"/></extensionElements></message>
<process id="p" isExecutable="true"><startEvent id="s"/><parallelGateway id="fork"/>
<subProcess id="sub"><startEvent id="is"/><serviceTask id="job"><extensionElements>
<zeebe:taskDefinition type="pay"/></extensionElements></serviceTask><endEvent id="ie"/>
<sequenceFlow id="i1" sourceRef="is" targetRef="job"/>
<sequenceFlow id="i2" sourceRef="job" targetRef="ie"/></subProcess>
<boundaryEvent id="late" attachedToRef="sub" cancelActivity="false"><timerEventDefinition>
<timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent><endEvent id="le"/>
<userTask id="person"/><intermediateCatchEvent id="wait"><messageEventDefinition
messageRef="paid"/></intermediateCatchEvent><parallelGateway id="join"/><endEvent id="e"/>
<sequenceFlow id="f0" sourceRef="s" targetRef="fork"/>
<sequenceFlow id="f1" sourceRef="fork" targetRef="sub"/>
<sequenceFlow id="f2" sourceRef="fork" targetRef="person"/>
<sequenceFlow id="f3" sourceRef="fork" targetRef="wait"/>
<sequenceFlow id="f4" sourceRef="sub" targetRef="join"/>
<sequenceFlow id="f5" sourceRef="person" targetRef="join"/>
<sequenceFlow id="f6" sourceRef="wait" targetRef="join"/>
<sequenceFlow id="f7" sourceRef="join" targetRef="e"/>
<sequenceFlow id="f8" sourceRef="late" targetRef="le"/></process></definitions>"""
NEW = (
    OLD.replace(b'"job"', b'"work"')
    .replace(b'"late"', b'"later"')
    .replace(b'"person"', b'"clerk"')
    .replace(b"PT1H", b"PT3H")
)
RENAMED = {"job": "work", "person": "clerk"}
TABLES: list[Any] = [
    ProcessInstance,
    ElementInstance,
    Variable,
    Timer,
    Subscription,
    WorkItem,
    UserTask,
    Incident,
]


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def key(database: Database) -> int:
    """An instance of version 1; version 2 is deployed after it."""
    with database.begin(actor="test") as unit:
        deploy(unit, [("p.bpmn", OLD)])
        made = start(unit, StartRequest(process_id="p", variables={"order": "7"})).instance.key
        deploy(unit, [("p.bpmn", NEW)])
    background.deliver(database, "default")
    return made


def rows(database: Database) -> dict[str, list[dict[str, Any]]]:
    """Everything there is of instances, but when a row was last written."""
    found: dict[str, list[dict[str, Any]]] = {}
    with database.begin(actor="test") as unit:
        for table in TABLES:
            read = unit.session.exec(select(table))
            dumped = [row.model_dump(exclude={"updated_at"}) for row in read]
            found[table.__tablename__] = sorted(dumped, key=str)
    return found


def to_newest(database: Database, key: int, **more: str) -> migrate.Undo:
    with database.begin(actor="test") as unit:
        source = definitions.of(unit, lock(unit, key))
        target = definitions.newest(unit, "p")
        elements = same_ids(source, definitions.executable(target)) | RENAMED | more
        return migrate.migrate(unit, key, target, elements)


def restore(database: Database, key: int, undo: migrate.Undo) -> None:
    with database.begin(actor="test") as unit:
        assert migrate.is_untouched(unit, key, undo)
        migrate.restore(unit, key, undo)


def ids(database: Database, table: Any) -> list[str]:
    with database.begin(actor="test") as unit:
        return sorted(unit.session.exec(select(table.element_id)))


def test_all_that_is_alive_is_of_the_new_version_and_replays(database: Database, key: int) -> None:
    to_newest(database, key)
    with database.begin(actor="test") as unit:
        row = unit.session.exec(select(ProcessInstance)).one()
        assert (row.version, row.definition_key) == (2, definitions.newest(unit, "p").key)
        rebuilt = {x.element_id for x in instances.replay(unit, key).snapshot()["live"].values()}
        alive = select(ElementInstance.element_id).where(ElementInstance.state == "ACTIVE")
        assert rebuilt == set(unit.session.exec(alive)) == {"p", "sub", "work", "clerk", "wait"}
    assert ids(database, WorkItem) == ["work"]
    assert ids(database, UserTask) == ["clerk"]


def test_a_mapped_timer_keeps_its_due_date_and_another_is_set_anew(
    database: Database, clock: FixedClock, key: int
) -> None:
    clock.advance(timedelta(minutes=30))
    undo = to_newest(database, key, late="later")
    with database.begin(actor="test") as unit:
        timer = unit.session.exec(select(Timer)).one()
        due = datetime(2026, 1, 1, 1, tzinfo=UTC)
        assert (timer.element_id, timer.due_at) == ("later", due)
    restore(database, key, undo)
    to_newest(database, key)
    with database.begin(actor="test") as unit:
        timer = unit.session.exec(select(Timer)).one()
        due = datetime(2026, 1, 1, 3, 30, tzinfo=UTC)
        assert (timer.element_id, timer.due_at) == ("later", due)


def test_a_timer_that_was_about_to_fire_fires_at_the_event_it_has_gone_to(
    database: Database, clock: FixedClock, key: int
) -> None:
    clock.advance(timedelta(hours=2))
    with database.begin(actor="system") as unit:
        (due,) = timers.due(unit)
    to_newest(database, key, late="later")
    with database.begin(actor="system") as unit:
        assert timers.fire(unit, due)
    begun = {x["element_id"] for x in rows(database)["element_instance"]}
    assert {"later", "le"} <= begun


def test_going_back_restores_every_row(database: Database, clock: FixedClock, key: int) -> None:
    before = rows(database)
    clock.advance(timedelta(minutes=5))
    undo = to_newest(database, key)
    assert rows(database) != before
    restore(database, key, undo)
    assert rows(database) == before
    with database.begin(actor="test") as unit:
        rebuilt = {x.element_id for x in instances.replay(unit, key).snapshot()["live"].values()}
    assert rebuilt == {"p", "sub", "job", "person", "wait"}


def test_one_that_has_gone_on_since_is_not_untouched(database: Database, key: int) -> None:
    undo = to_newest(database, key)
    with database.begin(actor="test") as unit:
        set_at(unit, key, {"more": 1}, local=False)
    with database.begin(actor="test") as unit:
        assert not migrate.is_untouched(unit, key, undo)


def test_a_message_still_finds_it(database: Database, key: int) -> None:
    to_newest(database, key)
    with database.begin(actor="test") as unit:
        messages.publish(unit, Sent("paid", "7"), timedelta())
    background.deliver(database, "default")
    assert "wait" not in {x["element_id"] for x in rows(database)["subscription"]}


def test_an_active_element_without_a_mapping_is_refused(database: Database, key: int) -> None:
    with database.begin(actor="test") as unit:
        target = definitions.newest(unit, "p")
        with pytest.raises(bpmn.BadInstruction, match="person is active"):
            migrate.migrate(unit, key, target, {"sub": "sub", "job": "work", "wait": "wait"})


def test_a_business_key_stays_unique_in_its_process(database: Database) -> None:
    other = OLD.replace(b'<process id="p"', b'<process id="q"')
    with database.begin(actor="test") as unit:
        deploy(unit, [("p.bpmn", OLD), ("q.bpmn", other)])
        for process in ("p", "q"):
            made = start(unit, StartRequest(process, variables={"order": "1"}, business_key="k"))
        source = made.instance
        target = definitions.newest(unit, "p")
        elements = same_ids(definitions.of(unit, source), definitions.executable(target))
        with pytest.raises(Conflict, match="has an instance of the key"):
            migrate.migrate(unit, source.key, target, elements)


def test_versions_run_side_by_side_and_one_can_be_pinned(database: Database, key: int) -> None:
    with database.begin(actor="test") as unit:
        query = select(ProcessDefinition).order_by(col(ProcessDefinition.version))
        first, second = unit.session.exec(query)
        variables = {"order": "8"}
        newest = start(unit, StartRequest("p", variables=variables)).instance
        pinned = start(unit, StartRequest("p", variables=variables, version=1)).instance
        by_key = start(unit, StartRequest(definition_key=first.key, variables=variables)).instance
        assert [x.definition_key for x in (newest, pinned, by_key)] == [
            second.key,
            first.key,
            first.key,
        ]
