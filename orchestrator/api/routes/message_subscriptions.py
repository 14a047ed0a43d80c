"""Messages that are waited for, and those that have come."""

from collections.abc import Sequence
from typing import Any

from pydantic import Field
from sqlalchemy import ColumnElement, Label, RowMapping, case, distinct, func, literal, select
from sqlmodel import col
from sqlmodel import select as select_rows

from orchestrator.api.model import Filter, Instant, JsonObject, Key, Model
from orchestrator.api.sealing import unsealed
from orchestrator.api.search import Columns, Found, Match, Search, conditions, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person
from orchestrator.api.short_lists import in_memory
from orchestrator.process import instances
from orchestrator.store.tables import (
    MessageCorrelation,
    ProcessDefinition,
    ProcessInstance,
    Subscription,
)
from orchestrator.store.unit import Unit

router = Section(prefix="/v2", tags=["messages"])

STARTS, GOES_ON = "START_EVENT", "PROCESS_EVENT"


class SubscriptionView(Model):
    message_subscription_key: Key
    process_definition_id: str
    process_definition_key: Key | None
    process_definition_name: str | None
    process_definition_version: int | None
    process_instance_key: Key | None
    root_process_instance_key: Key | None
    business_id: str | None
    element_id: str
    element_instance_key: Key | None
    message_subscription_state: str = "CREATED"
    message_subscription_type: str
    message_name: str
    correlation_key: str
    tenant_id: str
    last_updated_date: Instant
    tool_name: None = None
    tool_properties: JsonObject = Field(default_factory=dict)
    inbound_connector_type: None = None


class SubscriptionFilter(Filter):
    message_subscription_key: Match[Key] | None = None
    process_definition_id: Match[str] | None = None
    process_definition_key: Match[Key] | None = None
    process_definition_name: Match[str] | None = None
    process_definition_version: Match[int] | None = None
    process_instance_key: Match[Key] | None = None
    business_id: Match[str] | None = None
    element_id: Match[str] | None = None
    element_instance_key: Match[Key] | None = None
    message_subscription_state: Match[str] | None = None
    message_subscription_type: Match[str] | None = None
    message_name: Match[str] | None = None
    correlation_key: Match[str] | None = None
    last_updated_date: Match[Instant] | None = None
    tenant_id: Match[str] | None = None


class CorrelatedView(Model):
    subscription_key: Key
    message_key: Key
    message_name: str
    correlation_key: str
    correlation_time: Instant = Field(validation_alias="correlated_at")
    process_definition_id: str = Field(validation_alias="process_id")
    process_definition_key: Key = Field(validation_alias="definition_key")
    process_instance_key: Key = Field(validation_alias="instance_key")
    root_process_instance_key: Key
    business_id: str | None
    element_id: str
    element_instance_key: Key | None = Field(validation_alias="element_key")
    partition_id: int = 1
    tenant_id: str


class CorrelatedFilter(Filter):
    subscription_key: Match[Key] | None = None
    message_key: Match[Key] | None = None
    message_name: Match[str] | None = None
    correlation_key: Match[str] | None = None
    correlation_time: Match[Instant] | None = None
    process_definition_id: Match[str] | None = None
    process_definition_key: Match[Key] | None = None
    process_instance_key: Match[Key] | None = None
    business_id: Match[str] | None = None
    element_id: Match[str] | None = None
    element_instance_key: Match[Key] | None = None
    tenant_id: Match[str] | None = None


class SubscriptionStatistics(Model):
    process_definition_id: str
    process_definition_key: Key
    tenant_id: str
    process_instances_with_active_subscriptions: int
    active_subscriptions: int


SUBSCRIPTION_COLUMNS: Columns = {
    "messageSubscriptionKey": col(Subscription.key),
    "processDefinitionId": col(Subscription.process_id),
    "processDefinitionKey": col(ProcessDefinition.key),
    "processDefinitionName": col(ProcessDefinition.name),
    "processDefinitionVersion": col(ProcessDefinition.version),
    "processInstanceKey": col(Subscription.instance_key),
    "businessId": col(ProcessInstance.business_key),
    "elementId": col(Subscription.element_id),
    "elementInstanceKey": col(Subscription.element_key),
    "messageSubscriptionState": literal("CREATED"),
    "messageSubscriptionType": case(
        (col(Subscription.instance_key).is_(None), STARTS), else_=GOES_ON
    ),
    "messageName": col(Subscription.name),
    "correlationKey": col(Subscription.correlation_key),
    "lastUpdatedDate": col(Subscription.created_at),
    "tenantId": col(Subscription.tenant_id),
}
CORRELATED_COLUMNS: Columns = {
    "subscriptionKey": col(MessageCorrelation.subscription_key),
    "messageKey": col(MessageCorrelation.message_key),
    "messageName": col(MessageCorrelation.message_name),
    "correlationKey": col(MessageCorrelation.correlation_key),
    "correlationTime": col(MessageCorrelation.correlated_at),
    "processDefinitionId": col(MessageCorrelation.process_id),
    "processDefinitionKey": col(MessageCorrelation.definition_key),
    "processInstanceKey": col(MessageCorrelation.instance_key),
    "businessId": col(ProcessInstance.business_key),
    "elementId": col(MessageCorrelation.element_id),
    "elementInstanceKey": col(MessageCorrelation.element_key),
    "tenantId": col(MessageCorrelation.tenant_id),
}
_DEFINITION = func.coalesce(col(Subscription.definition_key), col(ProcessInstance.definition_key))


