"""Work items as jobs: what the Camunda 8 API calls their parts."""

from collections.abc import Sequence

from pydantic import Field
from sqlalchemy import Integer, and_, case, cast, func, literal, not_
from sqlmodel import col, select

from orchestrator.api.model import Instant, JsonObject, Key, Model
from orchestrator.process import instances
from orchestrator.store.tables import Agent, ProcessInstance, Run, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work import lifecycle
from orchestrator.work.model import Claim, Item

STATES = {
    lifecycle.NEW: "CREATED",
    lifecycle.LEASED: "CREATED",
    lifecycle.DONE: "COMPLETED",
    lifecycle.FAILED: "FAILED",
    lifecycle.REVIEW: "ERROR_THROWN",
    lifecycle.CANCELLED: "CANCELED",
}


class ActivatedJob(Model):
    type: str
    process_definition_id: str
    process_definition_version: int
    process_definition_key: Key
    process_instance_key: Key
    root_process_instance_key: Key | None
    element_id: str
    element_instance_key: Key
    custom_headers: JsonObject
    worker: str
    retries: int
    deadline: int
    """Milliseconds since 1970."""
    variables: JsonObject
    tenant_id: str
    physical_tenant_id: str
    job_key: Key
    kind: str = "BPMN_ELEMENT"
    listener_event_type: str = "UNSPECIFIED"
    user_task: None = None
    tags: list[str] = Field(default_factory=list)
    business_id: str | None
    priority: int
    job_lease_token: str | None = None


class JobView(Model):
    job_key: Key
    type: str
    state: str
    worker: str
    retries: int
    kind: str = "BPMN_ELEMENT"
    listener_event_type: str = "UNSPECIFIED"
    custom_headers: JsonObject
    deadline: Instant | None
    denied_reason: None = None
    is_denied: None = None
    element_id: str | None
    element_instance_key: Key | None
    process_definition_id: str
    process_definition_key: Key
    process_instance_key: Key
    root_process_instance_key: Key
    business_id: str | None
    end_time: Instant | None
    error_code: str | None
    error_message: str | None
    has_failed_with_retries_left: bool
    tenant_id: str
    creation_time: Instant
    last_update_time: Instant
    priority: int


RETRIES = func.greatest(
    col(WorkItem.max_attempts)
    - col(WorkItem.attempts)
    + cast(col(WorkItem.state) == lifecycle.LEASED, Integer),
    0,
)
_OVER = col(WorkItem.state).in_([lifecycle.DONE, lifecycle.CANCELLED])
COLUMNS = {
    "jobKey": col(WorkItem.key),
    "type": col(WorkItem.queue),
    "elementId": col(WorkItem.element_id),
    "elementInstanceKey": col(WorkItem.element_key),
    "processInstanceKey": col(WorkItem.instance_key),
    "creationTime": col(WorkItem.created_at),
    "lastUpdateTime": col(WorkItem.updated_at),
    "priority": col(WorkItem.priority),
    "tenantId": col(WorkItem.tenant_id),
    "state": case(STATES, value=col(WorkItem.state), else_="CREATED"),
    "retries": RETRIES,
    "deadline": col(WorkItem.lease_deadline),
    "endTime": case((_OVER, col(WorkItem.updated_at))),
    "errorCode": col(WorkItem.exception)["code"].astext,
    "errorMessage": col(WorkItem.exception)["message"].astext,
    "hasFailedWithRetriesLeft": and_(
        col(WorkItem.exception).is_not(None), RETRIES > 0, not_(_OVER)
    ),
    "worker": func.coalesce(
        select(Agent.name)
        .join(Run, col(Run.agent_key) == Agent.key)
        .where(Run.key == WorkItem.run_key)
        .scalar_subquery(),
        "",
    ),
    "kind": literal("BPMN_ELEMENT"),
    "listenerEventType": literal("UNSPECIFIED"),
    "processDefinitionId": col(ProcessInstance.process_id),
    "processDefinitionKey": col(ProcessInstance.definition_key),
}


