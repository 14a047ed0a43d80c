"""What instances wait for, and what is on its way to them."""

from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from orchestrator.store.tables.columns import (
    Instant,
    instant,
    json,
    key,
    optional_instant,
    optional_ref,
    ref,
    tenant,
)

# A timer or subscription is of a live element, or of a definition that it starts.
_OWNER = "(instance_key IS NULL) = (definition_key IS NOT NULL)"


class Timer(SQLModel, table=True):
    """A due date; deleted when it fires or its element ends. `repeats`: how often it fires again
    after that, NULL without end."""

    __tablename__ = "timer"
    __table_args__ = (CheckConstraint(_OWNER, name="has_owner"), Index("timer_due", "due_at"))

    key: int = key()
    tenant_id: str = tenant()
    instance_key: int | None = optional_ref()
    element_key: int | None = optional_ref(index=True)
    definition_key: int | None = optional_ref(index=True)
    element_id: str
    trigger: int = 0
    repeats: int | None = 0
    due_at: Instant = instant()


class Subscription(SQLModel, table=True):
    """A message or signal that is waited for. Deleted when its element no longer waits."""

    __tablename__ = "subscription"
    __table_args__ = (
        CheckConstraint("kind IN ('message','signal')", name="kind_known"),
        CheckConstraint(_OWNER, name="has_owner"),
        Index("subscription_name", "tenant_id", "kind", "name", "correlation_key"),
    )

    key: int = key()
    tenant_id: str = tenant()
    process_id: str
    instance_key: int | None = optional_ref()
    element_key: int | None = optional_ref(index=True)
    definition_key: int | None = optional_ref(index=True)
    element_id: str
    trigger: int = 0
    kind: str
    name: str
    correlation_key: str = ""
    created_at: Instant = instant()


class Message(SQLModel, table=True):
    """A published message, kept until it expires. `correlated`: the processes that got it.
    A `message_id` is taken only once while the message is kept."""

    __tablename__ = "message"
    __table_args__ = (
        Index("message_name", "tenant_id", "name", "correlation_key"),
        Index(
            "message_unique",
            "tenant_id",
            "name",
            "correlation_key",
            "message_id",
            unique=True,
            postgresql_where="message_id IS NOT NULL",
        ),
        Index("message_expiry", "expires_at"),
    )

    key: int = key()
    tenant_id: str = tenant()
    name: str
    correlation_key: str = ""
    message_id: str | None = None
    variables: dict[str, Any] = json(nullable=False)
    correlated: list[str] = json(nullable=False)
    published_at: Instant = instant()
    expires_at: Instant = instant()


class MessageCorrelation(SQLModel, table=True):
    """A message that came to an instance, which waited for it or which it started."""

    __tablename__ = "message_correlation"
    __table_args__ = (Index("message_correlation_instance", "instance_key"),)

    key: int = key()
    tenant_id: str = tenant()
    subscription_key: int = ref()
    message_key: int = ref()
    message_name: str
    correlation_key: str
    process_id: str
    definition_key: int = ref()
    instance_key: int = ref()
    element_id: str
    element_key: int | None = optional_ref()
    correlated_at: Instant = instant()


class Delivery(SQLModel, table=True):
    """Something an instance has sent out, written in the transaction of its command and brought
    to its goal in a later one, once: the row goes when it has arrived."""

    __tablename__ = "delivery"
    __table_args__ = (Index("delivery_next", "tenant_id", "key"),)

    key: int = key()
    tenant_id: str = tenant()
    kind: str
    payload: dict[str, Any] = json(nullable=False)
    attempts: int = 0
    not_before: Instant | None = optional_instant()
