"""Set variables of a live element from outside."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.bpmn import events as e
from orchestrator.bpmn.commands import SetVariables
from orchestrator.kernel.errors import NotFound
from orchestrator.process.execute import execute, lock
from orchestrator.store.tables import ElementInstance, Variable
from orchestrator.store.unit import Unit


def set_at(unit: Unit, element_key: int, variables: Mapping[str, Any], *, local: bool) -> None:
    """At an element or, by its key, a process instance. Raises NotFound, bpmn.Rejected when it
    has ended, InvalidInput for variables that cannot be stored."""
    query = select(ElementInstance.instance_key).where(
        ElementInstance.tenant_id == unit.tenant_id, ElementInstance.key == element_key
    )
    instance_key = unit.session.exec(query).one_or_none()
    if instance_key is None:
        raise NotFound(f"There is no element instance {element_key}.")
    instance = lock(unit, instance_key)
    known = {row.key for row in _named(unit, instance_key, variables)}
    events = execute(unit, instance, SetVariables(element_key, variables, local))
    changed = {(x.scope_key, x.name) for x in events if isinstance(x, e.VariableSet)}
    for row in _named(unit, instance_key, variables):
        if (row.scope_key, row.name) in changed:
            what = "updated" if row.key in known else "created"
            facts = {"name": row.name, "scope": row.scope_key}
            append(unit, f"variable/{row.key}", f"variable.{what}", facts)


def _named(unit: Unit, instance_key: int, names: Iterable[str]) -> Sequence[Variable]:
    query = select(Variable).where(
        Variable.tenant_id == unit.tenant_id,
        Variable.instance_key == instance_key,
        col(Variable.name).in_(list(names)),
    )
    return unit.session.exec(query).all()
