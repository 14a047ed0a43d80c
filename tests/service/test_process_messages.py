"""Messages and signals reach who waits for them, once, in whatever order things happen."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import col, select

from orchestrator import background
from orchestrator.app import opened
from orchestrator.kernel.clock import FixedClock
from orchestrator.kernel.errors import Conflict, NotFound
from orchestrator.process import instances, messages, signals
from orchestrator.process.deploy import deploy
from orchestrator.process.outbox import Sent
from orchestrator.process.start import StartRequest, start
from orchestrator.settings import Settings
from orchestrator.store.database import Database
from orchestrator.store.tables import (
    Delivery,
    Incident,
    Message,
    ProcessInstance,
    Subscription,
    Variable,
)

HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><message id="paid" name="paid">
<extensionElements><zeebe:subscription correlationKey="=order"/></extensionElements></message>
<signal id="alarm" name="alarm"/>"""
PAID = '<messageEventDefinition messageRef="paid"/>'
ALARM = '<signalEventDefinition signalRef="alarm"/>'


def model(process_id: str, start_event: str, catch: str) -> bytes:
    middle = f'<intermediateCatchEvent id="wait">{catch}</intermediateCatchEvent>' if catch else ""
    target = "wait" if catch else "end"
    after = '<sequenceFlow id="g" sourceRef="wait" targetRef="end"/>' if catch else ""
    return f"""{HEAD}<process id="{process_id}" isExecutable="true">
<startEvent id="start">{start_event}</startEvent>{middle}<endEvent id="end"/>
<sequenceFlow id="f" sourceRef="start" targetRef="{target}"/>{after}</process></definitions>
""".encode()


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 1, 1, tzinfo=UTC))


def deployed(database: Database, *models: bytes) -> None:
    with database.begin(actor="test") as unit:
        deploy(unit, [(f"{n}.bpmn", model) for n, model in enumerate(models)])


def started(database: Database, process_id: str, **variables: Any) -> int:
    with database.begin(actor="test") as unit:
        key = start(unit, StartRequest(process_id=process_id, variables=variables)).instance.key
    background.deliver(database, "default")
    return key


def published(
    database: Database, order: str, hours: int = 0, message_id: str | None = None
) -> None:
    with database.begin(actor="test") as unit:
        sent = Sent("paid", order, {"sum": 5}, message_id)
        messages.publish(unit, sent, timedelta(hours=hours))
    background.deliver(database, "default")


def states(database: Database) -> list[str]:
    with database.begin(actor="test") as unit:
        query = select(ProcessInstance.state).order_by(col(ProcessInstance.key))
        return list(unit.session.exec(query))


def left(database: Database, table: Any) -> int:
    with database.begin(actor="test") as unit:
        return len(unit.session.exec(select(table)).all())


def test_a_message_finds_the_instance_by_its_key(database: Database) -> None:
    deployed(database, model("p", "", PAID))
    started(database, "p", order="1")
    second = started(database, "p", order="2")
    published(database, "2")
    assert states(database) == ["ACTIVE", "COMPLETED"]
    with database.begin(actor="test") as unit:
        query = select(Variable).where(Variable.scope_key == second, Variable.name == "sum")
        assert unit.session.exec(query).one().value == {"v": 5}
    assert left(database, Delivery) == 0
    assert left(database, Message) == 0
    assert left(database, Subscription) == 1


def test_a_message_is_kept_for_its_receiver(database: Database, clock: FixedClock) -> None:
    deployed(database, model("p", "", PAID))
    published(database, "1", hours=1)
    started(database, "p", order="1")
    assert states(database) == ["COMPLETED"]
    started(database, "p", order="1")
    assert states(database) == ["COMPLETED", "ACTIVE"], "a process gets a message once"
    clock.advance(timedelta(hours=2))
    background.expire_messages(database, "default")
    assert left(database, Message) == 0


def test_a_message_without_time_to_live_is_not_kept(database: Database) -> None:
    deployed(database, model("p", "", PAID))
    published(database, "1")
    started(database, "p", order="1")
    assert states(database) == ["ACTIVE"]


def test_a_message_id_is_taken_once(database: Database) -> None:
    published(database, "1", hours=1, message_id="m")
    with pytest.raises(Conflict, match="was published"):
        published(database, "1", hours=1, message_id="m")
    published(database, "2", hours=1, message_id="m")


def thrower(published: str = "") -> bytes:
    """A process that throws the message `paid`, as its `zeebe:publishMessage` says."""
    inside = f"<extensionElements>{published}</extensionElements>" if published else ""
    definition = f'<messageEventDefinition messageRef="paid">{inside}</messageEventDefinition>'
    return f"""{HEAD}<process id="thrower" isExecutable="true"><startEvent id="start"/>
<endEvent id="end">{definition}</endEvent><sequenceFlow id="f" sourceRef="start"
targetRef="end"/></process></definitions>""".encode()


