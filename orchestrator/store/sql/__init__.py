"""The statements that plain CRUD cannot say, one file each, run by name.

They run on the driver's connection, not through SQLAlchemy: what most commands wait for is the
Python of the layers between, not the database.
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from typing import Any, LiteralString

import psycopg
from psycopg.rows import namedtuple_row
from sqlalchemy.exc import DBAPIError

from orchestrator.store.unit import Unit

_COMMENT = re.compile(r"^--.*\n", re.MULTILINE)
_PARAMETER = re.compile(r"(?<!:):([a-z_]+)")


@cache
def statement(name: str) -> LiteralString:
    """The statement in `<name>.sql`, as the driver wants it."""
    text = _COMMENT.sub("", files(__name__).joinpath(f"{name}.sql").read_text("utf-8"))
    named: LiteralString = _PARAMETER.sub(r"%(\1)s", text)
    return named


def execute(unit: Unit, name: str, **parameters: Any) -> psycopg.Cursor[Any]:
    """Run the statement with :tenant_id and :now of `unit`; its rows are named tuples. It sees
    what the session has changed so far. Raises SQLAlchemy's errors, as the session does."""
    unit.flush()
    bound = {"tenant_id": unit.tenant_id, "now": unit.now, **parameters}
    with translated():
        return unit.connection.cursor(row_factory=namedtuple_row).execute(statement(name), bound)


@contextmanager
def translated() -> Iterator[None]:
    """The driver's errors as SQLAlchemy's, so that the floors above meet one kind."""
    try:
        yield
    except psycopg.Error as error:
        raise DBAPIError.instance(None, None, error, psycopg.Error) from error
