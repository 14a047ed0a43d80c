"""Alembic's entry: the connection comes from `migrations.upgrade`, never from a file."""

from typing import Any, Literal

from alembic import context
from sqlmodel import AutoString, SQLModel

import orchestrator.store.tables  # noqa: F401  completes SQLModel.metadata


def render(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Revisions speak SQLAlchemy alone, so that they outlive the library of the tables."""
    if kind == "type" and isinstance(item, AutoString):
        return f"sa.String({item.length})" if item.length else "sa.String()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=SQLModel.metadata,
    render_item=render,
)
context.run_migrations()
