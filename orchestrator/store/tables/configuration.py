"""What administrators set for the processes of all or of one tenant."""

from typing import Any

from sqlalchemy import UniqueConstraint
from sqlmodel import SQLModel

from orchestrator.store.tables.columns import Instant, instant, json, key, tenant


class ClusterVariable(SQLModel, table=True):
    """A value that expressions see. `of_tenant`: of which one; empty: of all that are managed from
    the tenant `tenant_id`. `value` is wrapped as {"v": value}; `details`: what clients note."""

    __tablename__ = "cluster_variable"
    __table_args__ = (UniqueConstraint("tenant_id", "of_tenant", "name"),)

    key: int = key()
    tenant_id: str = tenant()
    of_tenant: str
    name: str
    value: dict[str, Any] = json(nullable=False)
    details: dict[str, Any] = json(nullable=False)
    created_at: Instant = instant()
