"""What `value.name` means: context entries, and the parts of temporal values and ranges."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal

from orchestrator.feel.extended import base_of, nanos_of
from orchestrator.feel.scope import Frame, warn
from orchestrator.feel.values import Range, YearsMonths, type_name


def property_of(value: object, name: str, frame: Frame) -> object:
    """Null and a warning when there is no such property; null alone for null's."""
    if isinstance(value, dict):
        if name in value:
            return value[name]
        return warn(frame, f"No entry '{name}' in the context")
    parts = _PARTS.get(type(base_of(value)), _NONE)
    if name in parts:
        return parts[name](value if name in _OF_ALL else base_of(value))
    return warn(frame, f"No property '{name}' of {type_name(value)}")


_NONE: Mapping[str, Callable[[object], object]] = {}
_OF_ALL = frozenset({"year", "days", "hours", "minutes", "seconds"})
"""Those that what a base does not hold has a part in."""


def _number(attribute: str) -> Callable[[object], object]:
    return lambda value: Decimal(getattr(value, attribute))


def _seconds(divisor: int, modulus: int) -> Callable[[object], object]:
    def part(value: object) -> object:
        nanos = nanos_of(value)
        found = abs(nanos) // 10**9 // divisor % modulus
        return Decimal(-found if nanos < 0 else found)

    return part


_DATE: dict[str, Callable[[object], object]] = {
    "year": _number("year"),
    "month": _number("month"),
    "day": _number("day"),
    "weekday": lambda v: Decimal(v.isoweekday()),  # type: ignore[attr-defined]
}
_TIME: dict[str, Callable[[object], object]] = {
    "hour": _number("hour"),
    "minute": _number("minute"),
    "second": _number("second"),
    "time offset": lambda v: v.utcoffset(),  # type: ignore[attr-defined]
    "timezone": lambda v: str(v.tzinfo) if v.tzinfo else None,  # type: ignore[attr-defined]
}
_PARTS: dict[type, Mapping[str, Callable[[object], object]]] = {
    dt.datetime: _DATE | _TIME,
    dt.date: _DATE,
    dt.time: _TIME,
    dt.timedelta: {
        "days": _seconds(86400, 10**9),
        "hours": _seconds(3600, 24),
        "minutes": _seconds(60, 60),
        "seconds": _seconds(1, 60),
    },
    YearsMonths: {
        "years": lambda v: Decimal(int(v.months / 12)),  # type: ignore[attr-defined]
        "months": lambda v: Decimal(v.months - 12 * int(v.months / 12)),  # type: ignore[attr-defined]
    },
    Range: {
        "start": lambda v: v.low,  # type: ignore[attr-defined]
        "end": lambda v: v.high,  # type: ignore[attr-defined]
        "start included": lambda v: v.low_closed,  # type: ignore[attr-defined]
        "end included": lambda v: v.high_closed,  # type: ignore[attr-defined]
    },
}
