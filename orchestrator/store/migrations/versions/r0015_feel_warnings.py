"""What FEEL expressions could not tell, where they were evaluated."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0015"
down_revision: str | Sequence[str] | None = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    json = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    for table in ("element_instance", "decision_instance"):
        op.add_column(table, sa.Column("warnings", json, nullable=True))
