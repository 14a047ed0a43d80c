"""One running instance goes to another definition, or back."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import select

from orchestrator import audit, bpmn
from orchestrator.bpmn import events as e
from orchestrator.bpmn.change import migration
from orchestrator.bpmn.change.plan import Plan
from orchestrator.kernel.errors import Conflict
from orchestrator.process import definitions, environment, outbox
from orchestrator.process.execute import lock, record
from orchestrator.process.loading import RowLoader
from orchestrator.process.persist import persist
from orchestrator.store import sql
from orchestrator.store.tables import ProcessDefinition, ProcessInstance
from orchestrator.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Undo:
    """What restores an instance as it was before a migration. `line`: the number of the
    migration on the instance's record; `waits`: the rows of its timers and subscriptions."""

    definition_key: int
    line: int
    events: list[dict[str, Any]]
    waits: dict[str, list[dict[str, Any]]]


def migrate(
    unit: Unit, instance_key: int, target: ProcessDefinition, elements: Mapping[str, str]
) -> Undo:
    """`elements`: source id -> target id. Raises NotFound, bpmn.BadInstruction, and Conflict
    (process.business_key_taken) when the target's process has an instance of the same key."""
    instance = lock(unit, instance_key)
    plan = Plan(definitions.of(unit, instance), definitions.executable(target), elements)
    state = bpmn.State(RowLoader(unit, instance.key))
    run = migration.migrate(plan, state, instance.key, environment.of(unit, instance))
    keys, before = _keys(run.events), instance.definition_key
    (waits,) = sql.execute(unit, "waits_read", keys=keys)
    _become(unit, instance, target)
    line = _write(unit, instance, "MigrateInstance", run.events, run.state)
    kept = {"timers": waits.timers, "subscriptions": waits.subscriptions}
    return Undo(before, line, [event.to_json() for event in run.events], kept)


def is_untouched(unit: Unit, instance_key: int, undo: Undo) -> bool:
    """Whether nothing has happened to the instance since it was migrated."""
    return _head(unit, instance_key) == undo.line


def restore(unit: Unit, instance_key: int, undo: Undo) -> None:
    """Bring an untouched instance back to exactly the state it had."""
    instance = lock(unit, instance_key)
    _become(unit, instance, definitions.by_key(unit, undo.definition_key))
    state = bpmn.State(RowLoader(unit, instance.key))
    events = migration.undo(e.from_json(event) for event in undo.events)
    around = environment.of(unit, instance)
    run = migration.restore(definitions.of(unit, instance), state, events, around)
    _write(unit, instance, "RevertMigration", run.events, run.state)
    sql.execute(unit, "waits_forget", keys=_keys(events))
    rows = {name: json.dumps(found) for name, found in undo.waits.items()}
    sql.execute(unit, "waits_restore", **rows)
    for row in undo.waits["subscriptions"]:
        if row["kind"] == "message":  # one may have come meanwhile
            outbox.send(unit, outbox.SUBSCRIPTION, subscription=row["key"])


def _become(unit: Unit, instance: ProcessInstance, target: ProcessDefinition) -> None:
    if instance.process_id != target.process_id and instance.business_key is not None:
        taken = select(ProcessInstance.key).where(
            ProcessInstance.tenant_id == unit.tenant_id,
            ProcessInstance.process_id == target.process_id,
            ProcessInstance.business_key == instance.business_key,
        )
        if unit.session.exec(taken).first() is not None:
            text = f"{target.process_id} has an instance of the key '{instance.business_key}'."
            raise Conflict(text, code="process.business_key_taken")
    columns = {
        "definition_key": target.key,
        "process_id": target.process_id,
        "version": target.version,
    }
    sql.execute(unit, "instance_become", key=instance.key, **columns)
    for name, value in columns.items():
        setattr(instance, name, value)


def _write(
    unit: Unit,
    instance: ProcessInstance,
    command: str,
    events: Sequence[e.Event],
    state: bpmn.State,
) -> int:
    moved = [x for x in events if isinstance(x, e.ElementMigrated)]
    sql.execute(
        unit,
        "elements_migrate",
        instance_key=instance.key,
        process_id=instance.process_id,
        keys=[x.key for x in moved],
        ids=[x.after["element_id"] for x in moved],
    )
    persist(unit, instance, events, state)
    record(unit, instance.key, command, events)
    return _head(unit, instance.key)


def _head(unit: Unit, instance_key: int) -> int:
    return audit.head(unit, f"process-instance/{instance_key}")


def _keys(events: Sequence[e.Event]) -> list[int]:
    return [x.key for x in events if isinstance(x, e.ElementMigrated)]
