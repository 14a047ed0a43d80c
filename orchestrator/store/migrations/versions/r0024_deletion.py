"""Process instances, decisions and documents can be deleted, and what is about them found."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0024"
down_revision: str | Sequence[str] | None = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.add_column("document", sa.Column("deleted_at", instant, nullable=True))
    op.create_index(
        "document_deleted",
        "document",
        ["tenant_id"],
        postgresql_where=sa.text("deleted_at IS NOT NULL"),
    )
    op.add_column("process_definition", sa.Column("forgotten_by", sa.String(), nullable=True))
    op.create_index("incident_instance", "incident", ["instance_key"])
    op.create_index(
        "work_item_instance",
        "work_item",
        ["instance_key"],
        postgresql_where=sa.text("element_key IS NULL AND instance_key IS NOT NULL"),
    )
    op.create_index("migration_member_instance", "migration_member", ["instance_key"])
    op.alter_column("batch_item", "instance_key", existing_type=sa.BigInteger(), nullable=True)
