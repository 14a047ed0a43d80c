"""Process instances."""

from collections.abc import Sequence
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import Field
from sqlmodel import col, select

from orchestrator import audit
from orchestrator.api.model import Filter, Instant, JsonObject, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.security import Anyone, ProcessManager, Starter
from orchestrator.kernel.errors import NotFound
from orchestrator.process import instances, start
from orchestrator.store.tables import Incident, ProcessDefinition, ProcessInstance
from orchestrator.store.unit import Unit

router = APIRouter(prefix="/v2/process-instances", tags=["process instances"])


class InstanceView(Model):
    process_instance_key: Key
    process_definition_id: str
    process_definition_key: Key
    process_definition_version: int
    process_definition_name: str | None
    state: Literal["ACTIVE", "COMPLETED", "TERMINATED"]
    has_incident: bool
    start_date: Instant
    end_date: Instant | None
    business_key: str | None


class NewInstance(Model):
    process_definition_id: str | None = None
    process_definition_key: Key | None = None
    variables: JsonObject = Field(default_factory=dict)
    business_key: Annotated[str, Field(min_length=1, max_length=500)] | None = None


class StartedView(InstanceView):
    already_started: bool
    """The business key had started this instance before; nothing new began."""


class InstanceFilter(Filter):
    process_instance_key: Match[Key] | None = None
    process_definition_id: Match[str] | None = None
    process_definition_key: Match[Key] | None = None
    state: Match[str] | None = None
    has_incident: bool | None = None
    business_key: Match[str] | None = None


class HistoryEvent(Model):
    """One line of the ledger."""

    number: int
    time: Instant
    actor: str
    kind: str
    data: JsonObject | None


class History(Model):
    items: list[HistoryEvent]


_HAS_INCIDENT = (
    select(Incident.key)
    .where(Incident.instance_key == ProcessInstance.key, Incident.state == "ACTIVE")
    .exists()
)
COLUMNS = {
    "processInstanceKey": col(ProcessInstance.key),
    "processDefinitionId": col(ProcessInstance.process_id),
    "processDefinitionKey": col(ProcessInstance.definition_key),
    "state": col(ProcessInstance.state),
    "hasIncident": _HAS_INCIDENT,
    "businessKey": col(ProcessInstance.business_key),
    "startDate": col(ProcessInstance.started_at),
    "endDate": col(ProcessInstance.ended_at),
}


@router.post("")
def create_process_instance(body: NewInstance, caller: Starter) -> StartedView:
    """Starts the newest version of the id, or the version of the key."""
    request = start.StartRequest(
        body.process_definition_id, body.process_definition_key, body.variables, body.business_key
    )
    with caller.begin() as unit:
        started = start.start(unit, request)
        unit.session.flush()
        view = _views(unit, [started.instance])[0]
        return StartedView(**view.model_dump(), already_started=started.already_started)


@router.post("/search")
def search_process_instances(body: Search[InstanceFilter], caller: Anyone) -> Found[InstanceView]:
    with caller.begin() as unit:
        query = select(ProcessInstance).where(ProcessInstance.tenant_id == unit.tenant_id)
        rows, total = find(unit, query, body, COLUMNS, col(ProcessInstance.key).desc())
        return page_of(_views(unit, rows), total)


@router.get("/{key}")
def get_process_instance(key: Key, caller: Anyone) -> InstanceView:
    with caller.begin() as unit:
        return _views(unit, [_one(unit, key)])[0]


@router.post("/{key}/cancellation", status_code=204)
def cancel_process_instance(key: Key, caller: ProcessManager) -> None:
    """Ends it with everything in it."""
    with caller.begin() as unit:
        instances.cancel(unit, key)


@router.get("/{key}/history")
def get_process_instance_history(key: Key, caller: Anyone) -> History:
    """What the ledger says of it, oldest first."""
    with caller.begin() as unit:
        _one(unit, key)
        lines = audit.read(unit, f"process-instance/{key}")
        return History(items=[HistoryEvent.model_validate(line) for line in lines])


def _one(unit: Unit, key: int) -> ProcessInstance:
    row = unit.session.exec(
        select(ProcessInstance).where(
            ProcessInstance.tenant_id == unit.tenant_id, ProcessInstance.key == key
        )
    ).one_or_none()
    if row is None:
        raise NotFound(f"There is no process instance {key}.")
    return row


def _views(unit: Unit, rows: Sequence[ProcessInstance]) -> list[InstanceView]:
    names = _names(unit, rows)
    keys = [row.key for row in rows]
    failed = set(
        unit.session.exec(
            select(Incident.instance_key).where(
                col(Incident.instance_key).in_(keys), Incident.state == "ACTIVE"
            )
        )
    )
    return [
        InstanceView(
            process_instance_key=row.key,
            process_definition_id=row.process_id,
            process_definition_key=row.definition_key,
            process_definition_version=row.version,
            process_definition_name=names.get(row.definition_key),
            state=row.state,
            has_incident=row.key in failed,
            start_date=row.started_at,
            end_date=row.ended_at,
            business_key=row.business_key,
        )
        for row in rows
    ]


def _names(unit: Unit, rows: Sequence[ProcessInstance]) -> dict[int, str | None]:
    keys = {row.definition_key for row in rows}
    query = select(ProcessDefinition.key, ProcessDefinition.name).where(
        col(ProcessDefinition.key).in_(keys)
    )
    return dict(unit.session.exec(query).all())
