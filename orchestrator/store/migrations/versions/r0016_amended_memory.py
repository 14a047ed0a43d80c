"""A second look that finds an invoice misread amends what was learnt from it."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0016"
down_revision: str | Sequence[str] | None = "0015"
branch_labels = None
depends_on = None

JSON = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())


def upgrade() -> None:
    op.add_column("second_look", sa.Column("lesson", JSON, nullable=True))
    op.add_column("vendor_version", sa.Column("amends", sa.Integer(), nullable=True))
    op.add_column("vendor_version", sa.Column("look_key", sa.BigInteger(), nullable=True))
    op.alter_column("vendor_version", "confirmation", nullable=True)
    op.create_index("vendor_version_instance", "vendor_version", ["instance_key"], unique=False)