@pytest.mark.parametrize(
    ("attributes", "seconds"),
    [
        ("", 3600),
        ('correlationKey="7"', 3600),
        ('timeToLive="PT10S"', 10),
        ('timeToLive="=duration(&quot;P1D&quot;)"', 86400),
        ('timeToLive="=wait"', 5400),
    ],
)
def test_a_thrown_message_is_kept_as_its_model_says(
    database: Database, attributes: str, seconds: int
) -> None:
    deployed(database, thrower(f"<zeebe:publishMessage {attributes}/>" if attributes else ""))
    started(database, "thrower", order="7", wait="PT1H30M")
    with database.begin(actor="test") as unit:
        (kept,) = unit.session.exec(select(Message))
        assert (kept.name, kept.correlation_key) == ("paid", "7")
        assert kept.expires_at == unit.now + timedelta(seconds=seconds)


def test_the_setting_says_how_long_other_thrown_messages_wait(database: Database) -> None:
    deployed(database, thrower())
    url = database.engine.url.render_as_string(hide_password=False)
    with opened(Settings(database_url=url, message_seconds=5)) as other:
        with other.begin(actor="test") as unit:
            start(unit, StartRequest(process_id="thrower", variables={"order": "7"}))
        with other.begin(actor="test") as unit:
            (kept,) = unit.session.exec(select(Message))
            assert kept.expires_at - kept.published_at == timedelta(seconds=5)


def test_a_thrown_message_that_is_not_to_wait_is_not_kept(database: Database) -> None:
    deployed(database, thrower('<zeebe:publishMessage timeToLive="PT0S"/>'))
    started(database, "thrower", order="7")
    assert left(database, Message) == 0


def test_a_message_id_is_thrown_once(database: Database) -> None:
    deployed(database, thrower('<zeebe:publishMessage messageId="=order"/>'))
    started(database, "thrower", order="7")
    started(database, "thrower", order="7")
    assert (left(database, Message), states(database)) == (1, ["COMPLETED", "COMPLETED"])


def test_a_time_to_live_that_is_no_duration_is_an_incident(database: Database) -> None:
    deployed(database, thrower('<zeebe:publishMessage timeToLive="=order"/>'))
    key = started(database, "thrower", order="soon")
    with database.begin(actor="test") as unit:
        (incident,) = unit.session.exec(select(Incident).where(Incident.instance_key == key))
    assert "time to live is no duration" in incident.message


def test_each_process_gets_the_message(database: Database) -> None:
    deployed(database, model("p", "", PAID), model("q", "", PAID))
    started(database, "p", order="1")
    started(database, "p", order="1")
    started(database, "q", order="1")
    published(database, "1")
    assert states(database) == ["COMPLETED", "ACTIVE", "COMPLETED"]


def test_a_message_starts_one_instance_per_key_at_a_time(database: Database) -> None:
    deployed(database, model("p", PAID, ALARM))
    published(database, "1", hours=1)
    published(database, "1", hours=1)
    published(database, "2", hours=1)
    assert states(database) == ["ACTIVE", "ACTIVE"]
    with database.begin(actor="test") as unit:
        signals.broadcast(unit, "alarm", {})
    background.deliver(database, "default")
    assert states(database) == ["COMPLETED", "COMPLETED", "ACTIVE"]


def test_only_the_newest_version_is_started(database: Database) -> None:
    deployed(database, model("p", PAID, ""))
    deployed(database, model("p", ALARM, ""))
    published(database, "1")
    assert states(database) == []
    with database.begin(actor="test") as unit:
        signals.broadcast(unit, "alarm", {})
    background.deliver(database, "default")
    assert states(database) == ["COMPLETED"]


def test_a_signal_reaches_all_that_wait_now(database: Database) -> None:
    deployed(database, model("p", "", ALARM), model("q", ALARM, ""))
    started(database, "p")
    started(database, "p")
    with database.begin(actor="test") as unit:
        signals.broadcast(unit, "alarm", {})
    background.deliver(database, "default")
    started(database, "p")
    assert states(database) == ["COMPLETED", "COMPLETED", "COMPLETED", "ACTIVE"]


def test_correlation_answers_at_once(database: Database) -> None:
    deployed(database, model("p", "", PAID))
    key = started(database, "p", order="1")
    with database.begin(actor="test") as unit:
        assert messages.correlate(unit, Sent("paid", "1")).receiver.key == key
    with database.begin(actor="test") as unit, pytest.raises(NotFound, match="Nothing waits"):
        messages.correlate(unit, Sent("paid", "1"))


def test_an_ended_instance_waits_for_nothing(database: Database) -> None:
    deployed(database, model("p", "", PAID))
    key = started(database, "p", order="1")
    with database.begin(actor="test") as unit:
        instances.cancel(unit, key)
    assert left(database, Subscription) == 0
