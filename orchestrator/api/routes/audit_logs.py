"""The ledger in the words of the Camunda 8 API: who did what to which of the things it knows."""

import re

from sqlalchemy import ColumnElement, and_, true
from sqlmodel import col

from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.routes.audit_columns import COLUMNS, DIGITS, ENTITIES, NEWEST, lines
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, RecordReader
from orchestrator.kernel.errors import NotFound
from orchestrator.people import tasks
from orchestrator.store.tables import LedgerEvent
from orchestrator.store.unit import Unit

router = Section(prefix="/v2", tags=["audit"])


class AuditLogView(Model):
    audit_log_key: str
    """Number of the ledger's line in the stream of the entity, and the entity's key."""
    entity_key: str
    entity_type: str
    entity_description: str
    """What the ledger calls it; of a variable its name."""
    operation_type: str
    timestamp: Instant
    actor_id: str
    actor_type: str
    category: str
    tenant_id: str
    result: str
    process_instance_key: Key | None
    process_definition_id: str | None
    process_definition_key: Key | None
    element_instance_key: Key | None
    user_task_key: Key | None
    job_key: Key | None
    deployment_key: Key | None
    decision_evaluation_key: Key | None
    decision_definition_id: str | None
    batch_operation_key: Key | None
    batch_operation_type: str | None
    related_entity_key: str | None
    """Who was assigned or is authorized."""
    related_entity_type: str | None
    root_process_instance_key: None
    decision_requirements_id: None
    decision_requirements_key: None
    decision_definition_key: None
    form_key: None
    resource_key: None
    agent_element_id: None
    inbound_channel_type: None
    inbound_channel_tool_name: None


class AuditLogFilter(Filter):
    audit_log_key: Match[str] | None = None
    entity_key: Match[str] | None = None
    entity_type: Match[str] | None = None
    entity_description: Match[str] | None = None
    operation_type: Match[str] | None = None
    timestamp: Match[Instant] | None = None
    actor_id: Match[str] | None = None
    actor_type: Match[str] | None = None
    category: Match[str] | None = None
    tenant_id: Match[str] | None = None
    result: Match[str] | None = None
    process_instance_key: Match[Key] | None = None
    process_definition_id: Match[str] | None = None
    process_definition_key: Match[Key] | None = None
    element_instance_key: Match[Key] | None = None
    user_task_key: Match[Key] | None = None
    job_key: Match[Key] | None = None
    deployment_key: Match[Key] | None = None
    decision_evaluation_key: Match[Key] | None = None
    decision_definition_id: Match[str] | None = None
    batch_operation_type: Match[str] | None = None
    related_entity_key: Match[str] | None = None
    related_entity_type: Match[str] | None = None
    decision_requirements_id: Match[str] | None = None
    decision_requirements_key: Match[str] | None = None
    decision_definition_key: Match[str] | None = None
    form_key: Match[str] | None = None
    resource_key: Match[str] | None = None
    agent_element_id: Match[str] | None = None
    inbound_channel_type: Match[str] | None = None
    inbound_channel_tool_name: Match[str] | None = None


@router.post("/audit-logs/search")
def search_audit_logs(body: Search[AuditLogFilter], caller: RecordReader) -> Found[AuditLogView]:
    """Newest first."""
    with caller.searching() as unit:
        return _found(unit, body, true())


@router.get("/audit-logs/{key}")
def get_audit_log(key: str, caller: RecordReader) -> AuditLogView:
    """Keys are made by one generator: a key is of one stream only."""
    number, entity = key[:-DIGITS], key[-DIGITS:].lstrip("0")
    if not re.fullmatch("[0-9]{1,9}", number) or not re.fullmatch("[0-9]+", entity):
        raise NotFound(f"There is no audit log {key!r}.")
    with caller.begin() as unit:
        row = unit.session.exec(lines(unit, _of_entity(int(number), entity))).first()
        if row is None:
            raise NotFound(f"There is no audit log {key!r}.")
        return AuditLogView.model_validate(row)


@router.post("/user-tasks/{key}/audit-logs/search")
def search_user_task_audit_logs(
    key: Key, body: Search[AuditLogFilter], caller: Anyone
) -> Found[AuditLogView]:
    """What was done with the task, newest first."""
    with caller.searching() as unit:
        tasks.get(unit, key)
        return _found(unit, body, col(LedgerEvent.stream) == f"user-task/{key}")


def _found(
    unit: Unit, body: Search[AuditLogFilter], which: ColumnElement[bool]
) -> Found[AuditLogView]:
    rows, total = find(unit, lines(unit, which), body, COLUMNS, NEWEST.desc())
    return page_of([AuditLogView.model_validate(row) for row in rows], total, body)


def _of_entity(number: int, entity: str) -> ColumnElement[bool]:
    streams = [f"{stream}/{entity}" for stream in ENTITIES]
    return and_(col(LedgerEvent.stream).in_(streams), col(LedgerEvent.number) == number)
