"""What can be run through, and what an index picks out of a list."""

import datetime as dt
from collections.abc import Callable, Iterable
from decimal import Decimal

from orchestrator.feel.scope import Frame, warn
from orchestrator.feel.values import Range

Sequence = tuple[Iterable[object], int]
"""Items and how many they are."""


def sequence(value: object, end: object, has_end: bool) -> Sequence | None:
    """The items to run through; None when there is no running through these."""
    if isinstance(value, list) and not has_end:
        return value, len(value)
    if isinstance(value, Range):
        return sequence(value.low, value.high, True)
    if not has_end:
        return None if value is None else ((value,), 1)
    if isinstance(value, Decimal) and isinstance(end, Decimal):
        return _counted(Decimal, int(value), int(end))
    if type(value) is dt.date and type(end) is dt.date:
        return _counted(dt.date.fromordinal, value.toordinal(), end.toordinal())
    return None


def _counted(item: Callable[[int], object], first: int, last: int) -> Sequence:
    """Upwards or downwards, both ends included."""
    step = 1 if last >= first else -1
    return map(item, range(first, last + step, step)), abs(last - first) + 1


def pick(items: list[object], index: object, frame: Frame) -> object:
    if not isinstance(index, Decimal):
        return items if index is True else []
    at = int(index)
    if 0 < at <= len(items):
        return items[at - 1]
    if at < 0 and -at <= len(items):
        return items[at]
    return warn(frame, f"No item {at} in a list of {len(items)}")
