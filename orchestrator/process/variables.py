"""Set variables of a live element from outside."""

from collections.abc import Mapping
from typing import Any

from sqlmodel import select

from orchestrator.bpmn.commands import SetVariables
from orchestrator.kernel.errors import NotFound
from orchestrator.process.execute import execute, lock
from orchestrator.store.tables import ElementInstance
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
    execute(unit, lock(unit, instance_key), SetVariables(element_key, variables, local))
