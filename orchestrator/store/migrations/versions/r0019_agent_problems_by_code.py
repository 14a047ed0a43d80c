"""What an agent says is wrong has a code; it tells anew what it told before."""

from collections.abc import Sequence

from alembic import op

revision: str = "0019"
down_revision: str | Sequence[str] | None = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE agent SET problems = NULL")
