"""Error budgets, the second looks they are kept by, and the tasks of those."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0008"
down_revision: str | Sequence[str] | None = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "error_budget",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("queue", sa.String(), nullable=False),
        sa.Column("vendor_group", sa.String(), nullable=False),
        sa.Column("budget", sa.Float(), nullable=False),
        sa.Column("least", sa.Float(), nullable=False),
        sa.Column("most", sa.Float(), nullable=False),
        sa.Column(
            "standing", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("state_since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("secret", sa.LargeBinary(), nullable=False),
        sa.CheckConstraint("state IN ('UNPROVEN','PROVEN','EXCEEDED')", name="state_known"),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("tenant_id", "queue", "vendor_group"),
    )
    op.create_table(
        "second_look",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("budget_key", sa.BigInteger(), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("element_key", sa.BigInteger(), nullable=True),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column(
            "document", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "reading", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("share", sa.Float(), nullable=False),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "answer", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column(
            "truth", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column(
            "wrong", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=True
        ),
        sa.Column("settled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("settled_by", sa.String(), nullable=True),
        sa.Column("state_after", sa.String(), nullable=True),
        sa.Column("estimate", sa.Float(), nullable=True),
        sa.Column("bound", sa.Float(), nullable=True),
        sa.CheckConstraint("state IN ('OPEN','DISPUTED','SETTLED')", name="state_known"),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("second_look_budget", "second_look", ["budget_key", "settled_at"], unique=False)
    op.create_index(
        "second_look_instance",
        "second_look",
        ["instance_key"],
        unique=False,
        postgresql_where="state <> 'SETTLED'",
    )
    op.add_column("user_task", sa.Column("look_key", sa.BigInteger(), nullable=True))
    op.drop_constraint("kind_known", "user_task")
    op.create_check_constraint("kind_known", "user_task", "kind IN ('task','review','second_look')")
