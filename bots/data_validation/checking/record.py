"""The invoice under check, as rules see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any


@dataclass(frozen=True)
class Record:
    """The values of an invoice; a value that is absent or malformed is None."""

    values: Mapping[str, str]
    line_amounts: Sequence[Decimal] = ()

    def text(self, field: str) -> str | None:
        return self.values.get(field) or None

    def amount(self, field: str) -> Decimal | None:
        return _decimal(self.values.get(field))

    def date(self, field: str) -> dt.date | None:
        try:
            return dt.date.fromisoformat(self.values.get(field, ""))
        except ValueError:
            return None


def record_of(invoice: Mapping[str, Any]) -> Record:
    """The record in a reading (`fields` with values), or in a plain mapping of names to values."""
    fields = invoice.get("fields", invoice)
    values = {name: _value(field) for name, field in fields.items()}
    lines = [_decimal(line.get("amount")) for line in invoice.get("lines") or []]
    amounts = [amount for amount in lines if amount is not None]
    return Record(
        {name: value for name, value in values.items() if value},
        amounts if len(amounts) == len(lines) else (),
    )


def _value(field: object) -> str:
    value = field.get("value") if isinstance(field, Mapping) else field
    return str(value).strip() if isinstance(value, str | int | float | Decimal) else ""


def _decimal(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
