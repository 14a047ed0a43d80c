"""Timers and subscriptions, of live elements or of what is deployed: events to rows."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import delete
from sqlmodel import col, select

from orchestrator.bpmn import events as e
from orchestrator.process import outbox
from orchestrator.store import sql
from orchestrator.store.tables import ProcessDefinition, ProcessInstance, Subscription, Timer
from orchestrator.store.unit import Unit

Wait = e.TimerSet | e.Subscribed


def persist(
    unit: Unit, instance: ProcessInstance, events: Sequence[e.Event], ended: Collection[int]
) -> None:
    """Write what is waited for after the command of `events`, which ended the elements `ended`.
    What an ended element waited for goes with its row."""
    left = _left(unit, events, ended)
    _rename(unit, events)
    for wait in left:
        if isinstance(wait, e.TimerSet):
            unit.session.add(_timer(unit, wait, instance_key=instance.key))
            continue
        unit.session.add(_subscription(unit, wait, instance.process_id, instance_key=instance.key))
        if wait.kind == "message":
            outbox.send(unit, outbox.SUBSCRIPTION, subscription=wait.subscription_key)


def of_definition(unit: Unit, definition: ProcessDefinition, armed: Sequence[e.Event]) -> None:
    """Let this version of a process be started by events, and no version before it."""
    forget_starts(unit, definition.process_id)
    for wait in armed:
        if isinstance(wait, e.TimerSet):
            start_timer(unit, definition.key, wait)
        elif isinstance(wait, e.Subscribed):
            name, key = definition.process_id, definition.key
            unit.session.add(_subscription(unit, wait, name, definition_key=key))


def forget_starts(unit: Unit, process_id: str) -> None:
    """Let no event start the process, of whatever version."""
    versions = select(ProcessDefinition.key).where(
        ProcessDefinition.tenant_id == unit.tenant_id, ProcessDefinition.process_id == process_id
    )
    for table in (Timer, Subscription):
        gone = delete(table).where(col(table.definition_key).in_(versions))
        unit.session.connection().execute(gone)


def current(unit: Unit, subscription: int) -> Subscription | None:
    """What is waited for, as it is now that its instance is locked: it may wait no longer, or a
    migration may have given it to another event."""
    query = select(Subscription).where(Subscription.key == subscription)
    return unit.session.exec(query.execution_options(populate_existing=True)).one_or_none()


def start_timer(unit: Unit, definition_key: int, timer: e.TimerSet) -> None:
    """Let a timer start instances of a definition."""
    unit.session.add(_timer(unit, timer, definition_key=definition_key))


def _left(unit: Unit, events: Sequence[e.Event], ended: Collection[int]) -> list[Wait]:
    """The new waits that the command itself has not ended again."""
    waits: list[Wait] = []
    for event in events:
        if isinstance(event, e.TimerSet | e.Subscribed) and event.key not in ended:
            waits.append(event)
        elif isinstance(event, e.Unsubscribed) and event.key not in ended:
            waits = [w for w in waits if (w.key, w.element_id) not in _names(event)]
            _forget(unit, event)
    return waits


def _rename(unit: Unit, events: Sequence[e.Event]) -> None:
    """Before new waits are written, which may have the names that others had."""
    moved = [x for x in events if isinstance(x, e.WaitMigrated)]
    if moved:
        sql.execute(
            unit,
            "waits_rename",
            keys=[x.key for x in moved],
            before=[x.before for x in moved],
            after=[x.after for x in moved],
        )


def _names(event: e.Unsubscribed) -> set[tuple[int, str]]:
    return {(event.key, element_id) for element_id in event.element_ids}


def _forget(unit: Unit, event: e.Unsubscribed) -> None:
    for table in (Timer, Subscription):
        gone = delete(table).where(
            col(table.element_key) == event.key, col(table.element_id).in_(event.element_ids)
        )
        unit.session.connection().execute(gone)


def _timer(
    unit: Unit,
    event: e.TimerSet,
    *,
    instance_key: int | None = None,
    definition_key: int | None = None,
) -> Timer:
    return Timer(
        key=event.timer_key,
        tenant_id=unit.tenant_id,
        instance_key=instance_key,
        element_key=event.key if instance_key else None,
        definition_key=definition_key,
        element_id=event.element_id,
        trigger=event.trigger,
        repeats=event.left,
        due_at=datetime.fromisoformat(event.due_at),
    )


def _subscription(
    unit: Unit,
    event: e.Subscribed,
    process_id: str,
    *,
    instance_key: int | None = None,
    definition_key: int | None = None,
) -> Subscription:
    return Subscription(
        key=event.subscription_key,
        tenant_id=unit.tenant_id,
        process_id=process_id,
        instance_key=instance_key,
        element_key=event.key if instance_key else None,
        definition_key=definition_key,
        element_id=event.element_id,
        trigger=event.trigger,
        kind=event.kind,
        name=event.name,
        correlation_key=event.correlation_key,
        created_at=unit.now,
    )
