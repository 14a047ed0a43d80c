"""Which message came to which process instance."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | Sequence[str] | None = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "message_correlation",
        sa.Column("key", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("tenant_id", sa.String(64), nullable=False),
        sa.Column("subscription_key", sa.BigInteger(), nullable=False),
        sa.Column("message_key", sa.BigInteger(), nullable=False),
        sa.Column("message_name", sa.String(), nullable=False),
        sa.Column("correlation_key", sa.String(), nullable=False),
        sa.Column("process_id", sa.String(), nullable=False),
        sa.Column("definition_key", sa.BigInteger(), nullable=False),
        sa.Column("instance_key", sa.BigInteger(), nullable=False),
        sa.Column("element_id", sa.String(), nullable=False),
        sa.Column("element_key", sa.BigInteger(), nullable=True),
        sa.Column("correlated_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key"),
    )
    op.create_index("message_correlation_instance", "message_correlation", ["instance_key"])
