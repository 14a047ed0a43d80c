"""A line of the ledger in the words of the Camunda 8 API, as columns of a query.

Who did what is the line itself; which instance, process, task or job it is about is looked up.
"""

from itertools import chain
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    SQLColumnExpression,
    String,
    and_,
    case,
    cast,
    func,
    null,
    or_,
)
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from orchestrator.api.actors import actor_id, actor_type
from orchestrator.store.tables import (
    BatchOperation,
    Incident,
    LedgerEvent,
    ProcessInstance,
    UserTask,
    Variable,
    WorkItem,
)
from orchestrator.store.unit import Unit

ENTITIES = {
    "process-instance": "PROCESS_INSTANCE",
    "variable": "VARIABLE",
    "cluster-variable": "VARIABLE",
    "incident": "INCIDENT",
    "user-task": "USER_TASK",
    "work-item": "JOB",
    "deployment": "RESOURCE",
    "decision": "DECISION",
    "batch-operation": "BATCH",
    "user": "USER",
    "role": "ROLE",
    "group": "GROUP",
    "tenant": "TENANT",
    "authorization": "AUTHORIZATION",
    "agent": "CLIENT",
}
"""Streams of the ledger. Messages, documents and what RPA adds have no word in Camunda's log."""
DIGITS = 19
"""Of the longest key."""
_ADMIN = ("user", "role", "group", "tenant", "authorization", "agent", "cluster-variable")
CATEGORIES = {**dict.fromkeys(_ADMIN, "ADMIN"), "user-task": "USER_TASKS"}
OPERATIONS = {
    "process.start_instance": "CREATE",
    "process.cancel_instance": "CANCEL",
    "process.modify_instance": "MODIFY",
    "process.migrate_instance": "MIGRATE",
    "process.name_instance": "UPDATE",
    "process.suspend_instance": "SUSPEND",
    "process.resume_instance": "RESUME",
    "process_instance.deleted": "DELETE",
    "variable.created": "CREATE",
    "variable.updated": "UPDATE",
    "cluster_variable.created": "CREATE",
    "cluster_variable.changed": "UPDATE",
    "cluster_variable.deleted": "DELETE",
    "incident.resolved": "RESOLVE",
    "deployment.created": "CREATE",
    "resource.deleted": "DELETE",
    "decision.evaluated": "EVALUATE",
    "decision.failed": "EVALUATE",
    "decision.deleted": "DELETE",
    "user_task.created": "CREATE",
    "user_task.assigned": "ASSIGN",
    "user_task.unassigned": "UNASSIGN",
    "user_task.updated": "UPDATE",
    "user_task.completed": "COMPLETE",
    "user_task.canceled": "CANCEL",
    "work_item.created": "CREATE",
    "work_item.leased": "ASSIGN",
    "work_item.returned": "UNASSIGN",
    "work_item.updated": "UPDATE",
    "work_item.completed": "COMPLETE",
    "work_item.cancelled": "CANCEL",
    "work_item.retried": "RESUME",
    "batch_operation.created": "CREATE",
    "batch_operation.suspended": "SUSPEND",
    "batch_operation.active": "RESUME",
    "batch_operation.canceled": "CANCEL",
    "batch_operation.completed": "COMPLETE",
    "user.created": "CREATE",
    "user.changed": "UPDATE",
    "user.deleted": "DELETE",
    "api_token.issued": "ASSIGN",
    "api_token.revoked": "UNASSIGN",
    "role.created": "CREATE",
    "role.changed": "UPDATE",
    "role.deleted": "DELETE",
    "group.created": "CREATE",
    "group.changed": "UPDATE",
    "group.deleted": "DELETE",
    "group.assigned": "ASSIGN",
    "group.unassigned": "UNASSIGN",
    "tenant.created": "CREATE",
    "tenant.changed": "UPDATE",
    "tenant.deleted": "DELETE",
    "tenant.assigned": "ASSIGN",
    "tenant.unassigned": "UNASSIGN",
    "authorization.created": "CREATE",
    "authorization.changed": "UPDATE",
    "authorization.deleted": "DELETE",
    "agent.enrolled": "CREATE",
    "agent.status_changed": "UPDATE",
    "agent.drain_requested": "SUSPEND",
}
FAILURES = ("decision.failed", "work_item.failed", "work_item.exception_caught")

_STREAM = func.split_part(col(LedgerEvent.stream), "/", 1)
_ENTITY = func.split_part(col(LedgerEvent.stream), "/", 2)


def _text(name: str) -> ColumnElement[str]:
    """What the line says; nothing where that was erased."""
    return func.jsonb_extract_path_text(col(LedgerEvent.data), name)


