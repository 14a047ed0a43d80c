"""The statements that plain CRUD cannot say, one file each, run by name."""

from functools import cache
from importlib.resources import files
from typing import Any

from sqlalchemy import CursorResult, TextClause, text

from orchestrator.store.unit import Unit


@cache
def statement(name: str) -> TextClause:
    """The statement in `<name>.sql`."""
    return text(files(__name__).joinpath(f"{name}.sql").read_text("utf-8"))


def execute(unit: Unit, name: str, **parameters: Any) -> CursorResult[Any]:
    """Run the statement with :tenant_id and :now of `unit`. It sees what the session has
    changed so far."""
    unit.session.flush()
    bound = {"tenant_id": unit.tenant_id, "now": unit.now, **parameters}
    return unit.session.connection().execute(statement(name), bound)
