"""One text for one JSON value, the same before and after a JSON database column.

Keys are sorted, nothing is padded, and a number has one spelling: a JSONB column gives 1e16
back as an integer, so a float without a fraction is one from the start.
"""

import hashlib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def plain(value: Any) -> Any:
    """`value` as JSON types only. Decimals become strings (exact), instants ISO 8601 in UTC,
    enums their value, bytes hexadecimal; what no database text can hold becomes U+FFFD.

    Raises `TypeError` for anything else and `ValueError` for NaN and infinities.
    """
    # Nearly all values are of these very types, and most of the time of a line goes into them.
    known = _BY_TYPE.get(type(value))
    return known(value) if known else _derived(value)


def _derived(value: Any) -> Any:
    match value:
        case Enum():
            return plain(value.value)
        case str():
            return _storable(value)
        case int():
            return int(value)
        case float():
            return _number(value)
        case dict():
            return _object(value)
        case list() | tuple():
            return _array(value)
        case _:
            return _text(value)


def canonical(value: Any) -> bytes:
    """The canonical JSON text of `value`, in UTF-8."""
    text = json.dumps(plain(value), sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return text.encode()


def digest(value: Any) -> bytes:
    """SHA-256 of the canonical text."""
    return hashlib.sha256(canonical(value)).digest()


def _same(value: Any) -> Any:
    return value


def _object(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {_storable(str(k)): plain(v) for k, v in value.items()}


def _array(value: Sequence[Any]) -> list[Any]:
    return [plain(v) for v in value]


def _storable(text: str) -> str:
    if text.isascii() and "\0" not in text:
        return text
    return (
        text.replace("\0", REPLACEMENT)
        .encode("utf-16", "surrogatepass")
        .decode("utf-16", "replace")
    )


def _number(value: float) -> int | float:
    if not math.isfinite(value):
        raise ValueError(f"{value} is not a JSON number")
    # By way of its decimal digits: int(1e300) would differ from what the database gives back.
    return int(Decimal(repr(value))) if value.is_integer() else value


def _text(value: Any) -> str:
    match value:
        case Decimal():
            return str(value)
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case bytes():
            return value.hex()
        case _:
            raise TypeError(f"{type(value).__name__} has no JSON form")


_BY_TYPE: Mapping[type, Callable[[Any], Any]] = {
    type(None): _same,
    bool: _same,
    int: _same,
    str: _storable,
    float: _number,
    dict: _object,
    list: _array,
    tuple: _array,
}
