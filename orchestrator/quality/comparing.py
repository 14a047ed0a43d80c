"""What a person read against what the bot read, field by field."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Final

from orchestrator.kernel.errors import InvalidInput

AMOUNTS: Final = frozenset({"net", "tax", "gross"})
FIELDS: Final = ("number", "issue_date", "currency", "net", "tax", "gross")
"""The key fields: an invoice is booked by them."""

Values = Mapping[str, str]
"""Of each key field, "" where the invoice has none."""

_AMOUNT: Final = re.compile(r"-?\d+(\.\d+)?")


def stated(given: Mapping[str, object]) -> dict[str, str]:
    """What a person says the invoice reads. Raises InvalidInput (second_look.unreadable) for a
    date that is not YYYY-MM-DD, an amount that is not like -1234.50, a currency that is not like
    EUR, or a key field of which nothing was said ("" says that it is not on the invoice)."""
    missing = [name for name in FIELDS if not isinstance(given.get(name), str)]
    if missing:
        raise _unreadable(missing[0], "is missing; send an empty text when it is not there")
    return {name: _checked(name, str(given[name]).strip()) for name in FIELDS}


def read_by_bot(fields: Mapping[str, object]) -> dict[str, str]:
    """The key fields of a reading, whose fields are objects with a `value`."""
    return {name: _value(fields.get(name)) for name in FIELDS}


def differing(one: Values, other: Values) -> list[str]:
    """The key fields in which two readings are not the same."""
    return [name for name in FIELDS if _plain(name, one[name]) != _plain(name, other[name])]


def corrected(fields: Mapping[str, object], truth: Values, wrong: Sequence[str]) -> dict[str, Any]:
    """The fields of a reading with what people found in place of what was wrong."""
    told = {name: _told(fields.get(name), truth[name]) for name in wrong if truth[name]}
    return {name: field for name, field in fields.items() if name not in wrong} | told


def _told(field: object, value: str) -> dict[str, Any]:
    place = field if isinstance(field, Mapping) else {"page": 1, "box": None}
    evidence = {"source": "review", "confidence": 1, "trusted": True, "reason": ""}
    return {**place, **evidence, "value": value}


def _value(field: object) -> str:
    value = field.get("value") if isinstance(field, Mapping) else None
    return "" if value is None else str(value)


def _checked(name: str, text: str) -> str:
    if not text:
        return text
    if name in AMOUNTS and not _AMOUNT.fullmatch(text):
        raise _unreadable(name, f"is not an amount like 1234.50: {text!r}")
    if name == "currency" and not re.fullmatch(r"[A-Za-z]{3}", text):
        raise _unreadable(name, f"is not a code like EUR: {text!r}")
    if name == "issue_date":
        try:
            return date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise _unreadable(name, f"is not a date like 2026-05-31: {text!r}") from error
    return text


def _plain(name: str, text: str) -> str | Decimal:
    """What counts: amounts by value, the rest without spaces and case."""
    if name in AMOUNTS:
        try:
            return Decimal(text)
        except InvalidOperation:
            pass  # an empty one, or what a bot could not read as one
    return re.sub(r"\s", "", text).casefold()


def _unreadable(name: str, what: str) -> InvalidInput:
    return InvalidInput(f"{name} {what}", code="second_look.unreadable")
