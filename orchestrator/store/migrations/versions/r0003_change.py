"""Suspended instances: their state, and work that is held for them."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "process_instance", sa.Column("suspended_at", sa.DateTime(timezone=True), nullable=True)
    )
    op.drop_constraint("state_known", "process_instance")
    op.create_check_constraint(
        "state_known",
        "process_instance",
        "state IN ('ACTIVE','SUSPENDED','COMPLETED','TERMINATED')",
    )
    op.drop_index("process_instance_correlated", "process_instance")
    op.create_index(
        "process_instance_correlated",
        "process_instance",
        ["tenant_id", "process_id", "correlation_key"],
        unique=True,
        postgresql_where="correlation_key IS NOT NULL AND ended_at IS NULL",
    )
    op.add_column(
        "work_item", sa.Column("held", sa.Boolean(), nullable=False, server_default="false")
    )
    op.alter_column("work_item", "held", server_default=None)
    op.drop_index("work_item_claim", "work_item")
    op.create_index(
        "work_item_claim",
        "work_item",
        ["tenant_id", "queue", sa.text("priority DESC"), "key"],
        postgresql_where="state = 'NEW' AND NOT held",
    )
