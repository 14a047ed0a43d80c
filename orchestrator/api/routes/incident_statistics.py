"""Which errors hold up how many instances."""

import zlib
from typing import Any

from sqlalchemy import Row, distinct, func, select
from sqlmodel import col

from orchestrator.api.model import Filter, Key, Model
from orchestrator.api.sealing import unsealed
from orchestrator.api.search import Found, Match, Search
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person
from orchestrator.api.short_lists import in_memory
from orchestrator.store.tables import Incident, ProcessDefinition, ProcessInstance
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/incidents/statistics", tags=["statistics"])


class ByError(Model):
    error_hash_code: int
    """Of the message; tells errors apart where the message is too long."""
    error_message: str
    active_instances_with_error_count: int


class ByDefinition(Model):
    error_hash_code: int
    process_definition_id: str
    process_definition_key: Key
    process_definition_name: str
    process_definition_version: int
    tenant_id: str
    active_instances_with_error_count: int


class ErrorFilter(Filter):
    error_hash_code: Match[int] | None = None


@router.post("/process-instances-by-error")
def get_process_instance_statistics_by_error(
    body: Search[ErrorFilter], caller: Anyone
) -> Found[ByError]:
    with caller.begin() as unit:
        found = [
            ByError(
                error_hash_code=hash_code(row.message),
                error_message=row.message,
                active_instances_with_error_count=row.instances,
            )
            for row in _rows(unit, caller, col(Incident.message))
        ]
        return in_memory(found, body)


@router.post("/process-instances-by-definition")
def get_process_instance_statistics_by_definition(
    body: Search[ErrorFilter], caller: Anyone
) -> Found[ByDefinition]:
    """Of each version of a process that has instances with the error."""
    with caller.begin() as unit:
        definition = ProcessDefinition
        named = [definition.process_id, definition.key, definition.name, definition.version]
        found = [
            ByDefinition(
                error_hash_code=hash_code(row.message),
                process_definition_id=row.process_id,
                process_definition_key=row.key,
                process_definition_name=row.name or row.process_id,
                process_definition_version=row.version,
                tenant_id=unit.tenant_id,
                active_instances_with_error_count=row.instances,
            )
            for row in _rows(unit, caller, col(Incident.message), *named)
        ]
        return in_memory(found, body)


def hash_code(message: str) -> int:
    """The same in every process, and within 32 bits."""
    return zlib.crc32(message.encode())


def _rows(unit: Unit, caller: Person, *columns: Any) -> list[Row[Any]]:
    instances = func.count(distinct(col(Incident.instance_key))).label("instances")
    query = (
        select(*columns, instances)
        .join(ProcessInstance, col(ProcessInstance.key) == Incident.instance_key)
        .join(ProcessDefinition, col(ProcessDefinition.key) == ProcessInstance.definition_key)
        .where(unit.within(col(Incident.tenant_id)), col(Incident.state) == "ACTIVE")
        .where(unsealed(caller, col(Incident.instance_key)))
        .group_by(*columns)
        .order_by(instances.desc(), *columns)
    )
    return list(unit.session.connection().execute(query))
