"""Plans to bring running instances to another definition."""

from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import SQLModel

from orchestrator.store.tables.columns import (
    Instant,
    instant,
    json,
    key,
    optional_instant,
    ref,
    tenant,
)


class Migration(SQLModel, table=True):
    """A plan for many instances. `elements`: source id -> target id; `canary`: how many go
    first; `risky`: whether also those go whose dry run warns. See `process.migrations.lifecycle`
    for the states."""

    __tablename__ = "migration"
    __table_args__ = (
        CheckConstraint(
            "state IN ('CHECKING','READY','CANARY','PAUSED','RUNNING','DONE',"
            "'REVERTING','REVERTED')",
            name="state_known",
        ),
        Index(
            "migration_at_work",
            "tenant_id",
            "key",
            postgresql_where="state IN ('CHECKING','CANARY','RUNNING','REVERTING')",
        ),
    )

    key: int = key()
    tenant_id: str = tenant()
    source_key: int = ref()
    target_key: int = ref()
    elements: dict[str, str] = json(nullable=False)
    state: str = "CHECKING"
    canary: int = 0
    risky: bool = False
    created_by: str
    created_at: Instant = instant()
    ended_at: Instant | None = optional_instant()


class MigrationMember(SQLModel, table=True):
    """One instance of a plan. `verdict` and `report` are those of its newest dry run; `undo` is
    what restores it."""

    __tablename__ = "migration_member"
    __table_args__ = (
        CheckConstraint(
            "state IN ('PENDING','MIGRATED','FAILED','REVERTED','KEPT')", name="state_known"
        ),
        Index("migration_member_state", "migration_key", "state", "instance_key"),
        Index("migration_member_instance", "instance_key"),
    )

    migration_key: int = key()
    instance_key: int = key()
    tenant_id: str = tenant()
    state: str = "PENDING"
    verdict: str | None = None
    report: dict[str, Any] | None = json()
    undo: dict[str, Any] | None = json()
