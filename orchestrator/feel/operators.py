"""Arithmetic and comparison between FEEL values: null when the types do not fit."""

import calendar
import datetime as dt
import decimal
from collections.abc import Callable
from decimal import Decimal
from operator import concat, eq, ge, gt, le, lt, ne
from typing import Any

from orchestrator.feel import extended
from orchestrator.feel.extended import Extended, beyond, duration_of, nanos_of
from orchestrator.feel.values import DECIMALS, Range, YearsMonths, type_name

Binary = Callable[[object, object], object]


class NotApplicable(Exception):
    """These operands have no such operation; evaluation turns it into null and a warning."""


def arithmetic(operator: str, left: object, right: object) -> object:
    """Raises NotApplicable. Numbers are decimal with 34 digits."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _numbers(operator, left, right)
    function = _MIXED.get((operator, type_name(left), type_name(right)))
    found = function(left, right) if function else None
    if found is None:
        raise NotApplicable(f"{type_name(left)} {operator} {type_name(right)} has no meaning")
    return found


def _numbers(operator: str, left: Decimal, right: Decimal) -> Decimal:
    try:
        return DECIMAL[operator](left, right)
    except decimal.DecimalException as error:
        raise NotApplicable(f"{left} {operator} {right} has no result") from error


def _power(base: Decimal, exponent: Decimal) -> Decimal:
    if not base and exponent < 0:
        raise decimal.DivisionByZero  # which the context would only make infinite
    return DECIMALS.power(base, exponent)


DECIMAL: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": DECIMALS.add,
    "-": DECIMALS.subtract,
    "*": DECIMALS.multiply,
    "/": DECIMALS.divide,
    "**": _power,
}


def _months(sign: int) -> Callable[[YearsMonths, YearsMonths], object]:
    return lambda left, right: YearsMonths(left.months + sign * right.months)


def _durations(sign: int) -> Binary:
    return lambda left, right: duration_of(nanos_of(left) + sign * nanos_of(right))


def _moved(sign: int) -> Binary:
    return lambda value, by: shift(value, by, sign)


def _turned(function: Callable[[Any, Any], object]) -> Callable[[Any, Any], object]:
    return lambda left, right: function(right, left)


def _times(duration: object, by: Decimal) -> object:
    if isinstance(duration, YearsMonths):
        return YearsMonths(int(DECIMALS.multiply(Decimal(duration.months), by)))
    return duration_of(int(DECIMALS.multiply(Decimal(nanos_of(duration)), by)))


def _part(duration: object, by: Decimal) -> object:
    if not by:
        return None
    if isinstance(duration, YearsMonths):
        return YearsMonths(int(DECIMALS.divide(Decimal(duration.months), by)))
    return duration_of(int(DECIMALS.divide(Decimal(nanos_of(duration)), by)))


def _ratio(left: object, right: object) -> object:
    one, other = (v.months if isinstance(v, YearsMonths) else nanos_of(v) for v in (left, right))
    return DECIMALS.divide(Decimal(one), Decimal(other)) if other else None


def _between_times(left: object, right: object) -> object:
    return duration_of(_clock(left) - _clock(right))


def _clock(value: object) -> int:
    """A time in nanoseconds after midnight in UTC."""
    time = extended.base_of(value)
    assert isinstance(time, dt.time)  # noqa: S101  told apart by the caller
    at = dt.datetime.combine(_DAY, time.replace(tzinfo=None)) - dt.datetime.combine(_DAY, dt.time())
    return nanos_of(at - (time.utcoffset() or dt.timedelta())) + beyond(value)


def _between_dates(left: object, right: object) -> object:
    one, other = extended.aligned(left, right)
    first, last = _moment(one.base), _moment(other.base)
    if (first.tzinfo is None) != (last.tzinfo is None):
        return None
    days = dt.timedelta(days=extended.DAYS) * (one.cycles - other.cycles)
    return duration_of(nanos_of(first - last + days) + one.nanos - other.nanos)


def _moment(value: object) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    assert isinstance(value, dt.date)  # noqa: S101  told apart by the caller
    return dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)


_DAY = dt.date(2000, 1, 1)


def shift(value: object, by: object, sign: int) -> object:
    """A date, time or date and time moved by a duration; the day is clipped to its month. None for
    other values, and beyond FEEL's years."""
    base = extended.base_of(value)
    if isinstance(by, YearsMonths):
        return _shift_months(value, sign * by.months)
    micros, nanos = divmod(beyond(value) + sign * nanos_of(by), 1000)
    step = dt.timedelta(microseconds=micros)
    if isinstance(base, dt.time):
        return extended.fine((dt.datetime.combine(_DAY, base) + step).timetz(), nanos)
    day, cycles = extended.split(value)
    return extended.join(day + step, cycles, nanos if isinstance(day, dt.datetime) else 0)


