"""What instances wait for and send: messages, signals, calls, cycles, compensation."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0002"
down_revision: str | Sequence[str] | None = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "compensable",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("scope_key", sa.BigInteger(), nullable=False),
        sa.Column("element_id", sa.String(), nullable=False),
        sa.Column(
            "variables", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("compensable_scope", "compensable", ["instance_key", "scope_key"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column(
            "payload", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("delivery_next", "delivery", ["tenant_id", "key"], unique=False)
    op.create_table(
        "loop_output",
        sa.Column("body_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("index", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column(
            "value", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.PrimaryKeyConstraint("body_key", "index"),
    )
    op.create_table(
        "message",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("correlation_key", sa.String(), nullable=False),
        sa.Column("message_id", sa.String(), nullable=True),
        sa.Column(
            "variables", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column(
            "correlated", postgresql.JSONB(none_as_null=True, astext_type=sa.Text()), nullable=False
        ),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("message_expiry", "message", ["expires_at"], unique=False)
    op.create_index(
        "message_name", "message", ["tenant_id", "name", "correlation_key"], unique=False
    )
    op.create_index(
        "message_unique",
        "message",
        ["tenant_id", "name", "correlation_key", "message_id"],
        unique=True,
        postgresql_where="message_id IS NOT NULL",
    )
    op.create_table(
        "subscription",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("process_id", sa.String(), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=True),
        sa.Column("element_key", sa.BigInteger(), nullable=True),
        sa.Column("definition_key", sa.BigInteger(), nullable=True),
        sa.Column("element_id", sa.String(), nullable=False),
        sa.Column("trigger", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("correlation_key", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('message','signal')", name="kind_known"),
        sa.CheckConstraint(
            "(instance_key IS NULL) = (definition_key IS NOT NULL)", name="has_owner"
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        op.f("ix_subscription_definition_key"), "subscription", ["definition_key"], unique=False
    )
    op.create_index(
        op.f("ix_subscription_element_key"), "subscription", ["element_key"], unique=False
    )
    op.create_index(
        "subscription_name",
        "subscription",
        ["tenant_id", "kind", "name", "correlation_key"],
        unique=False,
    )
    op.add_column("process_instance", sa.Column("correlation_key", sa.String(), nullable=True))
    op.add_column("process_instance", sa.Column("parent_key", sa.BigInteger(), nullable=True))
    op.add_column(
        "process_instance", sa.Column("parent_element_key", sa.BigInteger(), nullable=True)
    )
    op.add_column(
        "process_instance", sa.Column("depth", sa.Integer(), nullable=False, server_default="0")
    )
    op.create_index(
        "process_instance_called",
        "process_instance",
        ["parent_element_key"],
        unique=False,
        postgresql_where="parent_element_key IS NOT NULL",
    )
    op.create_index(
        "process_instance_correlated",
        "process_instance",
        ["tenant_id", "process_id", "correlation_key"],
        unique=True,
        postgresql_where="correlation_key IS NOT NULL AND state = 'ACTIVE'",
    )
    op.add_column("timer", sa.Column("definition_key", sa.BigInteger(), nullable=True))
    op.add_column("timer", sa.Column("trigger", sa.Integer(), nullable=False, server_default="0"))
    op.add_column("timer", sa.Column("repeats", sa.Integer(), nullable=True, server_default="0"))
    for table, column in (
        ("process_instance", "depth"),
        ("timer", "trigger"),
        ("timer", "repeats"),
    ):
        op.alter_column(table, column, server_default=None)
    op.alter_column("timer", "instance_key", existing_type=sa.BIGINT(), nullable=True)
    op.alter_column("timer", "element_key", existing_type=sa.BIGINT(), nullable=True)
    op.create_index(op.f("ix_timer_definition_key"), "timer", ["definition_key"], unique=False)
    op.create_check_constraint(
        "has_owner", "timer", "(instance_key IS NULL) = (definition_key IS NOT NULL)"
    )
