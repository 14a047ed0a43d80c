"""What an instance sends to others: events to the outbox."""

from collections.abc import Collection, Sequence
from contextlib import suppress
from datetime import timedelta

from sqlmodel import col, select

from orchestrator.bpmn import events as e
from orchestrator.kernel.errors import Conflict
from orchestrator.process import outbox
from orchestrator.store.tables import ProcessInstance
from orchestrator.store.unit import Unit


def persist(
    unit: Unit, instance: ProcessInstance, events: Sequence[e.Event], ended: Collection[int]
) -> None:
    """Put on its way what `events` send; `ended` are the elements that their command ended."""
    for event in events:
        _send(unit, instance, event, ended)
    stopped = [x.key for x in events if isinstance(x, e.Terminated)]
    if stopped:
        _cancel_called(unit, stopped)


def _send(unit: Unit, instance: ProcessInstance, event: e.Event, ended: Collection[int]) -> None:
    match event:
        case e.MessageSent():
            _publish(unit, event)
        case e.SignalSent():
            outbox.send(unit, outbox.SIGNAL, name=event.name, variables=event.variables)
        case e.InstanceCalled() if event.key not in ended:
            outbox.send(
                unit,
                outbox.CALL,
                instance=instance.key,
                element=event.key,
                process=event.process_id,
                binding=event.binding,
                version_tag=event.version_tag,
                variables=event.variables,
            )
        case e.ErrorEscaped() | e.EscalationEscaped() if instance.parent_key is not None:
            kind = outbox.ERROR if isinstance(event, e.ErrorEscaped) else outbox.ESCALATION
            payload = {k: v for k, v in event.to_json().items() if k != "event"}
            owner = {"instance": instance.parent_key, "element": instance.parent_element_key}
            outbox.send(unit, kind, **owner, **payload)
        case e.Completed() | e.Terminated() if event.key == instance.key:
            _ended(unit, instance, completed=isinstance(event, e.Completed))


def _publish(unit: Unit, event: e.MessageSent) -> None:
    seconds = event.lifetime
    lifetime = unit.message_lifetime if seconds is None else timedelta(seconds=seconds)
    names = (event.name, event.correlation_key)
    # One of the same id is kept already: the id is given to send it once.
    with suppress(Conflict):
        outbox.publish(unit, outbox.Sent(*names, event.variables, event.message_id), lifetime)


def _ended(unit: Unit, instance: ProcessInstance, *, completed: bool) -> None:
    if completed and instance.parent_key is not None:
        outbox.send(unit, outbox.RETURNED, instance=instance.key)
    if instance.correlation_key is not None:
        process, key = instance.process_id, instance.correlation_key
        outbox.send(unit, outbox.FREED, process=process, correlation_key=key)


def _cancel_called(unit: Unit, elements: Sequence[int]) -> None:
    """Call activities that are stopped take what they called along."""
    called = select(ProcessInstance.key).where(
        col(ProcessInstance.parent_element_key).in_(elements),
        col(ProcessInstance.ended_at).is_(None),
    )
    for key in unit.session.exec(called):
        outbox.send(unit, outbox.CANCEL, instance=key)
