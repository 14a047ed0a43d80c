"""The entry form: its fields, how they are labelled, and what the ERP accepts in them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from samples.legacy_erp.notation import parse_amount, parse_day, show_amount, show_day

Kind = Literal["text", "day", "amount", "type"]
TYPES = {"380": "Invoice", "381": "Credit note"}


@dataclass(frozen=True)
class Field:
    """One field: its column, its control's cryptic name, its label."""

    column: str
    control: str
    label: str
    kind: Kind
    required: bool = False
    longest: int = 120


HEADER = (
    Field("type", "F0101", "Document type", "type", required=True),
    Field("vendor", "F0102", "Vendor", "text", required=True),
    Field("vendor_vat", "F0103", "VAT number", "text", longest=20),
    Field("invoice_number", "F0104", "Invoice number", "text", required=True, longest=60),
    Field("invoice_date", "F0105", "Invoice date", "day", required=True),
    Field("due_date", "F0106", "Due date", "day"),
    Field("po_number", "F0107", "Purchase order", "text", longest=60),
)
AMOUNTS = (
    Field("currency", "F0201", "Currency", "text", required=True, longest=3),
    Field("net", "F0202", "Net amount", "amount"),
    Field("tax", "F0203", "Tax amount", "amount"),
    Field("gross", "F0204", "Gross amount", "amount", required=True),
    Field("iban", "F0205", "IBAN", "text", longest=34),
)
FIELDS = HEADER + AMOUNTS


def complaint(field: Field, typed: str) -> str | None:
    """Why the ERP refuses what was typed, or None."""
    if not typed:
        return f"{field.label}: entry required" if field.required else None
    if len(typed) > field.longest:
        return f"{field.label}: at most {field.longest} characters"
    try:
        stored(field, typed)
    except ValueError as error:
        return f"{field.label}: {error}"
    return None


def complaints(fields: tuple[Field, ...], typed: Mapping[str, str]) -> list[str]:
    found = (complaint(field, typed.get(field.column, "")) for field in fields)
    return [message for message in found if message]


def stored(field: Field, typed: str) -> str:
    """What the database keeps of what was typed; ValueError when it is malformed."""
    if not typed:
        return ""
    if field.kind == "amount":
        return str(parse_amount(typed))
    if field.kind == "day":
        return parse_day(typed).isoformat()
    if field.kind == "type" and typed not in TYPES:
        raise ValueError(f"{typed!r} is neither 380 nor 381")
    return typed


def shown(field: Field, value: str) -> str:
    """How the screens show a stored value."""
    if not value:
        return ""
    if field.kind == "amount":
        return show_amount(Decimal(value))
    if field.kind == "day":
        return show_day(date.fromisoformat(value))
    return value


def tidy(typed: Mapping[str, str], fields: tuple[Field, ...] = FIELDS) -> dict[str, str]:
    """The typed values by column, outer blanks dropped."""
    return {field.column: typed.get(field.column, "").strip() for field in fields}
