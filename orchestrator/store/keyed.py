"""The row of a tenant that a key names."""

from typing import Protocol, TypeVar

from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from orchestrator.kernel.errors import NotFound
from orchestrator.store.unit import Unit


class Keyed(Protocol):
    """A row that has a key and belongs to a tenant."""

    key: int
    tenant_id: str


Row = TypeVar("Row", bound=Keyed)


def get(unit: Unit, table: type[Row], key: int, missing: str, code: str | None = None) -> Row:
    """The row as this transaction knows it. Raises NotFound (`code`) with the text `missing`."""
    return _found(unit, _query(unit, table, key), missing, code)


def lock(unit: Unit, table: type[Row], key: int, missing: str, code: str | None = None) -> Row:
    """The row as it is now, and nobody else changes it before this transaction ends."""
    query = _query(unit, table, key).with_for_update()
    return _found(unit, query.execution_options(populate_existing=True), missing, code)


def _query(unit: Unit, table: type[Row], key: int) -> SelectOfScalar[Row]:
    return select(table).where(col(table.tenant_id) == unit.tenant_id, col(table.key) == key)


def _found(unit: Unit, query: SelectOfScalar[Row], missing: str, code: str | None) -> Row:
    row = unit.session.exec(query).one_or_none()
    if row is None:
        raise NotFound(missing, code=code)
    return row
