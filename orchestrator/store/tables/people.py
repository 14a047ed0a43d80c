"""Users, their sessions and tokens, and the tasks that wait for them."""

from typing import Any

from sqlalchemy import CheckConstraint, DateTime, Index, UniqueConstraint, text
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


class User(SQLModel, table=True):
    __tablename__ = "app_user"
    __table_args__ = (UniqueConstraint("tenant_id", "username"),)

    key: int = key()
    tenant_id: str = tenant()
    username: str
    display_name: str
    email: str | None = None
    password_hash: str  # argon2id
    roles: list[str] = json(nullable=False)  # operator, clerk, approver, admin; custom ones
    groups: list[str] = json(nullable=False, server_default=text("'[]'"))
    tenants: list[str] = json(nullable=False, server_default=text("'[]'"))  # see `access.Tenant`
    language: str = "en"
    active: bool = True
    created_at: Instant = instant()
    saw_sealed_at: Instant | None = optional_instant()
    """When they last could see what was read of invoices that may get a second look."""


class Session(SQLModel, table=True):
    """A browser session; the cookie holds the token, the row only its digest."""

    __tablename__ = "session"

    token_digest: str = Field(primary_key=True)
    tenant_id: str = tenant()
    user_key: int = ref(index=True)
    csrf_token: str
    created_at: Instant = instant()
    expires_at: Instant = instant()


class LoginFailure(SQLModel, table=True):
    """Wrong passwords of late, of one name from one address. It belongs to no tenant: who they
    are is not known yet."""

    __tablename__ = "login_failure"

    who: str = Field(primary_key=True)  # a digest: neither name nor address is kept
    count: int
    last: Instant = Field(sa_type=DateTime(timezone=True), index=True)


class ApiToken(SQLModel, table=True):
    __tablename__ = "api_token"

    key: int = key()
    tenant_id: str = tenant()
    user_key: int = ref(index=True)
    name: str
    token_digest: str = Field(unique=True)
    created_at: Instant = instant()
    expires_at: Instant | None = optional_instant()
    revoked_at: Instant | None = optional_instant()


class UserTask(SQLModel, table=True):
    """Work for a person. kind `task`: modelled in BPMN; `review`: opened by the business
    exception of `work_item_key`; `second_look`: of `look_key`, and of no instance, whose values
    its doer must not see."""

    __tablename__ = "user_task"
    __table_args__ = (
        CheckConstraint("state IN ('CREATED','COMPLETED','CANCELED')", name="state_known"),
        CheckConstraint("kind IN ('task','review','second_look')", name="kind_known"),
        Index(
            "user_task_open", "tenant_id", "priority", "key", postgresql_where="state = 'CREATED'"
        ),
        Index("user_task_instance", "instance_key"),
        Index("user_task_element", "element_key"),
    )

    key: int = key()
    tenant_id: str = tenant()
    kind: str = "task"
    name: str
    state: str = "CREATED"
    assignee: str | None = None
    candidate_groups: list[str] | None = json()
    form_id: str | None = None
    priority: int = 50
    due_at: Instant | None = optional_instant()
    instance_key: int | None = optional_ref()
    element_key: int | None = optional_ref()
    element_id: str | None = None
    work_item_key: int | None = optional_ref()
    look_key: int | None = optional_ref()
    separate_from: list[str] | None = json()
    """Element ids whose completers may not complete this task (separation of duties)."""
    seen_by: list[str] | None = json()
    """Who has had it, or was shown its variables while they were sealed."""
    exception: dict[str, Any] | None = json()
    created_at: Instant = instant()
    completed_at: Instant | None = optional_instant()
    completed_by: str | None = None
    result: dict[str, Any] | None = json()
