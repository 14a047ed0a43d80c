"""Delete what was deployed. Its row stays, for what it has run and decided."""

from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.kernel.errors import NotFound
from orchestrator.process import definitions, waits
from orchestrator.process.definitions import Versioned
from orchestrator.process.deploy import await_starts
from orchestrator.store.tables import (
    DecisionDefinition,
    DecisionRequirements,
    FormDefinition,
    ProcessDefinition,
)
from orchestrator.store.unit import Unit

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


def delete(unit: Unit, key: int) -> None:
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
