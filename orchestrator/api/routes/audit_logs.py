"""The ledger in the words of the Camunda 8 API: who did what to which of the things it knows."""

import re
from typing import Any

from fastapi import APIRouter
from sqlalchemy import ColumnElement, String, case, cast, func, literal
from sqlmodel import col, select

from orchestrator.api.actors import actor_id, actor_type, described
from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.security import Anyone, RecordReader
from orchestrator.kernel.errors import NotFound
from orchestrator.people import tasks
from orchestrator.store.tables import LedgerEvent
from orchestrator.store.unit import Unit

router = APIRouter(prefix="/v2", tags=["audit"])

ENTITIES = {
    "process-instance": "PROCESS_INSTANCE",
    "user-task": "USER_TASK",
    "work-item": "JOB",
    "deployment": "RESOURCE",
    "decision": "DECISION",
    "batch-operation": "BATCH",
    "user": "USER",
    "role": "ROLE",
    "group": "GROUP",
    "authorization": "AUTHORIZATION",
}
"""Streams of the ledger. Agents, bots, messages and documents have no word in Camunda's log."""
DIGITS = 19
"""Of the longest key."""
_ADMIN = dict.fromkeys(("user", "role", "group", "authorization"), "ADMIN")
CATEGORIES = {**_ADMIN, "user-task": "USER_TASKS"}
OPERATIONS = {
    "process.start_instance": "CREATE",
    "process.cancel_instance": "CANCEL",
    "process.modify_instance": "MODIFY",
    "process.migrate_instance": "MIGRATE",
    "process.suspend_instance": "SUSPEND",
    "process.resume_instance": "RESUME",
    "process.resolve_incident": "RESOLVE",
    "process.complete_element": "COMPLETE",
    "process.set_variables": "UPDATE",
    "deployment.created": "CREATE",
    "decision.evaluated": "EVALUATE",
    "user_task.created": "CREATE",
    "user_task.assigned": "ASSIGN",
    "user_task.unassigned": "UNASSIGN",
    "user_task.updated": "UPDATE",
    "user_task.completed": "COMPLETE",
    "user_task.canceled": "CANCEL",
    "work_item.created": "CREATE",
    "work_item.updated": "UPDATE",
    "work_item.cancelled": "CANCEL",
    "batch_operation.created": "CREATE",
    "batch_operation.suspended": "SUSPEND",
    "batch_operation.active": "RESUME",
    "batch_operation.canceled": "CANCEL",
    "batch_operation.completed": "COMPLETE",
    "user.created": "CREATE",
    "user.changed": "UPDATE",
    "user.deleted": "DELETE",
    "role.created": "CREATE",
    "role.changed": "UPDATE",
    "role.deleted": "DELETE",
    "group.created": "CREATE",
    "group.changed": "UPDATE",
    "group.deleted": "DELETE",
    "group.assigned": "ASSIGN",
    "group.unassigned": "UNASSIGN",
    "authorization.created": "CREATE",
    "authorization.changed": "UPDATE",
    "authorization.deleted": "DELETE",
}


class AuditLogView(Model):
    audit_log_key: str
    """Number of the ledger's line in the stream of the entity, and the entity's key."""
    entity_key: str
    entity_type: str
    operation_type: str
    timestamp: Instant
    actor_id: str
    actor_type: str
    category: str
    tenant_id: str
    entity_description: str
    """What the ledger calls it."""
    result: str = "SUCCESS"
    process_instance_key: Key | None
    user_task_key: Key | None
    job_key: Key | None
    deployment_key: Key | None
    decision_evaluation_key: Key | None
    batch_operation_key: Key | None
    batch_operation_type: None = None
    agent_element_id: None = None
    process_definition_id: None = None
    process_definition_key: None = None
    root_process_instance_key: None = None
    element_instance_key: None = None
    decision_requirements_id: None = None
    decision_requirements_key: None = None
    decision_definition_id: None = None
    decision_definition_key: None = None
    form_key: None = None
    resource_key: None = None
    related_entity_key: None = None
    related_entity_type: None = None
    inbound_channel_type: None = None
    inbound_channel_tool_name: None = None


class AuditLogFilter(Filter):
    audit_log_key: Match[str] | None = None
    entity_key: Match[str] | None = None
    entity_type: Match[str] | None = None
    operation_type: Match[str] | None = None
    timestamp: Match[Instant] | None = None
    actor_id: Match[str] | None = None
    actor_type: Match[str] | None = None
    category: Match[str] | None = None
    tenant_id: Match[str] | None = None
    entity_description: Match[str] | None = None
    result: Match[str] | None = None
    process_instance_key: Match[str] | None = None
    user_task_key: Match[str] | None = None
    job_key: Match[str] | None = None
    deployment_key: Match[str] | None = None
    decision_evaluation_key: Match[str] | None = None


