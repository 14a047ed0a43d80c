"""What `value.name` means: context entries, and the parts of temporal values and ranges."""

import datetime as dt
from collections.abc import Callable, Mapping
from decimal import Decimal

from orchestrator.feel.far import Far
from orchestrator.feel.scope import Frame, warn
from orchestrator.feel.values import Range, YearsMonths, type_name


def property_of(value: object, name: str, frame: Frame) -> object:
    """Null and a warning when there is no such property; null alone for null's."""
    if isinstance(value, dict):
        if name in value:
            return value[name]
        return warn(frame, f"No entry '{name}' in the context")
    if isinstance(value, Far):
        far_year = Decimal(value.year)
        return far_year if name == "year" else property_of(value.base, name, frame)
    part = _PARTS[type(value)].get(name) if type(value) in _PARTS else None
    return part(value) if part else warn(frame, f"No property '{name}' of {type_name(value)}")


def _number(attribute: str) -> Callable[[object], object]:
    return lambda value: Decimal(getattr(value, attribute))


def _seconds(divisor: int, modulus: int) -> Callable[[object], object]:
    def part(value: object) -> object:
        total = value.total_seconds() if isinstance(value, dt.timedelta) else 0.0
        found = int(abs(total)) // divisor % modulus
        return Decimal(-found if total < 0 else found)

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
