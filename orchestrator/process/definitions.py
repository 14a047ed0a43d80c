"""Deployed definitions, parsed once per digest."""

from functools import lru_cache
from typing import TypeVar
from weakref import WeakKeyDictionary

from sqlalchemy import Engine, func
from sqlmodel import col, select

from orchestrator import bpmn, dmn
from orchestrator.kernel.errors import NotFound
from orchestrator.store import sql
from orchestrator.store.tables import (
    DecisionDefinition,
    DecisionRequirements,
    FormDefinition,
    ProcessDefinition,
    ProcessInstance,
)
from orchestrator.store.unit import Unit

Versioned = TypeVar(
    "Versioned", ProcessDefinition, DecisionDefinition, DecisionRequirements, FormDefinition
)

# By database, then by key: what a definition runs never changes, so its row (with the XML) is read
# once. Whether it has been deleted since is not read of it.
_ROWS: WeakKeyDictionary[Engine, dict[int, ProcessDefinition]] = WeakKeyDictionary()


def newest(unit: Unit, process_id: str, version: int | None = None) -> ProcessDefinition:
    """The newest version, or a certain one. Raises NotFound (process.not_found)."""
    key = _newest_key(unit, process_id, version)
    if key is None:
        raise NotFound(
            f"No process '{process_id}' is deployed; deploy it first.", code="process.not_found"
        )
    return by_key(unit, key)


def is_deployed(unit: Unit, process_id: str) -> bool:
    return _newest_key(unit, process_id) is not None


def _newest_key(unit: Unit, process_id: str, version: int | None = None) -> int | None:
    found = sql.execute(unit, "definition_newest", process_id=process_id, version=version)
    row = found.fetchone()
    return None if row is None else row.key


def last(unit: Unit, table: type[Versioned], **by: str | int) -> Versioned | None:
    """The newest version of what `by` names that is not deleted."""
    query = select(table).where(table.tenant_id == unit.tenant_id).filter_by(**by)
    query = query.where(col(table.deleted_at).is_(None))
    return unit.session.exec(query.order_by(col(table.version).desc())).first()


def next_version(unit: Unit, table: type[Versioned], **by: str | int) -> int:
    """Of what `by` names; that of a deleted version is not given again."""
    query = select(func.max(table.version)).where(table.tenant_id == unit.tenant_id).filter_by(**by)
    return (unit.session.exec(query).one() or 0) + 1


def usable(unit: Unit, key: int) -> ProcessDefinition:
    """One that instances may start or go on with. Raises NotFound (process.not_found), also when
    it is deleted."""
    found = by_key(unit, key)
    query = select(ProcessDefinition.deleted_at).where(ProcessDefinition.key == key)
    if unit.session.exec(query).one() is not None:
        text = f"The process definition {key} has been deleted."
        raise NotFound(text, code="process.not_found")
    return found


def by_key(unit: Unit, key: int) -> ProcessDefinition:
    rows = _ROWS.setdefault(unit.joined.engine, {})
    found = rows.get(key) or _detached(unit, key)
    if found is None or (found.tenant_id != unit.tenant_id and found.tenant_id not in unit.others):
        raise NotFound(f"There is no process definition {key}.", code="process.not_found")
    rows[key] = found
    return found


def _detached(unit: Unit, key: int) -> ProcessDefinition | None:
    """The row, free of its session: a rollback would forget what it says."""
    found = unit.session.get(ProcessDefinition, key)
    if found is not None:
        unit.session.expunge(found)
    return found


def of(unit: Unit, instance: ProcessInstance) -> bpmn.ProcessDefinition:
    """What the instance, one of the unit's tenant, runs."""
    return executable(by_key(unit, instance.definition_key))


def executable(row: ProcessDefinition) -> bpmn.ProcessDefinition:
    return _processes(row.digest, row.xml)[row.process_id]


def requirements(unit: Unit, row: DecisionDefinition) -> DecisionRequirements:
    """The file of a decision of the unit's tenant."""
    found = unit.session.get(DecisionRequirements, row.requirements_key)
    assert found is not None  # noqa: S101  they are deployed together and stay
    return found


def parsed_decisions(row: DecisionRequirements) -> dmn.Definitions:
    return _decisions(row.digest, row.xml, tuple(row.library))


def decisions(unit: Unit) -> bpmn.Decisions:
    """Looks decisions up by id, the newest version of the tenant."""

    def find(decision_id: str) -> dmn.Definitions | None:
        row = last(unit, DecisionDefinition, decision_id=decision_id)
        return None if row is None else parsed_decisions(requirements(unit, row))

    return find


@lru_cache(maxsize=1024)
def _processes(digest: str, xml: bytes) -> dict[str, bpmn.ProcessDefinition]:
    return {p.id: p for p in bpmn.parse(xml)}


@lru_cache(maxsize=1024)
def _decisions(digest: str, xml: bytes, library: tuple[bytes, ...]) -> dmn.Definitions:
    return dmn.parse(xml, library)
