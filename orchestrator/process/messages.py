"""Messages find their receivers, as in Camunda 8: by name and correlation key, each process at
most once; see https://docs.camunda.io/docs/components/concepts/messages.

A message is locked before the instance that gets it, everywhere.
"""

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import and_, or_
from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.bpmn import Rejected
from orchestrator.bpmn.commands import Deliver
from orchestrator.kernel.errors import NotFound
from orchestrator.process import definitions, outbox, waits
from orchestrator.process.execute import execute, lock
from orchestrator.process.start import Beginning, begin
from orchestrator.store import sql
from orchestrator.store.tables import Message, MessageCorrelation, ProcessInstance, Subscription
from orchestrator.store.unit import Unit
from orchestrator.work.limits import check_payload


def publish(unit: Unit, message: outbox.Sent, lifetime: timedelta) -> int:
    """Send a message and keep it for `lifetime`; its key. Raises Conflict (message.duplicate),
    InvalidInput for variables that cannot be stored."""
    check_payload(dict(message.variables))
    return outbox.publish(unit, message, lifetime)


@dataclass(frozen=True, slots=True)
class Correlated:
    message_key: int
    receiver: ProcessInstance


def correlate(unit: Unit, sent: outbox.Sent) -> Correlated:
    """Give a message to one that waits for it now.

    Raises NotFound (message.no_receiver), InvalidInput.
    """
    message = Message(
        key=unit.keys.next(),
        tenant_id=unit.tenant_id,
        name=sent.name,
        correlation_key=sent.correlation_key,
        variables=dict(sent.variables),
        correlated=[],
        published_at=unit.now,
        expires_at=unit.now,
    )
    receiver = _give(unit, message)
    if receiver is None:
        text = f"Nothing waits for a message '{sent.name}' with the key '{sent.correlation_key}'."
        raise NotFound(text, code="message.no_receiver")
    facts = {"name": sent.name, "instance": str(receiver.key)}
    append(unit, f"message/{message.key}", "message.correlated", facts)
    return Correlated(message.key, receiver)


def deliver(unit: Unit, message: int) -> None:
    """Give a published message to one receiver; another delivery looks for the next one."""
    found = _lock(unit, message)
    if found is None:
        return
    if _give(unit, found) is not None:
        outbox.send(unit, outbox.MESSAGE, message=message)
    elif found.expires_at <= unit.now:
        unit.session.delete(found)


def match(unit: Unit, subscription: int) -> None:
    """Give a new subscription the oldest message that has been kept for it."""
    found = unit.session.get(Subscription, subscription)
    if found is not None:
        _take(unit, found, found.correlation_key)


def freed(unit: Unit, process: str, correlation_key: str) -> None:
    """The instance that a correlated message had started has ended: the next may start."""
    query = select(Subscription).where(
        Subscription.tenant_id == unit.tenant_id,
        Subscription.process_id == process,
        Subscription.kind == "message",
        col(Subscription.definition_key).is_not(None),
    )
    for start in unit.session.exec(query).all():
        if _take(unit, start, correlation_key):
            return


def expire(unit: Unit) -> None:
    """Forget the messages whose time is over and that are not on their way."""
    gone = [row.key for row in sql.execute(unit, "messages_expire")]
    if gone:
        append(unit, "messages", "message.expired", {"keys": [str(key) for key in gone]})


def _lock(unit: Unit, key: int) -> Message | None:
    query = select(Message).where(Message.tenant_id == unit.tenant_id, Message.key == key)
    locked = query.with_for_update().execution_options(populate_existing=True)
    return unit.session.exec(locked).one_or_none()


def _give(unit: Unit, message: Message) -> ProcessInstance | None:
    """To the first that takes it: those that wait for it, then processes that it starts."""
    query = select(Subscription).where(
        Subscription.tenant_id == unit.tenant_id,
        Subscription.kind == "message",
        Subscription.name == message.name,
        col(Subscription.process_id).not_in(message.correlated),
        or_(
            col(Subscription.definition_key).is_not(None),
            and_(
                col(Subscription.instance_key).is_not(None),
                col(Subscription.correlation_key) == message.correlation_key,
            ),
        ),
    )
    order = (col(Subscription.definition_key).is_not(None), col(Subscription.key))
    for subscription in unit.session.exec(query.order_by(*order)).all():
        receiver = _hand_over(unit, message, subscription)
        if receiver is not None:
            return receiver
    return None


def _take(unit: Unit, subscription: Subscription, correlation_key: str) -> bool:
    query = select(Message.key).where(
        Message.tenant_id == unit.tenant_id,
        Message.name == subscription.name,
        Message.correlation_key == correlation_key,
        col(Message.expires_at) > unit.now,
    )
    for key in unit.session.exec(query.order_by(col(Message.key))).all():
        message = _lock(unit, key)
        if message is None or subscription.process_id in message.correlated:
            continue
        if _hand_over(unit, message, subscription) is not None:
            return True
    return False


def _hand_over(unit: Unit, message: Message, subscription: Subscription) -> ProcessInstance | None:
    """None when it waits no longer, or when an instance with this correlation key is alive."""
    if subscription.instance_key is None:
        receiver = _start(unit, message, subscription)
    else:
        receiver = _continue(unit, message, subscription, subscription.instance_key)
    if receiver is not None:
        message.correlated = [*message.correlated, subscription.process_id]
        unit.session.add(_correlation(unit, message, subscription, receiver))
    return receiver


def _correlation(
    unit: Unit, message: Message, subscription: Subscription, receiver: ProcessInstance
) -> MessageCorrelation:
    return MessageCorrelation(
        key=unit.keys.next(),
        tenant_id=unit.tenant_id,
        subscription_key=subscription.key,
        message_key=message.key,
        message_name=message.name,
        correlation_key=message.correlation_key,
        process_id=receiver.process_id,
        definition_key=receiver.definition_key,
        instance_key=receiver.key,
        element_id=subscription.element_id,
        element_key=subscription.element_key,
        correlated_at=unit.now,
    )


def _start(unit: Unit, message: Message, start: Subscription) -> ProcessInstance | None:
    assert start.definition_key is not None  # noqa: S101  the table's constraint
    beginning = Beginning(
        message.variables,
        start.element_id,
        start.trigger,
        correlation_key=message.correlation_key or None,
    )
    return begin(unit, definitions.by_key(unit, start.definition_key), beginning)


def _continue(
    unit: Unit, message: Message, subscription: Subscription, instance_key: int
) -> ProcessInstance | None:
    instance = lock(unit, instance_key)
    waiting = waits.current(unit, subscription.key)
    if waiting is None or waiting.element_key is None:
        return None
    command = Deliver(waiting.element_key, waiting.element_id, waiting.trigger, message.variables)
    try:
        execute(unit, instance, command)
    except Rejected:
        return None
    return instance