def _key_in(stream: str) -> ColumnElement[Any]:
    return case({stream: cast(_ENTITY, BigInteger)}, value=_STREAM)


_INSTANCE: ColumnElement[Any] = func.coalesce(
    _key_in("process-instance"),
    col(UserTask.instance_key),
    col(WorkItem.instance_key),
    col(Incident.instance_key),
    col(Variable.instance_key),
)
_ASSIGNED = {kind: _text(kind) for kind in ("user", "role", "group")}
_OF_MEMBERS = col(LedgerEvent.kind).in_(
    [f"{holder}.{what}" for holder in ("group", "tenant") for what in ("assigned", "unassigned")]
)
_OWNER = func.coalesce(*_ASSIGNED.values(), _text("role_id"))

COLUMNS: dict[str, SQLColumnExpression[Any]] = {
    "auditLogKey": cast(col(LedgerEvent.number), String).concat(func.lpad(_ENTITY, DIGITS, "0")),
    "entityKey": _ENTITY,
    "entityType": case(ENTITIES, value=_STREAM),
    "entityDescription": func.coalesce(
        case((_STREAM == "variable", _text("name"))), col(LedgerEvent.kind)
    ),
    "operationType": case(OPERATIONS, value=col(LedgerEvent.kind), else_="UNKNOWN"),
    "timestamp": col(LedgerEvent.time),
    "actorId": actor_id(col(LedgerEvent.actor)),
    "actorType": actor_type(col(LedgerEvent.actor)),
    "category": case(CATEGORIES, value=_STREAM, else_="DEPLOYED_RESOURCES"),
    "tenantId": col(LedgerEvent.tenant_id),
    "result": case((col(LedgerEvent.kind).in_(FAILURES), "FAIL"), else_="SUCCESS"),
    "processInstanceKey": _INSTANCE,
    "processDefinitionId": col(ProcessInstance.process_id),
    "processDefinitionKey": col(ProcessInstance.definition_key),
    "elementInstanceKey": func.coalesce(
        col(UserTask.element_key),
        col(WorkItem.element_key),
        col(Incident.element_key),
        col(Variable.scope_key),
    ),
    "userTaskKey": _key_in("user-task"),
    "jobKey": _key_in("work-item"),
    "deploymentKey": _key_in("deployment"),
    "decisionEvaluationKey": _key_in("decision"),
    "decisionDefinitionId": case((_STREAM == "decision", _text("decision"))),
    "batchOperationKey": _key_in("batch-operation"),
    "batchOperationType": col(BatchOperation.kind),
    "relatedEntityKey": case((or_(_OF_MEMBERS, _STREAM == "authorization"), _OWNER)),
    "relatedEntityType": case(
        *((and_(_OF_MEMBERS, named.is_not(None)), kind.upper())
          for kind, named in _ASSIGNED.items()),
        (_STREAM == "authorization", "ROLE"),
        else_=null(),
    ),
    **dict.fromkeys(
        (
            "rootProcessInstanceKey", "decisionRequirementsId", "decisionRequirementsKey",
            "decisionDefinitionKey", "formKey", "resourceKey", "agentElementId",
            "inboundChannelType", "inboundChannelToolName",
        ),
        cast(null(), String),
    ),
}  # fmt: skip
"""Under the API's names; what the ledger does not say is null."""

_TABLES: dict[str, type[UserTask | WorkItem | Incident | Variable | BatchOperation]] = {
    "user-task": UserTask,
    "work-item": WorkItem,
    "incident": Incident,
    "variable": Variable,
    "batch-operation": BatchOperation,
}
NEWEST = func.row(col(LedgerEvent.time), col(LedgerEvent.stream), col(LedgerEvent.number))


def lines(unit: Unit, which: ColumnElement[bool]) -> SelectOfScalar[dict[str, Any]]:
    """Those of the unit's lines, as they are shown."""
    view = func.jsonb_build_object(*chain.from_iterable(COLUMNS.items()))
    query: SelectOfScalar[dict[str, Any]] = select(view).select_from(LedgerEvent)
    for stream, table in _TABLES.items():
        here = and_(unit.within(col(table.tenant_id)), col(table.key) == _key_in(stream))
        query = query.outerjoin(table, here)
    instance = and_(
        unit.within(col(ProcessInstance.tenant_id)), col(ProcessInstance.key) == _INSTANCE
    )
    ours = unit.within(col(LedgerEvent.tenant_id)), _STREAM.in_(list(ENTITIES))
    return query.outerjoin(ProcessInstance, instance).where(*ours, which)
