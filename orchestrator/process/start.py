"""Start an instance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col, select

from orchestrator.bpmn.commands import StartInstance
from orchestrator.kernel.errors import InvalidInput
from orchestrator.process import definitions
from orchestrator.process.execute import execute, lock
from orchestrator.store.tables import ProcessDefinition, ProcessInstance
from orchestrator.store.unit import Unit


@dataclass(frozen=True, slots=True)
class StartRequest:
    """`process_id` takes the newest version, `definition_key` a certain one."""

    process_id: str | None = None
    definition_key: int | None = None
    variables: Mapping[str, Any] = field(default_factory=dict)
    business_key: str | None = None


@dataclass(frozen=True, slots=True)
class Started:
    instance: ProcessInstance
    already_started: bool


def start(unit: Unit, request: StartRequest) -> Started:
    """A business key starts one instance per process: again, it gives the one it started.

    Raises NotFound (process.not_found), InvalidInput.
    """
    definition = _definition(unit, request)
    key = unit.keys.next()
    values = {
        "key": key,
        "tenant_id": unit.tenant_id,
        "definition_key": definition.key,
        "process_id": definition.process_id,
        "version": definition.version,
        "business_key": request.business_key,
        "state": "ACTIVE",
        "started_at": unit.now,
    }
    statement = (
        insert(ProcessInstance)
        .values(values)
        .on_conflict_do_nothing()
        .returning(col(ProcessInstance.key))
    )
    if unit.session.connection().execute(statement).first() is None:
        return Started(_earlier(unit, definition.process_id, request.business_key), True)
    instance = lock(unit, key)
    execute(unit, instance, StartInstance(instance.key, request.variables))
    return Started(instance, False)


def _definition(unit: Unit, request: StartRequest) -> ProcessDefinition:
    if request.definition_key is not None:
        return definitions.by_key(unit, request.definition_key)
    if request.process_id is None:
        raise InvalidInput("Name a processDefinitionId or a processDefinitionKey.")
    return definitions.newest(unit, request.process_id)


def _earlier(unit: Unit, process_id: str, business_key: str | None) -> ProcessInstance:
    query = select(ProcessInstance).where(
        ProcessInstance.tenant_id == unit.tenant_id,
        ProcessInstance.process_id == process_id,
        ProcessInstance.business_key == business_key,
    )
    return unit.session.exec(query).one()
