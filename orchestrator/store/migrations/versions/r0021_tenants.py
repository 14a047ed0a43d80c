"""Tenants, and who is assigned to them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0021"
down_revision: str | Sequence[str] | None = "0020"
branch_labels = None
depends_on = None


def upgrade() -> None:
    for table in ("app_user", "user_group", "role"):
        json = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
        tenants = sa.Column("tenants", json, server_default=sa.text("'[]'"), nullable=False)
        op.add_column(table, tenants)
    op.create_table(
        "tenant",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(length=64), nullable=False),
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("description", sa.String(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
        sa.UniqueConstraint("id"),
    )
