"""Who may what, beyond the roles that come with Deskhand."""

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from orchestrator.store.tables.columns import Instant, instant, json, key, tenant


class CustomRole(SQLModel, table=True):
    """A role that an administrator has made; its `Authorization`s say what it allows."""

    __tablename__ = "role"
    __table_args__ = (UniqueConstraint("tenant_id", "role_id"),)

    key: int = key()
    tenant_id: str = tenant()
    role_id: str
    name: str
    description: str | None = None
    tenants: list[str] = json(nullable=False, server_default=text("'[]'"))
    created_at: Instant = instant()


class Authorization(SQLModel, table=True):
    """What a custom role allows with all things of a kind, in the words of the Camunda 8 API."""

    __tablename__ = "role_authorization"
    __table_args__ = (Index("role_authorization_role", "tenant_id", "role_id"),)

    key: int = key()
    tenant_id: str = tenant()
    role_id: str
    resource_type: str
    permission_types: list[str] = json(nullable=False)
    created_at: Instant = instant()


class Group(SQLModel, table=True):
    """Users who have `roles` together, and for whom tasks may be. Who they are: `User.groups`."""

    __tablename__ = "user_group"
    __table_args__ = (UniqueConstraint("tenant_id", "group_id"),)

    key: int = key()
    tenant_id: str = tenant()
    group_id: str
    name: str
    description: str | None = None
    roles: list[str] = json(nullable=False)
    tenants: list[str] = json(nullable=False, server_default=text("'[]'"))
    created_at: Instant = instant()


class Tenant(SQLModel, table=True):
    """A part of the data that only those see whom `tenants` of their user, group or role names.
    It is managed from the tenant `tenant_id`, where its users are."""

    __tablename__ = "tenant"

    key: int = key()
    tenant_id: str = tenant()
    id: str = Field(unique=True, max_length=64)
    name: str
    description: str | None = None
    created_at: Instant = instant()
