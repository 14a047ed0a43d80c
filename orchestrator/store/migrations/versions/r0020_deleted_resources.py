"""Deployed resources may be deleted."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0020"
down_revision: str | Sequence[str] | None = "0019"
branch_labels = None
depends_on = None

RESOURCES = (
    "process_definition",
    "form_definition",
    "decision_requirements",
    "decision_definition",
)


def upgrade() -> None:
    for table in RESOURCES:
        deleted_at = sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True)
        op.add_column(table, deleted_at)
