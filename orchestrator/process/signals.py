"""Signals reach everyone who waits for them when they are sent (BPMN 2.0, 10.5.1)."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from sqlmodel import select

from orchestrator.audit import append
from orchestrator.bpmn import Rejected
from orchestrator.bpmn.commands import Deliver, ReceiveSignal
from orchestrator.process import definitions, outbox, waits
from orchestrator.process.execute import execute, lock
from orchestrator.process.start import Beginning, begin
from orchestrator.store import sql
from orchestrator.store.tables import Subscription
from orchestrator.store.unit import Unit
from orchestrator.work.limits import check_payload


def broadcast(unit: Unit, name: str, variables: Mapping[str, Any]) -> int:
    """Send a signal; its key. Raises InvalidInput for variables that cannot be stored."""
    check_payload(dict(variables))
    key = unit.keys.next()
    append(unit, f"signal/{key}", "signal.broadcast", {"name": name})
    outbox.send(unit, outbox.SIGNAL, name=name, variables=dict(variables))
    return key


def spread(unit: Unit, name: str, variables: Mapping[str, Any]) -> None:
    """One delivery for each that waits for the signal now, and for each suspended instance that
    does or comes to it by what it keeps."""
    for found in sql.execute(unit, "signal_receivers", signal=name):
        if found.kind == outbox.RECEIVE:
            payload = {"instance": found.key, "name": name}
        else:
            payload = {"subscription": found.key}
        outbox.send(unit, found.kind, **payload, variables=variables)


def receive(unit: Unit, instance: int, name: str, variables: Mapping[str, Any]) -> None:
    """To an instance that was suspended when the signal was sent."""
    locked = lock(unit, instance)
    query = select(Subscription).where(
        Subscription.instance_key == instance,
        Subscription.kind == "signal",
        Subscription.name == name,
    )
    waiting = [
        (row.element_key, row.element_id, row.trigger)
        for row in unit.session.exec(query)
        if row.element_key is not None
    ]
    with suppress(Rejected):  # nothing waits for it, nor will after what is kept
        execute(unit, locked, ReceiveSignal(instance, name, waiting, variables))


def deliver(unit: Unit, subscription: int, variables: Mapping[str, Any]) -> None:
    """To one instance, if it still waits."""
    found = unit.session.get(Subscription, subscription)
    if found is None or found.instance_key is None or found.element_key is None:
        return
    instance = lock(unit, found.instance_key)
    waiting = waits.current(unit, subscription)
    if waiting is None:
        return
    try:
        command = Deliver(found.element_key, waiting.element_id, waiting.trigger, variables)
        execute(unit, instance, command)
    except Rejected:  # its element has ended meanwhile
        return


def start(unit: Unit, subscription: int, variables: Mapping[str, Any]) -> None:
    """Start an instance, unless a newer version has taken the place of the one that waited."""
    found = unit.session.get(Subscription, subscription)
    if found is not None and found.definition_key is not None:
        definition = definitions.by_key(unit, found.definition_key)
        begin(unit, definition, Beginning(variables, found.element_id, found.trigger))
