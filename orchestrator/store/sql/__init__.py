"""The statements that plain CRUD cannot say, one file each, loaded by name."""

from functools import cache
from importlib.resources import files

from sqlalchemy import TextClause, text


@cache
def statement(name: str) -> TextClause:
    """The statement in `<name>.sql`."""
    return text(files(__name__).joinpath(f"{name}.sql").read_text("utf-8"))
