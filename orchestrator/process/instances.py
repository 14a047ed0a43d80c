"""Instances: cancelling, and rebuilding them from the record."""

from collections.abc import Collection, Iterator
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlmodel import col, select

from orchestrator import bpmn
from orchestrator.audit import append, read
from orchestrator.bpmn import State, evolve
from orchestrator.bpmn import events as e
from orchestrator.bpmn.commands import CancelInstance
from orchestrator.kernel.errors import Conflict
from orchestrator.process.execute import execute, lock
from orchestrator.store import keyed, sql
from orchestrator.store.tables import ProcessInstance
from orchestrator.store.unit import Unit


def get(unit: Unit, key: int) -> ProcessInstance:
    """Raises NotFound."""
    return keyed.get(unit, ProcessInstance, key, f"There is no process instance {key}.")


def by_keys(unit: Unit, keys: Collection[int]) -> dict[int, ProcessInstance]:
    """Those of the tenant that are there."""
    query = select(ProcessInstance).where(
        unit.within(col(ProcessInstance.tenant_id)), col(ProcessInstance.key).in_(keys)
    )
    return {row.key: row for row in unit.session.exec(query)} if keys else {}


def cancel(unit: Unit, key: int) -> ProcessInstance:
    """End the instance with everything in it, also what it has called.

    Raises NotFound, bpmn.Rejected, Conflict (process.called) for one that another has called.
    """
    instance = lock(unit, key)
    if instance.parent_key is not None:
        text = f"Instance {key} was called by {instance.parent_key}; cancel that one."
        raise Conflict(text, code="process.called")
    execute(unit, instance, CancelInstance(key))
    return instance


def name(unit: Unit, key: int, business_key: str) -> None:
    """Give a running instance that has none a business key; the one it has is given again without
    effect. Raises NotFound, Conflict (process.called, process.rejected, process.business_key)."""
    instance = lock(unit, key)
    if instance.business_key == business_key:
        return
    if instance.parent_key is not None:
        text = f"Instance {key} was called by {instance.parent_key}; only that one has a key."
        raise Conflict(text, code="process.called")
    if instance.ended_at is not None or instance.business_key is not None:
        raise bpmn.Rejected(f"Process instance {key} has ended or has a business key already.")
    try:
        with unit.savepoint():
            sql.execute(unit, "instance_name", key=key, business_key=business_key)
    except IntegrityError as taken:
        text = f"Another instance of '{instance.process_id}' has this business key."
        raise Conflict(text, code="process.business_key") from taken
    facts = {"businessKey": business_key}
    append(unit, f"process-instance/{key}", "process.name_instance", facts)
    unit.notify("process-instance", key)


def roots(unit: Unit, found: Collection[ProcessInstance]) -> dict[int, int]:
    """The instance at the top of each one's calls."""
    top = {row.key: row.key for row in found}
    called = [row.key for row in found if row.parent_key is not None]
    if called:
        rows = sql.execute(unit, "instance_roots", keys=called, tenants=unit.tenants)
        top |= {row.called: row.root for row in rows}
    return top


def failed(unit: Unit, found: Collection[ProcessInstance]) -> set[int]:
    """The keys of those that have an open incident."""
    keys = [row.key for row in found]
    rows = sql.execute(unit, "instances_failed", keys=keys, tenants=unit.tenants)
    return {row.instance_key for row in rows}


def below(unit: Unit, key: int) -> list[int]:
    """The keys of the instance and of all that it has called, however deep."""
    return [row.key for row in sql.execute(unit, "instances_below", key=key)]


def flows_taken(unit: Unit, key: int) -> dict[str, str]:
    """The sequence flows that tokens went over, as the record tells: id of each, and the element
    it led to."""
    taken: dict[str, str] = {}
    for event in _events(unit, key):
        if flow := event.get("flow") or event.get("flow_id"):
            taken[flow] = event["element_id"]
    return taken


def replay(unit: Unit, key: int) -> State:
    """The state that the ledger's events give: the same that the rows hold."""
    state = State()
    for event in _events(unit, key):
        state = evolve(state, e.from_json(event))
    return state


def _events(unit: Unit, key: int) -> Iterator[dict[str, Any]]:
    for line in read(unit, f"process-instance/{key}"):
        yield from (line.data or {}).get("events", [])
