"""Messages and signals to processes."""

from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.model import Filter, JsonObject, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.security import Anyone, Sender
from orchestrator.process import messages, signals
from orchestrator.process.outbox import Sent
from orchestrator.store.tables import Subscription

router = APIRouter(prefix="/v2", tags=["messages"])

Name = Annotated[str, Field(min_length=1, max_length=500)]
YEAR = 366 * 24 * 3600 * 1000


class Correlation(Model):
    name: Name
    correlation_key: Annotated[str, Field(max_length=1000)] = ""
    variables: JsonObject | None = None


class Publication(Correlation):
    time_to_live: Annotated[int, Field(ge=0, le=10 * YEAR)] = 0
    """Milliseconds for which it is kept until someone waits for it."""
    message_id: Annotated[str, Field(max_length=1000)] | None = None


class Published(Model):
    tenant_id: str
    message_key: Key


class Correlated(Published):
    process_instance_key: Key


class Signal(Model):
    signal_name: Name
    variables: JsonObject | None = None


class Broadcast(Model):
    tenant_id: str
    signal_key: Key


class SubscriptionView(Model):
    message_subscription_key: Key = Field(validation_alias="key")
    process_definition_id: str = Field(validation_alias="process_id")
    process_definition_key: Key | None = Field(validation_alias="definition_key")
    process_definition_name: None = None
    process_definition_version: None = None
    process_instance_key: Key | None = Field(validation_alias="instance_key")
    root_process_instance_key: None = None
    element_id: str
    element_instance_key: Key | None = Field(validation_alias="element_key")
    message_subscription_state: str = "CREATED"
    message_subscription_type: str = "PROCESS_EVENT"
    message_name: str = Field(validation_alias="name")
    correlation_key: str
    tenant_id: str
    business_id: None = None
    tool_name: None = None
    tool_properties: None = None
    inbound_connector_type: None = None
    last_updated_date: str


class SubscriptionFilter(Filter):
    message_subscription_key: Match[Key] | None = None
    process_definition_id: Match[str] | None = None
    process_instance_key: Match[Key] | None = None
    element_id: Match[str] | None = None
    message_name: Match[str] | None = None
    correlation_key: Match[str] | None = None


COLUMNS = {
    "messageSubscriptionKey": col(Subscription.key),
    "processDefinitionId": col(Subscription.process_id),
    "processInstanceKey": col(Subscription.instance_key),
    "elementId": col(Subscription.element_id),
    "messageName": col(Subscription.name),
    "correlationKey": col(Subscription.correlation_key),
}


@router.post("/messages/publication")
def publish_message(body: Publication, caller: Sender) -> Published:
    """To whoever waits for it now or before its time to live is over, each process once."""
    sent = Sent(body.name, body.correlation_key, body.variables or {}, body.message_id or None)
    with caller.begin() as unit:
        key = messages.publish(unit, sent, timedelta(milliseconds=body.time_to_live))
        return Published(tenant_id=unit.tenant_id, message_key=key)


@router.post("/messages/correlation")
def correlate_message(body: Correlation, caller: Sender) -> Correlated:
    """To one that waits for it now. 404 message.no_receiver when nobody does."""
    sent = Sent(body.name, body.correlation_key, body.variables or {})
    with caller.begin() as unit:
        found = messages.correlate(unit, sent)
        return Correlated(
            tenant_id=unit.tenant_id,
            message_key=found.message_key,
            process_instance_key=found.receiver.key,
        )


@router.post("/signals/broadcast")
def broadcast_signal(body: Signal, caller: Sender) -> Broadcast:
    """To all that wait for it now."""
    with caller.begin() as unit:
        key = signals.broadcast(unit, body.signal_name, body.variables or {})
        return Broadcast(tenant_id=unit.tenant_id, signal_key=key)


@router.post("/message-subscriptions/search")
def search_message_subscriptions(
    body: Search[SubscriptionFilter], caller: Anyone
) -> Found[SubscriptionView]:
    with caller.begin() as unit:
        query = select(Subscription).where(
            Subscription.tenant_id == unit.tenant_id, Subscription.kind == "message"
        )
        rows, total = find(unit, query, body, COLUMNS, col(Subscription.key))
        views = [
            SubscriptionView.model_validate(
                {**row.model_dump(), "last_updated_date": row.created_at.isoformat()}
            )
            for row in rows
        ]
        return page_of(views, total, body)
