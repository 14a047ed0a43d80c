"""Batch operations: one change of many process instances, done item by item."""

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


class BatchOperation(SQLModel, table=True):
    """`kind` is what is done to each item; see `process.batch_kinds`. `actor` asked for it."""

    __tablename__ = "batch_operation"
    __table_args__ = (
        CheckConstraint(
            "state IN ('ACTIVE','SUSPENDED','COMPLETED','CANCELED')", name="state_known"
        ),
        Index("batch_operation_open", "tenant_id", "key", postgresql_where="state = 'ACTIVE'"),
    )

    key: int = key()
    tenant_id: str = tenant()
    kind: str
    state: str = "ACTIVE"
    actor: str
    parameters: dict[str, Any] | None = json()
    started_at: Instant = instant()
    ended_at: Instant | None = optional_instant()


class BatchItem(SQLModel, table=True):
    """One thing to change: `item_key`, which is or belongs to the process instance, if to any."""

    __tablename__ = "batch_item"
    __table_args__ = (
        CheckConstraint("state IN ('ACTIVE','COMPLETED','FAILED','CANCELED')", name="state_known"),
        Index("batch_item_operation", "operation_key", "key"),
        Index("batch_item_open", "operation_key", "key", postgresql_where="state = 'ACTIVE'"),
        Index("batch_item_instance", "instance_key"),
    )

    key: int = key()
    tenant_id: str = tenant()
    operation_key: int = ref()
    item_key: int = ref()
    instance_key: int | None = optional_ref()
    state: str = "ACTIVE"
    error: str | None = None
    processed_at: Instant | None = optional_instant()
