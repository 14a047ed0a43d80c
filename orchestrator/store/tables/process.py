"""Deployed resources and the live state of process instances."""

from typing import Any

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

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


class ProcessDefinition(SQLModel, table=True):
    """One version of a BPMN process. `xml` is the resource as it was deployed; `draws_looks`: it
    has a second look, so what it reads is sealed until the lot is drawn. Once deleted it starts no
    more instances; those that it started go on."""

    __tablename__ = "process_definition"
    __table_args__ = (UniqueConstraint("tenant_id", "process_id", "version"),)

    key: int = key()
    tenant_id: str = tenant()
    deployment_key: int = ref()
    process_id: str
    version: int
    version_tag: str | None = None
    name: str | None = None
    resource_name: str
    digest: str
    xml: bytes
    start_form: str | None = None
    """The id of the form that a person fills in who starts it."""
    draws_looks: bool = Field(False, sa_column_kwargs={"server_default": text("false")})
    deployed_at: Instant = instant()
    deleted_at: Instant | None = optional_instant()
    forgotten_by: str | None = None
    """Who had its history deleted, too: its instances go as soon as they have ended."""


class FormDefinition(SQLModel, table=True):
    """One version of a form-js form."""

    __tablename__ = "form_definition"
    __table_args__ = (UniqueConstraint("tenant_id", "form_id", "version"),)

    key: int = key()
    tenant_id: str = tenant()
    deployment_key: int = ref()
    form_id: str
    version: int
    resource_name: str
    digest: str
    form_schema: dict[str, Any] = json(nullable=False)
    deployed_at: Instant = instant()
    deleted_at: Instant | None = optional_instant()


class ProcessInstance(SQLModel, table=True):
    """One run of a process definition. The row is the lock that serialises its commands.

    `parent_key` and `parent_element_key` are the instance and call activity that called it, and
    `depth` how many are above it. `correlation_key` is that of the message that started it.
    `drawn_at`: when the lot decided whether it gets a second look."""

    __tablename__ = "process_instance"
    __table_args__ = (
        CheckConstraint(
            "state IN ('ACTIVE','SUSPENDED','COMPLETED','TERMINATED')", name="state_known"
        ),
        Index(
            "process_instance_business_key",
            "tenant_id",
            "process_id",
            "business_key",
            unique=True,
            postgresql_where="business_key IS NOT NULL",
        ),
        Index("process_instance_recent", "tenant_id", "process_id", "key"),
        Index(
            "process_instance_called",
            "parent_element_key",
            postgresql_where="parent_element_key IS NOT NULL",
        ),
        Index(
            "process_instance_correlated",
            "tenant_id",
            "process_id",
            "correlation_key",
            unique=True,
            postgresql_where="correlation_key IS NOT NULL AND ended_at IS NULL",
        ),
        Index(
            "process_instance_undrawn",
            "definition_key",
            postgresql_where="ended_at IS NULL AND drawn_at IS NULL",
        ),
        Index(
            "process_instance_suspended", "tenant_id", postgresql_where="suspended_at IS NOT NULL"
        ),
        Index("process_instance_parent", "parent_key", postgresql_where="parent_key IS NOT NULL"),
    )

    key: int = key()
    tenant_id: str = tenant()
    definition_key: int = ref(index=True)
    process_id: str
    version: int
    business_key: str | None = None
    correlation_key: str | None = None
    parent_key: int | None = optional_ref()
    parent_element_key: int | None = optional_ref()
    depth: int = 0
    state: str = "ACTIVE"
    started_at: Instant = instant()
    suspended_at: Instant | None = optional_instant()
    ended_at: Instant | None = optional_instant()
    drawn_at: Instant | None = optional_instant()


class ElementInstance(SQLModel, table=True):
    """One activation of an element. `data` is what its element kind remembers (join arrivals,
    live children ...); ended rows stay as the history the diagram shows."""

    __tablename__ = "element_instance"
    __table_args__ = (
        CheckConstraint("state IN ('ACTIVE','COMPLETED','TERMINATED')", name="state_known"),
        Index("element_instance_live", "scope_key", postgresql_where="state = 'ACTIVE'"),
        Index("element_instance_history", "instance_key", "key"),
    )

    key: int = key()
    tenant_id: str = tenant()
    instance_key: int = ref()
    scope_key: int | None = optional_ref()
    element_id: str
    element_type: str
    state: str = "ACTIVE"
    data: dict[str, Any] | None = json()
    warnings: list[dict[str, Any]] | None = json()
    """What expressions could not tell here: expression and message of each."""
    started_at: Instant = instant()
    ended_at: Instant | None = optional_instant()


class Variable(SQLModel, table=True):
    """A variable in the scope of an element instance (the process's own scope: the instance key).
    `value` is wrapped as {"v": value} so that JSON null is kept apart from SQL NULL. `key` is
    what clients call it by; it stays when the value changes."""

    __tablename__ = "variable"
    __table_args__ = (Index("variable_key", "key", unique=True),)

    scope_key: int = key()
    name: str = Field(primary_key=True)
    key: int = ref()
    tenant_id: str = tenant()
    instance_key: int = ref(index=True)
    value: dict[str, Any] = json(nullable=False)


class LoopOutput(SQLModel, table=True):
    """One item of the output collection of a live multi-instance activity (its body)."""

    __tablename__ = "loop_output"

    body_key: int = key()
    index: int = Field(primary_key=True)
    tenant_id: str = tenant()
    value: dict[str, Any] = json(nullable=False)


class Compensable(SQLModel, table=True):
    """A completed activity of a live instance that can be undone, with its variables then."""

    __tablename__ = "compensable"
    __table_args__ = (Index("compensable_scope", "instance_key", "scope_key"),)

    key: int = key()
    tenant_id: str = tenant()
    instance_key: int = ref()
    scope_key: int = ref()
    element_id: str
    variables: dict[str, Any] = json(nullable=False)


class Incident(SQLModel, table=True):
    """Something a person must mend before the element can go on."""

    __tablename__ = "incident"
    __table_args__ = (
        CheckConstraint("state IN ('ACTIVE','RESOLVED')", name="state_known"),
        Index("incident_open", "tenant_id", "instance_key", postgresql_where="state = 'ACTIVE'"),
        Index("incident_instance", "instance_key"),
    )

    key: int = key()
    tenant_id: str = tenant()
    instance_key: int = ref()
    element_key: int = ref()
    element_id: str
    work_item_key: int | None = optional_ref()
    error_type: str
    message: str
    state: str = "ACTIVE"
    created_at: Instant = instant()
    resolved_at: Instant | None = optional_instant()
