"""DMN files apart from their decisions, what was decided, and batch operations."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0010"
down_revision: str | Sequence[str] | None = "0009"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    _requirements()
    _decision_instances()
    _batches()


def _requirements() -> None:
    """A file deployed before is known by its name, as the API has shown it; the key of its first
    decision becomes its own."""
    op.create_table(
        "decision_requirements",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("deployment_key", sa.BigInteger(), nullable=False),
        sa.Column("requirements_id", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("resource_name", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("xml", sa.LargeBinary(), nullable=False),
        sa.Column("library", sa.ARRAY(sa.LargeBinary()), nullable=False),
        sa.Column("deployed_at", INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("tenant_id", "requirements_id", "version"),
    )
    op.execute(
        "INSERT INTO decision_requirements SELECT key, tenant_id, deployment_key, resource_name,"
        " row_number() OVER (PARTITION BY tenant_id, resource_name ORDER BY key), resource_name,"
        " resource_name, digest, xml, '{}', deployed_at FROM (SELECT DISTINCT ON"
        " (tenant_id, deployment_key, resource_name) * FROM decision_definition"
        " ORDER BY tenant_id, deployment_key, resource_name, key) first"
    )
    op.add_column("decision_definition", sa.Column("requirements_key", sa.BigInteger()))
    op.execute(
        "UPDATE decision_definition d SET requirements_key = r.key FROM decision_requirements r"
        " WHERE r.tenant_id = d.tenant_id AND r.deployment_key = d.deployment_key"
        " AND r.resource_name = d.resource_name"
    )
    op.alter_column("decision_definition", "requirements_key", nullable=False)
    op.create_index(
        op.f("ix_decision_definition_requirements_key"), "decision_definition", ["requirements_key"]
    )
    op.drop_column("decision_definition", "xml")


def _decision_instances() -> None:
    op.create_table(
        "decision_instance",
        sa.Column("evaluation_key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("decision_key", sa.BigInteger(), nullable=False),
        sa.Column("decision_id", sa.String(), nullable=False),
        sa.Column("root_key", sa.BigInteger(), nullable=False),
        sa.Column("requirements_key", sa.BigInteger(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("result", JSON, nullable=False),
        sa.Column("inputs", JSON, nullable=False),
        sa.Column("rules", JSON, nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=True),
        sa.Column("element_key", sa.BigInteger(), nullable=True),
        sa.Column("evaluated_at", INSTANT, nullable=False),
        sa.CheckConstraint("kind IN ('DECISION_TABLE','LITERAL_EXPRESSION')", name="kind_known"),
        sa.PrimaryKeyConstraint("evaluation_key", "number"),
    )
    op.create_index(
        "decision_instance_recent",
        "decision_instance",
        ["tenant_id", "decision_id", "evaluation_key"],
    )
    op.create_index(
        "decision_instance_process",
        "decision_instance",
        ["instance_key"],
        postgresql_where="instance_key IS NOT NULL",
    )


def _batches() -> None:
    op.create_table(
        "batch_operation",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("started_at", INSTANT, nullable=False),
        sa.Column("ended_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state IN ('ACTIVE','SUSPENDED','COMPLETED','CANCELED')", name="state_known"
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index(
        "batch_operation_open",
        "batch_operation",
        ["tenant_id", "key"],
        postgresql_where="state = 'ACTIVE'",
    )
    op.create_table(
        "batch_item",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("operation_key", sa.BigInteger(), nullable=False),
        sa.Column("item_key", sa.BigInteger(), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("error", sa.String(), nullable=True),
        sa.Column("processed_at", INSTANT, nullable=True),
        sa.CheckConstraint(
            "state IN ('ACTIVE','COMPLETED','FAILED','CANCELED')", name="state_known"
        ),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("batch_item_operation", "batch_item", ["operation_key", "key"])
    op.create_index("batch_item_instance", "batch_item", ["instance_key"])
    op.create_index(
        "batch_item_open",
        "batch_item",
        ["operation_key", "key"],
        postgresql_where="state = 'ACTIVE'",
    )
