"""Delete what was deployed. Its row stays, for what it has run and decided, which can go, too."""

from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.kernel.errors import NotFound
from orchestrator.process import batch_kinds, batches, definitions, waits
from orchestrator.process.definitions import Versioned
from orchestrator.process.deploy import await_starts
from orchestrator.store.tables import (
    BatchOperation,
    DecisionDefinition,
    DecisionInstance,
    DecisionRequirements,
    FormDefinition,
    ProcessDefinition,
    ProcessInstance,
)
from orchestrator.store.unit import Unit

TOPIC = "history"
"""Noticed when the history of a process is to go."""
Resource = ProcessDefinition | DecisionRequirements | FormDefinition


def get(unit: Unit, key: int) -> Resource:
    """The process definition, DMN file or form that is not deleted. Raises NotFound."""
    found: Resource | None = (
        _find(unit, ProcessDefinition, key)
        or _find(unit, DecisionRequirements, key)
        or _find(unit, FormDefinition, key)
    )
    if found is None:
        raise NotFound(f"There is no resource {key}.", code="resource.not_found")
    return found


def delete(unit: Unit, key: int) -> Resource:
    """No instance starts of it any more; those that run go on to their end. The version before it
    is the newest again, and waits for what starts it. Raises NotFound."""
    row = get(unit, key)
    newest = isinstance(row, ProcessDefinition) and _newest(unit, row.process_id) is row
    row.deleted_at = unit.now
    unit.session.add(row)
    unit.session.flush()
    if isinstance(row, ProcessDefinition) and newest:
        _start_by_the_one_before(unit, row.process_id)
    if isinstance(row, DecisionRequirements):
        _delete_decisions(unit, row)
    facts = {"resource": row.resource_name, "key": row.key, "version": row.version}
    append(unit, f"deployment/{row.deployment_key}", "resource.deleted", facts)
    return row


def delete_history(unit: Unit, row: Resource) -> BatchOperation | None:
    """Delete what ran of it, too: of a process each instance when it has ended, of a DMN file what
    its decisions decided, by a batch."""
    if isinstance(row, ProcessDefinition):
        row.forgotten_by = unit.actor
        unit.session.add(row)
        unit.notify(TOPIC, row.key)
    if not isinstance(row, DecisionRequirements):
        return None
    decided = (
        select(DecisionInstance.evaluation_key, DecisionInstance.instance_key)
        .where(
            DecisionInstance.tenant_id == unit.tenant_id,
            DecisionInstance.requirements_key == row.key,
        )
        .distinct()
    )
    targets = unit.session.exec(decided).all()
    return batches.create(unit, batch_kinds.DELETE_DECISION, targets)


def forgotten(unit: Unit) -> list[tuple[int, str]]:
    """The ended instances of processes whose history is to go, and who wanted that."""
    query = (
        select(ProcessInstance.key, ProcessDefinition.forgotten_by)
        .join(ProcessDefinition, col(ProcessDefinition.key) == ProcessInstance.definition_key)
        .where(
            ProcessDefinition.tenant_id == unit.tenant_id,
            col(ProcessDefinition.forgotten_by).is_not(None),
            col(ProcessInstance.ended_at).is_not(None),
            col(ProcessInstance.parent_key).is_(None),
        )
    )
    return [(key, actor or "system") for key, actor in unit.session.exec(query)]


def _find(unit: Unit, table: type[Versioned], key: int) -> Versioned | None:
    ours = col(table.tenant_id) == unit.tenant_id, col(table.deleted_at).is_(None)
    return unit.session.exec(select(table).where(col(table.key) == key, *ours)).one_or_none()


def _newest(unit: Unit, process_id: str) -> ProcessDefinition | None:
    return definitions.last(unit, ProcessDefinition, process_id=process_id)


def _start_by_the_one_before(unit: Unit, process_id: str) -> None:
    before = _newest(unit, process_id)
    if before is None:
        waits.forget_starts(unit, process_id)
    else:
        await_starts(unit, before, definitions.executable(before))


def _delete_decisions(unit: Unit, file: DecisionRequirements) -> None:
    query = select(DecisionDefinition).where(
        DecisionDefinition.tenant_id == unit.tenant_id,
        DecisionDefinition.requirements_key == file.key,
    )
    for decision in unit.session.exec(query):
        decision.deleted_at = unit.now
        unit.session.add(decision)
