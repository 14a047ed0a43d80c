"""Signals reach everyone who waits for them when they are sent (BPMN 2.0, 10.5.1)."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import select

from orchestrator.audit import append
from orchestrator.bpmn import Rejected
from orchestrator.bpmn.commands import Deliver
from orchestrator.process import definitions, outbox, waits
from orchestrator.process.execute import execute, lock
from orchestrator.process.start import Beginning, begin
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
    """One delivery for each that waits for the signal now."""
    query = select(Subscription).where(
        Subscription.tenant_id == unit.tenant_id,
        Subscription.kind == "signal",
        Subscription.name == name,
    )
    for found in unit.session.exec(query).all():
        kind = outbox.START if found.instance_key is None else outbox.DELIVER
        outbox.send(unit, kind, subscription=found.key, variables=variables)


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
