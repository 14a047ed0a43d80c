"""The search over a short list that no table holds: the same filter, sort and page."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from pydantic.alias_generators import to_camel

from orchestrator.api.model import Filter, Model
from orchestrator.api.search import Condition, Found, Search, Sort, page_of
from orchestrator.kernel.errors import InvalidInput

Item = TypeVar("Item", bound=Model)

_TESTS: Mapping[str, Callable[[Any, Any], bool]] = {
    "eq": operator.eq,
    "neq": operator.ne,
    "gt": lambda value, bound: value is not None and value > bound,
    "gte": lambda value, bound: value is not None and value >= bound,
    "lt": lambda value, bound: value is not None and value < bound,
    "lte": lambda value, bound: value is not None and value <= bound,
    "one_of": lambda value, values: value in values,
    "none_of": lambda value, values: value not in values,
    "exists": lambda value, wanted: (value is not None) is wanted,
    "like": lambda value, pattern: re.fullmatch(_expression(pattern), str(value)) is not None,
}


def in_memory(items: Sequence[Item], search: Search[Any]) -> Found[Item]:
    """The page of what fits. A filter's fields are named as the items' are."""
    kept = [item for item in items if _fits(item, search.filter)]
    for sort in reversed(search.sort):
        _sort(kept, sort)
    start = search.page.offset()
    return page_of(kept[start : start + search.page.limit], len(kept), search)


def _fits(item: Model, wanted: Filter | None) -> bool:
    given = wanted.model_fields_set if wanted else ()
    return all(_matches(getattr(item, name), getattr(wanted, name)) for name in given)


def _matches(value: Any, wanted: Any) -> bool:
    if not isinstance(wanted, Condition):
        return wanted is None or bool(value == wanted)
    return all(_TESTS[name](value, given) for name, given in wanted.given())


def _expression(like: str) -> str:
    """Camunda's pattern as a regular expression; see `search`."""
    parts = re.findall(r"\\.|.", like, re.DOTALL)
    return "(?s)" + "".join({"*": ".*", "?": "."}.get(p) or re.escape(p[-1]) for p in parts)


def _sort(items: list[Item], sort: Sort) -> None:
    """As the database does: what is missing comes last, or first the other way round."""
    names = {to_camel(name): name for item in items[:1] for name in type(item).model_fields}
    if items and sort.field not in names:
        raise InvalidInput(f"cannot sort by {sort.field!r}; there are {sorted(names)}")

    def place(item: Item) -> tuple[bool, Any]:
        value = getattr(item, names[sort.field])
        return value is None, value

    items.sort(key=place, reverse=sort.order.upper() == "DESC")
