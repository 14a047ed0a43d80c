"""Arithmetic and comparison between FEEL values: null when the types do not fit."""

import calendar
import datetime as dt
import decimal
from collections.abc import Callable
from decimal import Decimal
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from orchestrator.feel import far
from orchestrator.feel.far import Far
from orchestrator.feel.values import DECIMALS, Range, YearsMonths, type_name

Binary = Callable[[object, object], object]
TEMPORAL = (dt.date, dt.time)


class NotApplicable(Exception):
    """These operands have no such operation; evaluation turns it into null and a warning."""


def arithmetic(operator: str, left: object, right: object) -> object:
    """Raises NotApplicable. Numbers are decimal with 34 digits."""
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        return _numbers(operator, left, right)
    found = _MIXED[operator](left, right) if operator in _MIXED else None
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


def _add(left: object, right: object) -> object:
    match left, right:
        case (str(), str()) | (YearsMonths(), YearsMonths()):
            return left + right if isinstance(left, str) else _months(left, right, 1)  # type: ignore[operator]
        case dt.timedelta(), dt.timedelta():
            return left + right
        case (dt.timedelta() | YearsMonths(), dt.date() | dt.time() | Far()):
            return shift(right, left, 1)
        case (dt.date() | dt.time() | Far(), dt.timedelta() | YearsMonths()):
            return shift(left, right, 1)
    return None


def _subtract(left: object, right: object) -> object:
    match left, right:
        case YearsMonths(), YearsMonths():
            return _months(left, right, -1)
        case dt.timedelta(), dt.timedelta():
            return left - right
        case (dt.date() | dt.time() | Far(), dt.timedelta() | YearsMonths()):
            return shift(left, right, -1)
        case dt.time(), dt.time():
            return _clock(left) - _clock(right)
        case dt.date(), dt.date():
            return _difference(left, right)
    return None


def _multiply(left: object, right: object) -> object:
    if isinstance(left, Decimal):
        left, right = right, left
    match left, right:
        case dt.timedelta(), Decimal():
            return left * float(right)
        case YearsMonths(), Decimal():
            return YearsMonths(int(left.months * right))
    return None


def _divide(left: object, right: object) -> object:
    match left, right:
        case dt.timedelta(), Decimal() if right:
            return left / float(right)
        case YearsMonths(), Decimal() if right:
            return YearsMonths(int(left.months / right))
        case dt.timedelta(), dt.timedelta() if right:
            return Decimal(str(left / right))
        case YearsMonths(), YearsMonths() if right.months:
            return DECIMALS.divide(Decimal(left.months), Decimal(right.months))
    return None


_MIXED: dict[str, Binary] = {"+": _add, "-": _subtract, "*": _multiply, "/": _divide}


def _months(left: object, right: object, sign: int) -> YearsMonths:
    assert isinstance(left, YearsMonths)  # noqa: S101  told apart by the caller
    assert isinstance(right, YearsMonths)  # noqa: S101
    return YearsMonths(left.months + sign * right.months)


def _clock(value: dt.time) -> dt.timedelta:
    at = dt.timedelta(hours=value.hour, minutes=value.minute, seconds=value.second)
    return at - (value.utcoffset() or dt.timedelta())


def _difference(left: dt.date, right: dt.date) -> dt.timedelta | None:
    left, right = _moment(left), _moment(right)
    if (left.tzinfo is None) != (right.tzinfo is None):
        return None
    return left - right


def _moment(value: dt.date) -> dt.datetime:
    if isinstance(value, dt.datetime):
        return value
    return dt.datetime(value.year, value.month, value.day, tzinfo=dt.UTC)


def shift(value: object, by: object, sign: int) -> object:
    """A date, time or date and time moved by a duration; the day is clipped to its month."""
    if isinstance(by, dt.timedelta) and isinstance(value, dt.time):
        anchor = dt.datetime.combine(dt.date(2000, 1, 1), value)
        return (anchor + sign * by).timetz()
    if isinstance(by, YearsMonths) and isinstance(value, dt.date | Far):
        return _shift_months(far.split(value), sign * by.months)
    if isinstance(by, dt.timedelta) and isinstance(value, dt.date | Far):
        at = far.split(value)
        return far.join(at.base + sign * by, at.cycles)
    return None


def _shift_months(at: Far, months: int) -> far.Date | None:
    year, month = divmod(at.base.year * 12 + at.base.month - 1 + months, 12)
    in_base, cycles = far.year_in_base(year)
    last = calendar.monthrange(in_base, month + 1)[1]
    base = at.base.replace(year=in_base, month=month + 1, day=min(at.base.day, last))
    return far.join(base, at.cycles + cycles)


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
        if isinstance(left, Far) or isinstance(right, Far):
            return far.order(left, right)  # type: ignore[arg-type]
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
