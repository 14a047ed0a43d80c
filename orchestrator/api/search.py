"""The one search of all resources: filter, sort, page."""

from collections.abc import Mapping
from typing import Annotated, Any, Generic, Literal, TypeVar, Union

from pydantic import Field
from sqlalchemy import ColumnElement, SQLColumnExpression, func
from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from orchestrator.api.model import Filter, Model
from orchestrator.kernel.errors import InvalidInput
from orchestrator.store.unit import Unit

LIMIT, MOST = 100, 1000

T = TypeVar("T")
F = TypeVar("F", bound=Filter)
Row = TypeVar("Row")
Columns = Mapping[str, SQLColumnExpression[Any]]


class OneOf(Filter, Generic[T]):
    """Any of several values."""

    values: list[T] = Field(alias="$in", max_length=MOST)


Match = Union[T, OneOf[T]]  # noqa: UP007  an alias with a type variable


class Page(Model):
    limit: int = Field(LIMIT, ge=1, le=MOST)
    start: Annotated[int, Field(alias="from", ge=0)] = 0


class Sort(Model):
    field: str
    order: Literal["ASC", "DESC", "asc", "desc"] = "ASC"


class Search(Model, Generic[F]):
    """`filter` names what must be equal, or one of `{"$in": [...]}`."""

    filter: F | None = None
    sort: list[Sort] = Field(default_factory=list, max_length=10)
    page: Page = Field(default_factory=lambda: Page())


class PageInfo(Model):
    total_items: int


class Found(Model, Generic[T]):
    """One page of what was found."""

    items: list[T]
    page: PageInfo


def find(
    unit: Unit,
    query: SelectOfScalar[Row],
    search: Search[Any],
    columns: Columns,
    default: SQLColumnExpression[Any],
) -> tuple[list[Row], int]:
    """The rows of the page and how many there are in all. `query` is bound to the tenant;
    `columns` says what may be filtered and sorted by, under the API's names; `default` makes
    the order complete."""
    query = query.where(*_conditions(search.filter, columns))
    total = unit.session.exec(select(func.count()).select_from(query.subquery())).one()
    ordered = query.order_by(*[_order(sort, columns) for sort in search.sort], default)
    page = ordered.offset(search.page.start).limit(search.page.limit)
    return list(unit.session.exec(page)), total


def page_of(items: list[T], total: int) -> Found[T]:
    return Found(items=items, page=PageInfo(total_items=total))


def in_memory(items: list[T], search: Search[Any]) -> Found[T]:
    """The page of a short list that no table holds."""
    start = search.page.start
    return page_of(items[start : start + search.page.limit], len(items))


def _conditions(wanted: Filter | None, columns: Columns) -> list[ColumnElement[bool]]:
    if wanted is None:
        return []
    fields = type(wanted).model_fields
    return [
        _condition(columns[fields[name].alias or name], getattr(wanted, name))
        for name in wanted.model_fields_set
        if getattr(wanted, name) is not None
    ]


def _condition(column: SQLColumnExpression[Any], wanted: Any) -> ColumnElement[bool]:
    return column.in_(wanted.values) if isinstance(wanted, OneOf) else column == wanted


def _order(sort: Sort, columns: Columns) -> ColumnElement[Any]:
    if sort.field not in columns:
        raise InvalidInput(f"cannot sort by {sort.field!r}; there are {sorted(columns)}")
    column = columns[sort.field]
    return column.desc() if sort.order.upper() == "DESC" else column.asc()