@router.post("/message-subscriptions/search")
def search_message_subscriptions(
    body: Search[SubscriptionFilter], caller: Anyone
) -> Found[SubscriptionView]:
    """What is waited for now, by instances and by processes that a message starts."""
    with caller.searching() as unit:
        query = (
            select_rows(Subscription)
            .outerjoin(ProcessInstance, col(ProcessInstance.key) == Subscription.instance_key)
            .join(ProcessDefinition, col(ProcessDefinition.key) == _DEFINITION)
            .where(unit.within(col(Subscription.tenant_id)), Subscription.kind == "message")
            .where(_told(caller))
        )
        rows, total = find(unit, query, body, SUBSCRIPTION_COLUMNS, col(Subscription.key))
        return page_of(_views(unit, rows), total, body)


@router.post("/correlated-message-subscriptions/search")
def search_correlated_message_subscriptions(
    body: Search[CorrelatedFilter], caller: Anyone
) -> Found[CorrelatedView]:
    """Which message came to which instance."""
    with caller.searching() as unit:
        query = (
            select_rows(MessageCorrelation)
            .join(ProcessInstance, col(ProcessInstance.key) == MessageCorrelation.instance_key)
            .where(unit.within(col(MessageCorrelation.tenant_id)))
            .where(unsealed(caller, col(MessageCorrelation.instance_key)))
        )
        rows, total = find(unit, query, body, CORRELATED_COLUMNS, col(MessageCorrelation.key))
        owners = instances.by_keys(unit, {row.instance_key for row in rows})
        roots = instances.roots(unit, owners.values())
        views = [
            CorrelatedView.model_validate(
                {
                    **row.model_dump(),
                    "root_process_instance_key": roots[row.instance_key],
                    "business_id": owners[row.instance_key].business_key,
                }
            )
            for row in rows
        ]
        return page_of(views, total, body)


@router.post("/process-definitions/statistics/message-subscriptions")
def get_process_definition_message_subscription_statistics(
    body: Search[SubscriptionFilter], caller: Anyone
) -> Found[SubscriptionStatistics]:
    with caller.begin() as unit:
        found = [
            SubscriptionStatistics.model_validate(dict(r)) for r in _counted(unit, caller, body)
        ]
        return in_memory(found, Search[Filter](page=body.page, sort=body.sort))


def _told(caller: Person) -> ColumnElement[bool]:
    """Correlation keys are made of what was read."""
    return unsealed(caller, col(Subscription.instance_key))


def _counted(unit: Unit, caller: Person, body: Search[SubscriptionFilter]) -> Sequence[RowMapping]:
    definition: list[Label[Any]] = [
        col(ProcessDefinition.process_id).label("process_definition_id"),
        col(ProcessDefinition.key).label("process_definition_key"),
        col(ProcessDefinition.tenant_id).label("tenant_id"),
    ]
    waiting = func.count(distinct(col(Subscription.instance_key)))
    query = (
        select(
            *definition,
            waiting.label("process_instances_with_active_subscriptions"),
            func.count().label("active_subscriptions"),
        )
        .select_from(Subscription)
        .outerjoin(ProcessInstance, col(ProcessInstance.key) == Subscription.instance_key)
        .join(ProcessDefinition, col(ProcessDefinition.key) == _DEFINITION)
        .where(unit.within(col(Subscription.tenant_id)), col(Subscription.kind) == "message")
        .where(_told(caller), *conditions(body.filter, SUBSCRIPTION_COLUMNS))
        .group_by(*definition)
        .order_by(col(ProcessDefinition.process_id), col(ProcessDefinition.key))
    )
    return unit.session.connection().execute(query).mappings().all()


def _views(unit: Unit, rows: Sequence[Subscription]) -> list[SubscriptionView]:
    owners = instances.by_keys(unit, {row.instance_key for row in rows if row.instance_key})
    roots = instances.roots(unit, owners.values())
    names = {row.definition_key for row in rows} | {o.definition_key for o in owners.values()}
    query = select_rows(ProcessDefinition).where(col(ProcessDefinition.key).in_(names))
    drawn = {row.key: row for row in unit.session.exec(query)}
    return [_view(row, owners.get(row.instance_key or 0), roots, drawn) for row in rows]


def _view(
    row: Subscription,
    owner: ProcessInstance | None,
    roots: dict[int, int],
    drawn: dict[int, ProcessDefinition],
) -> SubscriptionView:
    key = owner.definition_key if owner else row.definition_key
    definition = drawn.get(key or 0)
    shown: dict[str, Any] = {
        "message_subscription_key": row.key,
        "process_definition_id": row.process_id,
        "process_definition_key": key,
        "process_definition_name": definition.name if definition else None,
        "process_definition_version": definition.version if definition else None,
        "process_instance_key": row.instance_key,
        "root_process_instance_key": roots[owner.key] if owner else None,
        "business_id": owner.business_key if owner else None,
        "element_id": row.element_id,
        "element_instance_key": row.element_key,
        "message_subscription_type": GOES_ON if owner else STARTS,
        "message_name": row.name,
        "correlation_key": row.correlation_key,
        "tenant_id": row.tenant_id,
        "last_updated_date": row.created_at,
    }
    return SubscriptionView.model_validate(shown)
