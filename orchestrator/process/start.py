"""Start an instance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlmodel import select

from orchestrator.bpmn.commands import StartInstance
from orchestrator.kernel.errors import InvalidInput
from orchestrator.process import definitions
from orchestrator.process.execute import execute
from orchestrator.store import sql
from orchestrator.store.tables import ProcessDefinition, ProcessInstance
from orchestrator.store.unit import Unit


@dataclass(frozen=True, slots=True)
class StartRequest:
    """`process_id` takes the newest version or `version`, `definition_key` a certain one."""

    process_id: str | None = None
    definition_key: int | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    business_key: str | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True)
class Started:
    instance: ProcessInstance
    already_started: bool


@dataclass(frozen=True, slots=True)
class Beginning:
    """How an instance begins: with which event, for whom. Without an event, by its none start."""

    variables: Mapping[str, Any] = field(default_factory=dict)
    element_id: str | None = None
    trigger: int = 0
    business_key: str | None = None
    correlation_key: str | None = None
    parent: ProcessInstance | None = None
    parent_element_key: int | None = None


def start(unit: Unit, request: StartRequest) -> Started:
    """A business key starts one instance per process: again, it gives the one it started.

    Raises NotFound (process.not_found), InvalidInput.
    """
    definition = _definition(unit, request)
    beginning = Beginning(request.variables, business_key=request.business_key)
    instance = begin(unit, definition, beginning)
    if instance is None:
        return Started(_earlier(unit, definition.process_id, request.business_key), True)
    return Started(instance, False)


def begin(
    unit: Unit, definition: ProcessDefinition, beginning: Beginning
) -> ProcessInstance | None:
    """A new instance; None when its business key has one, or its correlation key a live one."""
    if beginning.element_id is None and not definitions.executable(definition).has_none_start:
        message = f"Process '{definition.process_id}' is started by an event, not by hand."
        raise InvalidInput(message, code="process.no_none_start")
    key, parent = unit.keys.next(), beginning.parent
    inserted = sql.execute(
        unit,
        "instance_insert",
        key=key,
        definition_key=definition.key,
        process_id=definition.process_id,
        version=definition.version,
        business_key=beginning.business_key,
        correlation_key=beginning.correlation_key,
        parent_key=parent.key if parent else None,
        parent_element_key=beginning.parent_element_key,
        depth=parent.depth + 1 if parent else 0,
    ).fetchone()
    if inserted is None:
        return None
    instance = ProcessInstance(**inserted._asdict())
    command = StartInstance(key, beginning.variables, beginning.element_id, beginning.trigger)
    execute(unit, instance, command)
    return instance


def _definition(unit: Unit, request: StartRequest) -> ProcessDefinition:
    if request.definition_key is not None:
        return definitions.usable(unit, request.definition_key)
    if request.process_id is None:
        raise InvalidInput("Name a processDefinitionId or a processDefinitionKey.")
    return definitions.newest(unit, request.process_id, request.version)


def _earlier(unit: Unit, process_id: str, business_key: str | None) -> ProcessInstance:
    query = select(ProcessInstance).where(
        ProcessInstance.tenant_id == unit.tenant_id,
        ProcessInstance.process_id == process_id,
        ProcessInstance.business_key == business_key,
    )
    return unit.session.exec(query).one()
