"""Suspended instances are found without reading the others."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0023"
down_revision: str | Sequence[str] | None = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "process_instance_suspended",
        "process_instance",
        ["tenant_id"],
        postgresql_where=sa.text("suspended_at IS NOT NULL"),
    )
