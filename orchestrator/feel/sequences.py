"""What can be run through, and what an index picks out of a list."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from orchestrator.feel.scope import Scope
from orchestrator.feel.values import Range


def sequence(value: object, end: object, has_end: bool) -> Iterable[object] | None:
    """The items to run through; None when there is no running through these."""
    if isinstance(value, Range):
        return sequence(value.low, value.high, True)
    if has_end:
        if isinstance(value, Decimal) and isinstance(end, Decimal):
            step = 1 if end >= value else -1
            return (Decimal(n) for n in range(int(value), int(end) + step, step))
        if type(value) is dt.date and type(end) is dt.date:
            first, last, step = value.toordinal(), end.toordinal(), 1 if end >= value else -1
            return (dt.date.fromordinal(n) for n in range(first, last + step, step))
        return None
    return value if isinstance(value, list) else None if value is None else (value,)


def pick(items: list[object], index: object, scope: Scope) -> object:
    if not isinstance(index, Decimal):
        return items if index is True else []
    at = int(index)
    if 0 < at <= len(items):
        return items[at - 1]
    if at < 0 and -at <= len(items):
        return items[at]
    return scope.journal.warn(f"No item {at} in a list of {len(items)}")
