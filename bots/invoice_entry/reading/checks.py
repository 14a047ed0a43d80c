"""Cross-checks: what must hold before a reading is trusted without a person."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from .invoice import AMOUNTS, KEY_FIELDS, TRUSTWORTHY, Doubt, Field
from .labels import fold
from .wording import say


def named(field: str) -> str:
    """What the field is called in a sentence."""
    return field.replace("_", " ")


def missing(fields: Mapping[str, Field]) -> list[Doubt]:
    """A key field that was not found."""
    return [
        Doubt(name, f"{name}.missing", say("missing", field=named(name)))
        for name in KEY_FIELDS
        if name not in fields
    ]


def weak(fields: Mapping[str, Field]) -> list[Doubt]:
    """A key field whose evidence is thin: a position, a vague label, OCR."""
    return [
        Doubt(
            name,
            f"{name}.weak",
            say("weak", value=fields[name].value, signs=fields[name].reason),
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
    wording = say("sum", net=net, tax=tax, sum=net + tax, gross=gross)
    return [Doubt("gross", "arithmetic.gross", wording)]


def scanned(is_scan: bool) -> list[Doubt]:
    """OCR misreads digits without noticing."""
    return [Doubt(None, "document.scanned", say("scan"))] if is_scan else []


def page_against_xml(page: Mapping[str, Field], xml: Mapping[str, str]) -> list[Doubt]:
    """Every field that the page prints otherwise than the XML holds."""
    return [
        Doubt(
            name,
            "xml.page_differs",
            say("xml.differs", page=page[name].value, xml=value),
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
