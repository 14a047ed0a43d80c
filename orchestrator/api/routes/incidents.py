"""Incidents."""

from typing import Literal

from fastapi import APIRouter
from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.security import Anyone, ProcessManager
from orchestrator.process import incidents
from orchestrator.store.tables import Incident

router = APIRouter(prefix="/v2/incidents", tags=["incidents"])


class IncidentView(Model):
    incident_key: Key = Field(validation_alias="key")
    process_instance_key: Key = Field(validation_alias="instance_key")
    element_instance_key: Key = Field(validation_alias="element_key")
    element_id: str
    error_type: str
    error_message: str = Field(validation_alias="message")
    creation_time: Instant = Field(validation_alias="created_at")
    state: Literal["ACTIVE", "RESOLVED"]
    work_item_key: Key | None


class IncidentFilter(Filter):
    incident_key: Match[Key] | None = None
    process_instance_key: Match[Key] | None = None
    element_id: Match[str] | None = None
    error_type: Match[str] | None = None
    state: Match[str] | None = None


COLUMNS = {
    "incidentKey": col(Incident.key),
    "processInstanceKey": col(Incident.instance_key),
    "elementId": col(Incident.element_id),
    "errorType": col(Incident.error_type),
    "state": col(Incident.state),
    "creationTime": col(Incident.created_at),
}


@router.post("/search")
def search_incidents(body: Search[IncidentFilter], caller: Anyone) -> Found[IncidentView]:
    with caller.begin() as unit:
        query = select(Incident).where(Incident.tenant_id == unit.tenant_id)
        rows, total = find(unit, query, body, COLUMNS, col(Incident.key).desc())
        return page_of([IncidentView.model_validate(row) for row in rows], total)


@router.post("/{key}/resolution", status_code=204)
def resolve_incident(key: Key, caller: ProcessManager) -> None:
    """The cause is mended: what failed is tried again."""
    with caller.begin() as unit:
        incidents.resolve(unit, key)
