"""Incidents."""

from collections.abc import Sequence
from typing import Literal

from pydantic import Field
from sqlalchemy import ColumnElement
from sqlmodel import col, select

from orchestrator.api import sealing
from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person, ProcessManager
from orchestrator.process import incidents, instances
from orchestrator.store import keyed
from orchestrator.store.tables import Incident, ProcessInstance
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/incidents", tags=["incidents"])


class IncidentView(Model):
    incident_key: Key = Field(validation_alias="key")
    process_instance_key: Key = Field(validation_alias="instance_key")
    element_instance_key: Key = Field(validation_alias="element_key")
    element_id: str
    error_type: str
    error_message: str = Field(validation_alias="message")
    creation_time: Instant = Field(validation_alias="created_at")
    state: Literal["ACTIVE", "RESOLVED"]
    tenant_id: str
    process_definition_id: str
    process_definition_key: Key
    root_process_instance_key: Key
    job_key: Key | None
    work_item_key: Key | None


class IncidentFilter(Filter):
    incident_key: Match[Key] | None = None
    process_instance_key: Match[Key] | None = None
    element_instance_key: Match[Key] | None = None
    creation_time: Match[Instant] | None = None
    error_message: Match[str] | None = None
    tenant_id: Match[str] | None = None
    element_id: Match[str] | None = None
    error_type: Match[str] | None = None
    job_key: Match[Key] | None = None
    process_definition_id: Match[str] | None = None
    process_definition_key: Match[Key] | None = None
    state: Match[str] | None = None


COLUMNS = {
    "incidentKey": col(Incident.key),
    "processInstanceKey": col(Incident.instance_key),
    "elementInstanceKey": col(Incident.element_key),
    "errorMessage": col(Incident.message),
    "tenantId": col(Incident.tenant_id),
    "elementId": col(Incident.element_id),
    "errorType": col(Incident.error_type),
    "state": col(Incident.state),
    "creationTime": col(Incident.created_at),
    "jobKey": col(Incident.work_item_key),
    "processDefinitionId": col(ProcessInstance.process_id),
    "processDefinitionKey": col(ProcessInstance.definition_key),
}


@router.post("/search")
def search_incidents(body: Search[IncidentFilter], caller: Anyone) -> Found[IncidentView]:
    with caller.searching() as unit:
        return found_incidents(unit, caller, body)


@router.get("/{key}")
def get_incident(key: Key, caller: Anyone) -> IncidentView:
    with caller.begin() as unit:
        row = keyed.get(unit, Incident, key, f"There is no incident {key}.")
        sealing.check(unit, caller, row.instance_key)
        return _views(unit, [row])[0]


def found_incidents(
    unit: Unit, caller: Person, body: Search[IncidentFilter], *conditions: ColumnElement[bool]
) -> Found[IncidentView]:
    """Their messages tell values."""
    shown = sealing.unsealed(caller, col(Incident.instance_key))
    query = (
        select(Incident)
        .join(ProcessInstance, col(ProcessInstance.key) == Incident.instance_key)
        .where(unit.within(col(Incident.tenant_id)), shown, *conditions)
    )
    rows, total = find(unit, query, body, COLUMNS, col(Incident.key).desc())
    return page_of(_views(unit, rows), total, body)


def _views(unit: Unit, rows: Sequence[Incident]) -> list[IncidentView]:
    owners = instances.by_keys(unit, {row.instance_key for row in rows})
    roots = instances.roots(unit, owners.values())
    return [_view(row, owners[row.instance_key], roots[row.instance_key]) for row in rows]


def _view(row: Incident, owner: ProcessInstance, root: int) -> IncidentView:
    return IncidentView.model_validate(
        {
            **row.model_dump(),
            "process_definition_id": owner.process_id,
            "process_definition_key": owner.definition_key,
            "root_process_instance_key": root,
            "job_key": row.work_item_key,
        }
    )


@router.post("/{key}/resolution", status_code=204)
def resolve_incident(key: Key, caller: ProcessManager) -> None:
    """The cause is mended: what failed is tried again."""
    caller.command(lambda unit: incidents.resolve(unit, key))
