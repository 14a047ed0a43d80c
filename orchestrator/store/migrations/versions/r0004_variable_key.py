"""A key for each variable, by which clients call it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0004"
down_revision: str | Sequence[str] | None = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Old variables get small numbers: keys made by the clock are far above them."""
    op.add_column("variable", sa.Column("key", sa.BigInteger(), nullable=True))
    op.execute(
        "UPDATE variable SET key = numbered.number FROM"
        " (SELECT scope_key, name, row_number() OVER () AS number FROM variable) numbered"
        " WHERE variable.scope_key = numbered.scope_key AND variable.name = numbered.name"
    )
    op.alter_column("variable", "key", nullable=False)
    op.create_index("variable_key", "variable", ["key"], unique=True)
