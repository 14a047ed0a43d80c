"""Cross-checks: what must hold before a reading is trusted without a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from .invoice import AMOUNTS, KEY_FIELDS, TRUSTWORTHY, Doubt, Field
from .labels import fold


def missing(fields: Mapping[str, Field]) -> list[Doubt]:
    """A key field that was not found."""
    return [
        Doubt(name, f"{name}.missing", f"No {name.replace('_', ' ')} was found.")
        for name in KEY_FIELDS
        if name not in fields
    ]


def weak(fields: Mapping[str, Field]) -> list[Doubt]:
    """A key field whose evidence is thin: a position, a vague label, OCR."""
    return [
        Doubt(
            name,
            f"{name}.weak",
            f"“{fields[name].value}” has one sign only: {fields[name].reason}.",
        )
        for name in KEY_FIELDS
        if name in fields and fields[name].confidence < TRUSTWORTHY
    ]


def arithmetic(fields: Mapping[str, Field]) -> list[Doubt]:
    """Net + tax = gross, to the cent."""
    if any(name not in fields for name in AMOUNTS):
        return []
    net, tax, gross = (Decimal(fields[name].value) for name in AMOUNTS)
    if net + tax == gross:
        return []
    message = f"{net} + {tax} is {net + tax}, but the gross amount reads {gross}."
    return [Doubt("gross", "arithmetic.gross", message)]


def scanned(is_scan: bool) -> list[Doubt]:
    """OCR misreads digits without noticing."""
    message = "This is a scan; letters and digits are the guess of an OCR program."
    return [Doubt(None, "document.scanned", message)] if is_scan else []


def page_against_xml(page: Mapping[str, Field], xml: Mapping[str, str]) -> list[Doubt]:
    """Every field that the page prints otherwise than the XML holds."""
    return [
        Doubt(
            name,
            "xml.page_differs",
            f"The page shows {page[name].value}, the e-invoice XML holds {value}.",
        )
        for name, value in xml.items()
        if name in page
        and name in COMPARED
        and not same(name, page[name].value, value)
        and page[name].confidence >= TRUSTWORTHY
    ]


COMPARED = (*KEY_FIELDS, "due_date", "iban", "seller_vat", "po_number")


def same(name: str, one: str, other: str) -> bool:
    """Whether two readings of a field mean the same value."""
    if name in AMOUNTS:
        # The sign of a credit note is a matter of house style.
        return abs(Decimal(one)) == abs(Decimal(other))
    if name in ("seller", "buyer"):
        return _within(fold(one)[0], fold(other)[0])
    return re.sub(r"\s", "", one) == re.sub(r"\s", "", other)


def _within(one: str, other: str) -> bool:
    return bool(one and other) and (one in other or other in one)


def doubted_fields(doubts: Sequence[Doubt]) -> set[str | None]:
    """The names of the fields that some doubt is about."""
    return {doubt.field for doubt in doubts}
