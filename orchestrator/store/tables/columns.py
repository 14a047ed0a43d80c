"""Column kinds that every table shares."""

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Column, DateTime
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import Field

DEFAULT_TENANT = "default"


def key() -> Any:
    """A primary key made by `kernel.keys`, never by the database."""
    return Field(sa_type=BigInteger, primary_key=True, sa_column_kwargs={"autoincrement": False})


def ref(*, index: bool = False) -> Any:
    """A required reference to another row's key."""
    return Field(sa_type=BigInteger, index=index)


def optional_ref(*, index: bool = False) -> Any:
    return Field(default=None, sa_type=BigInteger, index=index)


def instant() -> Any:
    """A required instant, UTC."""
    return Field(sa_type=DateTime(timezone=True))


def optional_instant() -> Any:
    return Field(default=None, sa_type=DateTime(timezone=True))


def json(**kwargs: Any) -> Any:
    """A JSON value; a missing one is SQL NULL, never JSON null."""
    return Field(default=None, sa_column=Column(JSONB(none_as_null=True), **kwargs))


def tenant() -> Any:
    return Field(default=DEFAULT_TENANT, max_length=64)


Instant = datetime
