"""The one search of all resources: filter, sort, page."""

import base64
import binascii
import operator
import re
from collections.abc import Callable, Mapping
from typing import (
    TYPE_CHECKING,
    Annotated,
    Any,
    ClassVar,
    Generic,
    Literal,
    TypeVar,
    Union,
    get_origin,
)

from pydantic import Field, create_model
from sqlalchemy import (
    ColumnElement,
    SQLColumnExpression,
    String,
    and_,
    cast,
    false,
    func,
    or_,
    true,
)
from sqlmodel import select
from sqlmodel.sql.expression import SelectOfScalar

from orchestrator.api.model import Filter, Model
from orchestrator.kernel.errors import InvalidInput
from orchestrator.store.unit import Unit

LIMIT, MOST = 100, 1000

T = TypeVar("T")
F = TypeVar("F", bound=Filter)
Row = TypeVar("Row")
Column = SQLColumnExpression[Any] | Callable[[Any], ColumnElement[bool]]
"""What a filter's field compares with, or, for one that compares with no column, its condition."""
Columns = Mapping[str, Column]


class Condition(Filter, Generic[T]):
    """What a value must be; all that is given must hold. `$like` takes `*` and `?`."""

    eq: T | None = Field(None, alias="$eq")
    neq: T | None = Field(None, alias="$neq")
    gt: T | None = Field(None, alias="$gt")
    gte: T | None = Field(None, alias="$gte")
    lt: T | None = Field(None, alias="$lt")
    lte: T | None = Field(None, alias="$lte")
    one_of: list[T] | None = Field(None, alias="$in", max_length=MOST)
    none_of: list[T] | None = Field(None, alias="$notIn", max_length=MOST)
    exists: bool | None = Field(None, alias="$exists")
    like: str | None = Field(None, alias="$like", max_length=1000)

    def given(self) -> list[tuple[str, Any]]:
        """The operators that are not null, with what they ask for."""
        asked = ((name, getattr(self, name)) for name in self.model_fields_set)
        return [(name, wanted) for name, wanted in asked if wanted is not None]


if TYPE_CHECKING:
    Match = Union[T, Condition[T]]  # noqa: UP007  an alias with a type variable
else:

    class Match:
        """A value or a condition on it. Not an alias: it would not fill in the type variable of
        a pydantic model, and keys would be compared as texts."""

        _conditions: ClassVar[dict[str, type[Condition]]] = {}

        def __class_getitem__(cls, kind: Any) -> Any:
            name = "Key" if get_origin(kind) is Annotated else kind.__name__.capitalize()
            if name not in cls._conditions:  # named, so that openapi.json can be read
                cls._conditions[name] = create_model(f"{name}Condition", __base__=Condition[kind])
            return kind | cls._conditions[name]


class Page(Model):
    """By offset (`from`), or behind (`after`) or before a cursor of an earlier page."""

    limit: int = Field(LIMIT, ge=1, le=MOST)
    start: Annotated[int, Field(alias="from", ge=0)] = 0
    after: str | None = Field(None, max_length=100)
    before: str | None = Field(None, max_length=100)

    def offset(self) -> int:
        """Where the page begins. Raises InvalidInput for a cursor that is none."""
        if self.after:
            return _position(self.after) + 1
        if self.before:
            return max(_position(self.before) - self.limit, 0)
        return self.start


class Sort(Model):
    field: str
    order: Literal["ASC", "DESC", "asc", "desc"] = "ASC"


class Search(Model, Generic[F]):
    """`filter` names what must be equal, or one of `{"$in": [...]}`."""

    filter: F | None = None
    sort: list[Sort] = Field(default_factory=list, max_length=10)
    page: Page = Field(default_factory=lambda: Page())


class PageInfo(Model):
    """`start_cursor` and `end_cursor` name the first and the last item of the page."""

    total_items: int
    has_more_total_items: bool = False
    start_cursor: str | None = None
    end_cursor: str | None = None


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
    query = query.where(*conditions(search.filter, columns))
    total = unit.session.exec(select(func.count()).select_from(query.subquery())).one()
    ordered = query.order_by(*[_order(sort, columns) for sort in search.sort], default)
    page = ordered.offset(search.page.offset()).limit(search.page.limit)
    return list(unit.session.exec(page)), total


def page_of(items: list[T], total: int, search: Search[Any]) -> Found[T]:
    start = search.page.offset()
    first, last = (_cursor(start), _cursor(start + len(items) - 1)) if items else (None, None)
    return Found(items=items, page=PageInfo(total_items=total, start_cursor=first, end_cursor=last))


def _cursor(position: int) -> str:
    return base64.urlsafe_b64encode(str(position).encode()).decode()


def _position(cursor: str) -> int:
    try:
        return int(base64.urlsafe_b64decode(cursor))
    except (ValueError, binascii.Error) as error:
        raise InvalidInput(f"{cursor!r} is no cursor of an earlier page") from error


def conditions(wanted: Filter | None, columns: Columns) -> list[ColumnElement[bool]]:
    """What the filter asks for, for a query of one's own. All of it holds; of `$or`, one."""
    if wanted is None:
        return []
    fields, found = type(wanted).model_fields, [wanted.together()]
    for name in wanted.model_fields_set - wanted.TOGETHER - {"either"}:
        if (value := getattr(wanted, name)) is not None:
            found += matching(columns[fields[name].alias or name], value)
    either: list[Filter] | None = getattr(wanted, "either", None)
    if either:
        found.append(or_(*[and_(*conditions(one, columns)) for one in either]))
    return found


_OPERATORS: Mapping[str, Callable[[SQLColumnExpression[Any], Any], ColumnElement[bool]]] = {
    "eq": operator.eq,
    "neq": lambda column, value: column.is_distinct_from(value),
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
    # An empty list is told apart: the cast around a bound JSON value makes no SQL of it.
    "one_of": lambda column, values: column.in_(values) if values else false(),
    "none_of": lambda column, values: (
        or_(column.is_(None), column.not_in(values)) if values else true()
    ),
    "exists": lambda column, wanted: column.is_not(None) if wanted else column.is_(None),
    "like": lambda column, pattern: cast(column, String).like(_pattern(pattern), escape="\\"),
}


def matching(column: Column, wanted: Any) -> list[ColumnElement[bool]]:
    """What a value, a `Condition`, or None for whatever there is, asks of a column."""
    if wanted is None:
        return []
    if not isinstance(column, SQLColumnExpression):
        return [column(wanted)]
    if not isinstance(wanted, Condition):
        return [column == wanted]
    return [_OPERATORS[name](column, value) for name, value in wanted.given()]


def _pattern(like: str) -> str:
    """Camunda's pattern as SQL's: `*` and `?` stand for many and one, unless escaped by `\\`."""
    kept = re.sub(r"([%_])", r"\\\1", like)
    return re.sub(r"(?<!\\)\?", "_", re.sub(r"(?<!\\)\*", "%", kept))


def _order(sort: Sort, columns: Columns) -> ColumnElement[Any]:
    column = columns.get(sort.field)
    if not isinstance(column, SQLColumnExpression):
        known = [name for name, c in columns.items() if isinstance(c, SQLColumnExpression)]
        raise InvalidInput(f"cannot sort by {sort.field!r}; there are {sorted(known)}")
    return column.desc() if sort.order.upper() == "DESC" else column.asc()
