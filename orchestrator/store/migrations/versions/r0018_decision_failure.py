"""Why a decision could not answer."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | Sequence[str] | None = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("decision_instance", sa.Column("failure", sa.String(), nullable=True))
