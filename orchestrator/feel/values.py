"""FEEL values in Python: None, bool, Decimal, str, list, dict, Range, Function, and the temporal
types of `datetime` plus `YearsMonths`."""

import datetime as dt
import decimal
import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from orchestrator.feel.extended import Extended, nanos_of
from orchestrator.feel.scope import PER_STEP, FeelLimit

_SECONDS = re.compile(r"(T|^)(\d\d:\d\d:\d\d)")
"""Where a fraction of a second belongs."""
MAX_SIZE = 1_000_000
DECIMALS = decimal.Context(prec=34, rounding=decimal.ROUND_HALF_EVEN)  # IEEE decimal128


class YearsMonths(Struct, frozen=True, order=True):
    """A years and months duration."""

    months: int

    def __str__(self) -> str:
        years, months = divmod(abs(self.months), 12)
        text = (f"{years}Y" if years else "") + (f"{months}M" if months or not years else "")
        return ("-" if self.months < 0 else "") + "P" + text


class Range(Struct, frozen=True):
    """`unbounded`: a missing end is no limit, as in `(> 5)`; else it is not known."""

    low: object
    high: object
    low_closed: bool = True
    high_closed: bool = True
    unbounded: bool = False


class Function(Struct, frozen=True):
    """A callable with parameter names, so that arguments may be named.

    `also` holds the parameter names of its other signatures.
    """

    parameters: tuple[str, ...]
    body: Callable[..., object]
    variadic: bool = False
    also: tuple[tuple[str, ...], ...] = ()

    def takes(self, count: int) -> bool:
        """Whether it has parameters for so many arguments."""
        return self.variadic or any(count <= len(p) for p in (self.parameters, *self.also))


def from_json(value: object) -> object:
    """A FEEL value from a JSON one: numbers become Decimal, the rest stays."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        number = Decimal(str(value))
        return number if number.is_finite() else None
    if isinstance(value, Mapping):
        return {str(k): from_json(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [from_json(v) for v in value]
    return value


def bounded(value: object) -> object:
    """The value itself. Raises FeelLimit when it holds more than can be written down, which a list
    that holds another many times over soon does."""
    left, inside = MAX_SIZE, [value] if isinstance(value, list | dict) else []
    while inside:
        found = inside.pop()
        for part in found if isinstance(found, list) else found.values():
            left -= len(part) // PER_STEP[str] + 1 if isinstance(part, str) else 1
            if isinstance(part, list | dict):
                inside.append(part)
        if left < 0:
            raise FeelLimit(f"The value holds more than {MAX_SIZE} values.")
    return value


def to_json(value: object) -> object:
    """A JSON value from a FEEL one: whole numbers to int, temporal values to ISO 8601 text. Raises
    FeelLimit."""
    return _to_json(bounded(value))


def _to_json(value: object) -> object:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, Mapping):
        return {str(k): _to_json(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [_to_json(v) for v in value]
    if isinstance(value, Range):
        return {"start": to_json(value.low), "end": to_json(value.high)}
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    return show(value)


def show(value: object) -> str:
    """The text FEEL's `string()` gives."""
    if isinstance(value, str):
        return value
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        text = format(value, "f")
        return text.rstrip("0").rstrip(".") if "." in text else text
    if isinstance(value, dt.timedelta):
        return show_duration(nanos_of(value))
    if isinstance(value, dt.datetime | dt.time):
        return _show_clock(value, 0)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Extended):
        return _show_extended(value)
    if isinstance(value, list):
        return "[" + ", ".join(_quoted(v) for v in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{k}: {_quoted(v)}" for k, v in value.items()) + "}"
    return str(value)


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else show(value)


def _show_clock(value: dt.datetime | dt.time, nanos: int) -> str:
    fraction = f".{value.microsecond:06}{nanos:03}".rstrip("0").rstrip(".")
    zone = f"@{value.tzinfo.key}" if isinstance(value.tzinfo, ZoneInfo) else ""
    whole = value.replace(microsecond=0, tzinfo=None if zone else value.tzinfo).isoformat()
    return _SECONDS.sub(rf"\g<0>{fraction}", whole).replace("+00:00", "Z") + zone


def _show_extended(value: Extended) -> str:
    base = value.base
    if isinstance(base, dt.timedelta):
        return show_duration(nanos_of(value))
    if isinstance(base, dt.time):
        return _show_clock(base, value.nanos)
    year, is_moment = value.year, isinstance(base, dt.datetime)
    text = _show_clock(base, value.nanos) if is_moment else base.isoformat()  # type: ignore[arg-type]
    return f"{'-' if year < 0 else ''}{abs(year):04d}{text[4:]}"


def show_duration(nanos: int) -> str:
    sign, whole = "-" if nanos < 0 else "", abs(nanos) // 10**9
    (days, clock), fraction = divmod(whole, 86_400), Decimal(abs(nanos) % 10**9).scaleb(-9)
    (hours, rest), seconds = divmod(clock, 3600), show(clock % 60 + fraction)
    parts = ((str(hours), "H"), (str(rest // 60), "M"), (seconds, "S"))
    time = "".join(f"{n}{u}" for n, u in parts if n != "0")
    text = (f"{days}D" if days else "") + (f"T{time}" if time else "")
    return f"{sign}P{text or 'T0S'}"


def type_name(value: object) -> str:
    """The FEEL type of a value, as `instance of` and warnings name it."""
    if isinstance(value, Extended):
        return type_name(value.base)
    return _name_of(type(value))  # type: ignore[arg-type]  # classes are hashable


@cache
def _name_of(kind: type) -> str:
    return next((name for types, name in _TYPES if issubclass(kind, types)), "Any")


_TYPES: tuple[tuple[type | tuple[type, ...], str], ...] = (
    (type(None), "null"),
    (bool, "boolean"),
    (Decimal, "number"),
    (str, "string"),
    (dt.datetime, "date and time"),
    (dt.date, "date"),
    (dt.time, "time"),
    (dt.timedelta, "days and time duration"),
    (YearsMonths, "years and months duration"),
    (list, "list"),
    (dict, "context"),
    (Range, "range"),
    (Function, "function"),
)