_STREAM = func.split_part(col(LedgerEvent.stream), "/", 1)
_ENTITY = func.split_part(col(LedgerEvent.stream), "/", 2)


def _key_in(stream: str) -> ColumnElement[str]:
    return case({stream: _ENTITY}, value=_STREAM)


COLUMNS = {
    "auditLogKey": cast(col(LedgerEvent.number), String).concat(func.lpad(_ENTITY, DIGITS, "0")),
    "entityKey": _ENTITY,
    "entityType": case(ENTITIES, value=_STREAM),
    "operationType": case(OPERATIONS, value=col(LedgerEvent.kind), else_="UNKNOWN"),
    "timestamp": col(LedgerEvent.time),
    "actorId": actor_id(col(LedgerEvent.actor)),
    "actorType": actor_type(col(LedgerEvent.actor)),
    "category": case(CATEGORIES, value=_STREAM, else_="DEPLOYED_RESOURCES"),
    "tenantId": col(LedgerEvent.tenant_id),
    "entityDescription": col(LedgerEvent.kind),
    "result": literal("SUCCESS"),
    "processInstanceKey": _key_in("process-instance"),
    "userTaskKey": _key_in("user-task"),
    "jobKey": _key_in("work-item"),
    "deploymentKey": _key_in("deployment"),
    "decisionEvaluationKey": _key_in("decision"),
}


@router.post("/audit-logs/search")
def search_audit_logs(body: Search[AuditLogFilter], caller: RecordReader) -> Found[AuditLogView]:
    """Newest first."""
    with caller.begin() as unit:
        return _found(unit, body, _STREAM.in_(list(ENTITIES)))


@router.get("/audit-logs/{key}")
def get_audit_log(key: str, caller: RecordReader) -> AuditLogView:
    """Keys are made by one generator: a key is of one stream only."""
    number, entity = key[:-DIGITS], key[-DIGITS:].lstrip("0")
    if not re.fullmatch("[0-9]{1,9}", number) or not re.fullmatch("[0-9]+", entity):
        raise NotFound(f"There is no audit log {key!r}.")
    streams = [f"{stream}/{entity}" for stream in ENTITIES]
    with caller.begin() as unit:
        query = select(LedgerEvent).where(
            LedgerEvent.tenant_id == unit.tenant_id,
            col(LedgerEvent.stream).in_(streams),
            LedgerEvent.number == int(number),
        )
        row = unit.session.exec(query).first()
        if row is None:
            raise NotFound(f"There is no audit log {key!r}.")
        return _view(row)


@router.post("/user-tasks/{key}/audit-logs/search")
def search_user_task_audit_logs(
    key: Key, body: Search[AuditLogFilter], caller: Anyone
) -> Found[AuditLogView]:
    """What was done with the task, newest first."""
    with caller.begin() as unit:
        tasks.get(unit, key)
        return _found(unit, body, col(LedgerEvent.stream) == f"user-task/{key}")


def _found(
    unit: Unit, body: Search[AuditLogFilter], which: ColumnElement[bool]
) -> Found[AuditLogView]:
    query = select(LedgerEvent).where(LedgerEvent.tenant_id == unit.tenant_id, which)
    newest = func.row(col(LedgerEvent.time), col(LedgerEvent.stream), col(LedgerEvent.number))
    rows, total = find(unit, query, body, COLUMNS, newest.desc())
    return page_of([_view(row) for row in rows], total, body)


def _view(row: LedgerEvent) -> AuditLogView:
    stream, _, key = row.stream.partition("/")

    def key_in(wanted: str) -> int | None:
        return int(key) if stream == wanted else None

    shown: dict[str, Any] = {
        "audit_log_key": f"{row.number}{key:0>{DIGITS}}",
        "entity_key": key,
        "entity_type": ENTITIES[stream],
        "operation_type": OPERATIONS.get(row.kind, "UNKNOWN"),
        "timestamp": row.time,
        **described(row.actor),
        "category": CATEGORIES.get(stream, "DEPLOYED_RESOURCES"),
        "tenant_id": row.tenant_id,
        "entity_description": row.kind,
        "process_instance_key": key_in("process-instance"),
        "user_task_key": key_in("user-task"),
        "job_key": key_in("work-item"),
        "deployment_key": key_in("deployment"),
        "decision_evaluation_key": key_in("decision"),
        "batch_operation_key": key_in("batch-operation"),
    }
    return AuditLogView.model_validate(shown)