def _shift_months(value: object, months: int) -> object:
    base, cycles = extended.split(value)
    year, month = divmod(base.year * 12 + base.month - 1 + months, 12)
    in_base, more = extended.year_in_base(year)
    last = calendar.monthrange(in_base, month + 1)[1]
    moved = base.replace(year=in_base, month=month + 1, day=min(base.day, last))
    return extended.join(moved, cycles + more, beyond(value))


_MONTHS, _SECONDS = "years and months duration", "days and time duration"
_DATES = "date", "date and time"
_MIXED: dict[tuple[str, str, str], Callable[[Any, Any], object]] = {
    ("+", "string", "string"): concat,
    ("+", _MONTHS, _MONTHS): _months(1),
    ("-", _MONTHS, _MONTHS): _months(-1),
    ("+", _SECONDS, _SECONDS): _durations(1),
    ("-", _SECONDS, _SECONDS): _durations(-1),
    ("-", "time", "time"): _between_times,
    **{("-", one, other): _between_dates for one in _DATES for other in _DATES},
}
for _at, _by in ((_at, _by) for _at in (*_DATES, "time") for _by in (_MONTHS, _SECONDS)):
    if (_at, _by) != ("time", _MONTHS):
        _MIXED["+", _at, _by], _MIXED["-", _at, _by] = _moved(1), _moved(-1)
        _MIXED["+", _by, _at] = _turned(_moved(1))
for _by in (_MONTHS, _SECONDS):
    _MIXED["*", _by, "number"], _MIXED["*", "number", _by] = _times, _turned(_times)
    _MIXED["/", _by, "number"], _MIXED["/", _by, _by] = _part, _ratio


PLAIN = frozenset({Decimal, str})
"""Python orders values of these types as FEEL does."""


def equal(left: object, right: object) -> bool | None:
    """None when the kinds differ (null equals only null)."""
    if type(left) is type(right) and type(left) in PLAIN:
        return left == right
    if left is None or right is None:
        return left is right
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(
            equal(a, b) for a, b in zip(left, right, strict=True)
        )
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(equal(left[k], right[k]) for k in left)
    if type_name(left) != type_name(right):
        return None
    return bool(left == right)


def order(left: object, right: object) -> int | None:
    """-1, 0 or 1; None when the two cannot be ordered."""
    if type_name(left) != type_name(right) or isinstance(left, bool | list | dict | type(None)):
        return None
    try:
        if isinstance(left, Extended) or isinstance(right, Extended):
            return extended.order(left, right)
        return int(left > right) - int(left < right)  # type: ignore[operator]
    except TypeError:  # one has a zone and the other none
        return None


_ORDERS: dict[str, Callable[[int], bool]] = {
    "<": lambda n: n < 0,
    "<=": lambda n: n <= 0,
    ">": lambda n: n > 0,
    ">=": lambda n: n >= 0,
}


TESTS: dict[str, Callable[[Any, Any], bool]] = {
    "=": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge,
}  # fmt: skip


def compare(operator: str, left: object, right: object) -> bool | None:
    """Null where the two have no such relation."""
    if type(left) is type(right) and type(left) in PLAIN:
        return TESTS[operator](left, right)
    if operator in ("=", "!="):
        same = equal(left, right)
        return same if same is None or operator == "=" else not same
    found = order(left, right)
    return None if found is None else _ORDERS[operator](found)


_ABOVE = {True: ">=", False: ">"}
_BELOW = {True: "<=", False: "<"}


def within(
    value: object, low: object, high: object, low_closed: bool = True, high_closed: bool = True
) -> bool | None:
    """Whether `value` lies between two ends; null where it cannot be compared with both."""
    above = compare(_ABOVE[low_closed], value, low)
    below = compare(_BELOW[high_closed], value, high)
    return None if above is None or below is None else above and below


def contains(container: Range, value: object) -> bool | None:
    """Whether `value` lies in the range; null where an end is not known."""
    low, high = container.low, container.high
    if container.unbounded and low is None:
        return compare(_BELOW[container.high_closed], value, high)
    if container.unbounded and high is None:
        return compare(_ABOVE[container.low_closed], value, low)
    return within(value, low, high, container.low_closed, container.high_closed)
