"""What must be known to seal readings: when the lot was drawn, and who has seen what. The evidence
of error budgets is kept by share; what was kept without it begins anew."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision: str = "0022"
down_revision: str | Sequence[str] | None = "0021"
branch_labels = None
depends_on = None

DRAWS = "UPDATE process_definition SET draws_looks = position('deskhand.second_look' in xml) > 0"

BUDGETS = """
UPDATE error_budget SET
    state = CASE state WHEN 'PROVEN' THEN 'UNPROVEN' ELSE state END,
    share = CASE state WHEN 'EXCEEDED' THEN 1 ELSE most END,
    standing = standing || jsonb_build_object(
        'state', CASE state WHEN 'PROVEN' THEN 'UNPROVEN' ELSE state END,
        'share', CASE state WHEN 'EXCEEDED' THEN 1 ELSE most END,
        'earlier', '[]'::jsonb,
        'recent', '[]'::jsonb)
"""


def upgrade() -> None:
    json = postgresql.JSONB(none_as_null=True, astext_type=sa.Text())
    instant = sa.DateTime(timezone=True)
    op.add_column(
        "process_definition",
        sa.Column("draws_looks", sa.Boolean(), nullable=False, server_default=sa.text("false")),
    )
    op.execute(DRAWS)
    op.add_column("process_instance", sa.Column("drawn_at", instant, nullable=True))
    op.create_index(
        "process_instance_undrawn",
        "process_instance",
        ["definition_key"],
        postgresql_where=sa.text("ended_at IS NULL AND drawn_at IS NULL"),
    )
    op.create_index(
        "process_instance_parent",
        "process_instance",
        ["parent_key"],
        postgresql_where=sa.text("parent_key IS NOT NULL"),
    )
    op.add_column("user_task", sa.Column("seen_by", json, nullable=True))
    op.add_column("app_user", sa.Column("saw_sealed_at", instant, nullable=True))
    op.create_index("work_file_digest", "work_file", ["digest"])
    op.create_index("run_artifact_digest", "run_artifact", ["digest"])
    op.execute(BUDGETS)