def activated(
    unit: Unit, found: Sequence[Claim], worker: str, names: Sequence[str] | None
) -> list[ActivatedJob]:
    """Jobs just leased; `names` are the variables to give, all without."""
    owners = _owners(unit, [claim.item for claim in found])
    roots = instances.roots(unit, list(owners.values()))
    return [
        _activated(claim, owners.get(claim.item.instance_key), roots, worker, names)
        for claim in found
    ]


def _activated(
    claim: Claim,
    owner: ProcessInstance | None,
    roots: dict[int, int],
    worker: str,
    names: Sequence[str] | None,
) -> ActivatedJob:
    item = claim.item
    payload = item.payload if isinstance(item.payload, dict) else {"payload": item.payload}
    assert item.lease_deadline is not None  # noqa: S101  it has just been leased
    return ActivatedJob(
        type=item.queue,
        process_definition_id=owner.process_id if owner else "",
        process_definition_version=owner.version if owner else 0,
        process_definition_key=owner.definition_key if owner else 0,
        process_instance_key=item.instance_key or 0,
        root_process_instance_key=roots.get(owner.key) if owner else None,
        element_id=item.element_id or "",
        element_instance_key=item.element_key or 0,
        custom_headers=item.headers or {},
        worker=worker,
        retries=_retries(item, held=True),
        deadline=int(item.lease_deadline.timestamp() * 1000),
        variables={k: v for k, v in payload.items() if not names or k in names},
        tenant_id=item.tenant_id,
        physical_tenant_id=item.tenant_id,
        job_key=item.key,
        business_id=owner.business_key if owner else None,
        priority=item.priority,
    )


def job_views(unit: Unit, rows: Sequence[WorkItem]) -> list[JobView]:
    owners = _owners(unit, rows)
    roots = instances.roots(unit, list(owners.values()))
    workers = _workers(unit, rows)
    return [
        _view(row, owners[row.instance_key], roots, workers.get(row.run_key, "")) for row in rows
    ]


def _view(row: WorkItem, owner: ProcessInstance, roots: dict[int, int], worker: str) -> JobView:
    exception = row.exception or {}
    over = row.state in (lifecycle.DONE, lifecycle.CANCELLED)
    retries = _retries(row, held=row.state == lifecycle.LEASED)
    return JobView(
        job_key=row.key,
        type=row.queue,
        state=STATES.get(row.state, "CREATED"),
        worker=worker,
        retries=retries,
        custom_headers=row.headers or {},
        deadline=row.lease_deadline,
        element_id=row.element_id,
        element_instance_key=row.element_key,
        process_definition_id=owner.process_id,
        process_definition_key=owner.definition_key,
        process_instance_key=owner.key,
        root_process_instance_key=roots[owner.key],
        business_id=owner.business_key,
        end_time=row.updated_at if over else None,
        error_code=exception.get("code"),
        error_message=exception.get("message"),
        has_failed_with_retries_left=bool(exception) and retries > 0 and not over,
        tenant_id=row.tenant_id,
        creation_time=row.created_at,
        last_update_time=row.updated_at,
        priority=row.priority,
    )


def _retries(item: WorkItem | Item, *, held: bool) -> int:
    """An attempt under way is not yet used up."""
    return max(item.max_attempts - item.attempts + int(held), 0)


def _owners(unit: Unit, rows: Sequence[WorkItem | Item]) -> dict[int | None, ProcessInstance]:
    keys = {row.instance_key for row in rows if row.instance_key is not None}
    return dict(instances.by_keys(unit, keys).items())


def _workers(unit: Unit, rows: Sequence[WorkItem]) -> dict[int | None, str]:
    keys = {row.run_key for row in rows if row.run_key is not None}
    query = (
        select(Run.key, Agent.name)
        .join(Agent, col(Agent.key) == Run.agent_key)
        .where(col(Run.key).in_(keys))
    )
    return dict(unit.session.exec(query).all())
