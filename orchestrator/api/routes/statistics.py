"""How many instances and elements are in which state."""

from typing import Any

from sqlalchemy import ColumnElement, FunctionFilter, and_, func
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from orchestrator.api.model import Filter, Key, Model
from orchestrator.api.routes.instance_search import OPEN_INCIDENTS, InstanceFilter, columns
from orchestrator.api.search import Found, Match, Search, conditions
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.api.short_lists import in_memory
from orchestrator.process import definitions, instances
from orchestrator.store.tables import (
    ElementInstance,
    Incident,
    ProcessDefinition,
    ProcessInstance,
)
from orchestrator.store.unit import Unit

router = Section(prefix="/v2", tags=["statistics"])


class ElementStatistics(Model):
    """Of one element of the model. `active` ones have no incident."""

    element_id: str
    active: int
    canceled: int
    incidents: int
    completed: int


class ElementsStatistics(Model):
    items: list[ElementStatistics]


class StatisticsQuery(Model):
    filter: InstanceFilter | None = None


class VersionStatistics(Model):
    """The active instances of one version of a process."""

    process_definition_key: Key
    process_definition_id: str
    process_definition_version: int
    process_definition_name: str | None
    tenant_id: str
    active_instances_with_incident_count: int
    active_instances_without_incident_count: int


class VersionFilter(Filter):
    process_definition_id: Match[str] | None = None
    tenant_id: Match[str] | None = None


class ProcessStatistics(Model):
    """The active instances of all versions of a process."""

    process_definition_id: str
    latest_process_definition_name: str | None
    has_multiple_versions: bool
    tenant_id: str
    active_instances_with_incident_count: int
    active_instances_without_incident_count: int


@router.post("/process-definitions/{key}/statistics/element-instances")
def get_process_definition_statistics(
    key: Key, caller: Anyone, body: StatisticsQuery | None = None
) -> ElementsStatistics:
    """Over the instances of the version that fit the filter."""
    with caller.begin() as unit:
        definitions.by_key(unit, key)
        wanted = conditions(body.filter if body else None, columns(caller))
        return _elements(unit, col(ProcessInstance.definition_key) == key, *wanted)


@router.get("/process-instances/{key}/statistics/element-instances")
def get_process_instance_statistics(key: Key, caller: Anyone) -> ElementsStatistics:
    with caller.begin() as unit:
        instances.get(unit, key)
        return _elements(unit, col(ProcessInstance.key) == key)


@router.post("/process-definitions/statistics/process-instances-by-version")
def get_process_definition_instance_version_statistics(
    body: Search[VersionFilter], caller: Anyone
) -> Found[VersionStatistics]:
    with caller.begin() as unit:
        return in_memory(_versions(unit), body)


@router.post("/process-definitions/statistics/process-instances")
def get_process_definition_instance_statistics(
    body: Search[VersionFilter], caller: Anyone
) -> Found[ProcessStatistics]:
    with caller.begin() as unit:
        by_process: dict[str, list[VersionStatistics]] = {}
        for version in _versions(unit):
            by_process.setdefault(version.process_definition_id, []).append(version)
        return in_memory([_process(versions) for versions in by_process.values()], body)


def _elements(unit: Unit, *wanted: ColumnElement[bool]) -> ElementsStatistics:
    """Of every element but the process itself."""
    failed = (
        select(Incident.key)
        .where(Incident.element_key == ElementInstance.key, Incident.state == "ACTIVE")
        .exists()
    )
    element_id, state = col(ElementInstance.element_id), col(ElementInstance.state)
    query = (
        select_columns(
            element_id,
            _count(and_(state == "ACTIVE", ~failed)).label("active"),
            _count(state == "TERMINATED").label("canceled"),
            _count(and_(state == "ACTIVE", failed)).label("incidents"),
            _count(state == "COMPLETED").label("completed"),
        )
        .join(ProcessInstance, col(ProcessInstance.key) == ElementInstance.instance_key)
        .where(unit.within(col(ProcessInstance.tenant_id)), *wanted)
        .where(col(ElementInstance.key) != ElementInstance.instance_key)
        .group_by(element_id)
        .order_by(element_id)
    )
    rows = unit.session.connection().execute(query).mappings()
    return ElementsStatistics(items=[ElementStatistics.model_validate(dict(row)) for row in rows])


def _count(condition: ColumnElement[bool]) -> FunctionFilter[int]:
    return func.count().filter(condition)


def _versions(unit: Unit) -> list[VersionStatistics]:
    """Of every process that has active instances, by id, then by version."""
    failed, version = OPEN_INCIDENTS.exists(), col(ProcessDefinition.version)
    columns: list[ColumnElement[Any]] = [
        col(ProcessDefinition.key).label("process_definition_key"),
        col(ProcessDefinition.process_id).label("process_definition_id"),
        version.label("process_definition_version"),
        col(ProcessDefinition.name).label("process_definition_name"),
        col(ProcessDefinition.tenant_id).label("tenant_id"),
        _count(failed).label("active_instances_with_incident_count"),
        _count(~failed).label("active_instances_without_incident_count"),
    ]
    query = (
        select_columns(*columns)
        .join(ProcessInstance, col(ProcessInstance.definition_key) == ProcessDefinition.key)
        .where(unit.within(col(ProcessInstance.tenant_id)))
        .where(col(ProcessInstance.state) == "ACTIVE")
        .group_by(col(ProcessDefinition.key))
        .order_by(col(ProcessDefinition.process_id), version)
    )
    rows = unit.session.connection().execute(query).mappings()
    return [VersionStatistics.model_validate(dict(row)) for row in rows]


def _process(versions: list[VersionStatistics]) -> ProcessStatistics:
    newest = versions[-1]
    return ProcessStatistics(
        process_definition_id=newest.process_definition_id,
        latest_process_definition_name=newest.process_definition_name,
        has_multiple_versions=len(versions) > 1,
        tenant_id=newest.tenant_id,
        active_instances_with_incident_count=sum(
            v.active_instances_with_incident_count for v in versions
        ),
        active_instances_without_incident_count=sum(
            v.active_instances_without_incident_count for v in versions
        ),
    )
