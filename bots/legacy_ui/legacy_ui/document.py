"""The invoice as the ERP's screens want it: labels, notation, comparison. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any, Literal

from robocorp.workitems import BusinessException


@dataclass(frozen=True)
class ScreenField:
    """A field of the invoice and the label it has on the screens."""

    name: str
    label: str
    kind: Literal["text", "day", "amount"] = "text"
    required: bool = False


HEADER = (
    ScreenField("type", "Document type", required=True),
    ScreenField("seller", "Vendor", required=True),
    ScreenField("seller_vat", "VAT number"),
    ScreenField("number", "Invoice number", required=True),
    ScreenField("issue_date", "Invoice date", "day", required=True),
    ScreenField("due_date", "Due date", "day"),
    ScreenField("po_number", "Purchase order"),
)
AMOUNTS = (
    ScreenField("currency", "Currency", required=True),
    ScreenField("net", "Net amount", "amount"),
    ScreenField("tax", "Tax amount", "amount"),
    ScreenField("gross", "Gross amount", "amount", required=True),
    ScreenField("iban", "IBAN"),
)
FIELDS = HEADER + AMOUNTS
Values = Mapping[str, str]


@dataclass(frozen=True)
class Found:
    """A line of the ERP's search result; the gross amount as a decimal."""

    erp_number: str
    type: str
    vendor: str
    vendor_vat: str
    number: str
    gross: str


def document_from(invoice: Mapping[str, Any]) -> dict[str, str]:
    """The values to enter, by field name.

    Raises BusinessException `invoice.incomplete` or `invoice.malformed` when the ERP could
    not take them: that is for a person, not for another try.
    """
    fields = invoice.get("fields") or {}
    read = {field.name: _text(fields.get(field.name)) for field in FIELDS}
    values = read | {"type": read["type"] or "380"}
    missing = [field.name for field in FIELDS if field.required and not values[field.name]]
    if missing:
        raise BusinessException(f"The invoice has no {', '.join(missing)}", "invoice.incomplete")
    malformed = [field.name for field in FIELDS if not _is_well_formed(field, values[field.name])]
    if malformed:
        raise BusinessException(f"Cannot enter {', '.join(malformed)}", "invoice.malformed")
    return values


def typed(field: ScreenField, value: str) -> str:
    """How to type a value: 1234,50 and 31.12.2026."""
    if not value or field.kind == "text":
        return value
    if field.kind == "day":
        return f"{date.fromisoformat(value):%d.%m.%Y}"
    return f"{Decimal(value):f}".replace(".", ",")


def shown(field: ScreenField, text: str) -> str:
    """The value of what a screen shows; what is not in its notation comes back as it is."""
    if field.kind == "day" and (parts := re.fullmatch(r"(\d\d)\.(\d\d)\.(\d{4})", text)):
        return f"{parts[3]}-{parts[2]}-{parts[1]}"
    return decimal_text(text) if field.kind == "amount" else " ".join(text.split())


def decimal_text(amount: str) -> str:
    """1.234,50 as 1234.50."""
    return amount.replace(".", "").replace(",", ".")


def read_labels(rows: Mapping[str, str]) -> dict[str, str]:
    """The values by field name of a screen's rows, label to text."""
    return {field.name: shown(field, rows.get(field.label, "")) for field in FIELDS}


def differences(wanted: Values, read: Values) -> list[str]:
    """The names of the fields that do not say the same."""
    return [field.name for field in FIELDS if not _same(field, wanted, read)]


def found_line(cells: Sequence[str]) -> Found:
    """A line of the search result from its cells, gross last."""
    erp_number, doctype, vendor, vendor_vat, number, gross = cells
    return Found(erp_number, doctype, vendor, vendor_vat, number, decimal_text(gross))


def is_same_document(wanted: Values, found: Found) -> bool:
    """Whether the line has the invoice's number and vendor, by VAT number or by name."""
    if _bare(wanted["number"]) != _bare(found.number):
        return False
    same_vat = bool(wanted["seller_vat"]) and _bare(wanted["seller_vat"]) == _bare(found.vendor_vat)
    return same_vat or _bare(wanted["seller"]) == _bare(found.vendor)


def agrees(wanted: Values, found: Found) -> bool:
    """Whether the line is of the invoice's type and gross amount."""
    return wanted["type"] == found.type and amounts_equal(wanted["gross"], found.gross)


def amounts_equal(left: str, right: str) -> bool:
    try:
        return Decimal(left) == Decimal(right)
    except InvalidOperation:
        return left == right


def _same(field: ScreenField, wanted: Values, read: Values) -> bool:
    if field.kind == "amount":
        return amounts_equal(wanted[field.name], read[field.name])
    return wanted[field.name] == read[field.name]


def _text(field: Mapping[str, Any] | None) -> str:
    """The field's value on one line: no screen field takes a line break."""
    return " ".join(str((field or {}).get("value") or "").split())


def _is_well_formed(field: ScreenField, value: str) -> bool:
    if field.name == "type":
        return value in ("380", "381")
    if not value or field.kind == "text":
        return value.isprintable()
    try:
        return (
            bool(date.fromisoformat(value)) if field.kind == "day" else Decimal(value).is_finite()
        )
    except (ValueError, InvalidOperation):
        return False


def _bare(text: str) -> str:
    """Letters and digits only, case ignored: how often a blank was read does not matter."""
    return "".join(sign for sign in text.casefold() if sign.isalnum())
