"""Roles that administrators make, what they allow, and groups of users."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0012"
down_revision: str | Sequence[str] | None = "0011"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())


def upgrade() -> None:
    op.add_column(
        "app_user", sa.Column("groups", JSON, nullable=False, server_default=sa.text("'[]'"))
    )
    _create("role", "role_id", sa.Column("description", sa.String(), nullable=True))
    _create(
        "user_group",
        "group_id",
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("roles", JSON, nullable=False),
    )
    op.create_table(
        "role_authorization",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("role_id", sa.String(), nullable=False),
        sa.Column("resource_type", sa.String(), nullable=False),
        sa.Column("permission_types", JSON, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("role_authorization_role", "role_authorization", ["tenant_id", "role_id"])


def _create(table: str, name: str, *more: sa.Column[object]) -> None:
    op.create_table(
        table,
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column(name, sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        *more,
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("tenant_id", name),
    )
