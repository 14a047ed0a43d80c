"""Migration plans and their members."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0007"
down_revision: str | Sequence[str] | None = "0006"
branch_labels = None
depends_on = None


def _json(name: str, *, nullable: bool) -> "sa.Column[object]":
    kind = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    return sa.Column(name, kind, nullable=nullable)


def upgrade() -> None:
    op.create_table(
        "migration",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("source_key", sa.BigInteger(), nullable=False),
        sa.Column("target_key", sa.BigInteger(), nullable=False),
        _json("elements", nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("canary", sa.Integer(), nullable=False),
        sa.Column("risky", sa.Boolean(), nullable=False),
        sa.Column("created_by", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "state IN ('CHECKING','READY','CANARY','PAUSED','RUNNING','DONE',"
            "'REVERTING','REVERTED')",
            name="state_known",
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        "migration_at_work",
        "migration",
        ["tenant_id", "key"],
        postgresql_where="state IN ('CHECKING','CANARY','RUNNING','REVERTING')",
    )
    op.create_table(
        "migration_member",
        sa.Column("migration_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("verdict", sa.String(), nullable=True),
        _json("report", nullable=True),
        _json("undo", nullable=True),
        sa.CheckConstraint(
            "state IN ('PENDING','MIGRATED','FAILED','REVERTED','KEPT')", name="state_known"
        ),
        sa.PrimaryKeyConstraint("migration_key", "instance_key"),
    )
    op.create_index(
        "migration_member_state", "migration_member", ["migration_key", "state", "instance_key"]
    )
