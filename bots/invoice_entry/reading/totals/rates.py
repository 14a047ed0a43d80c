"""The tax rates that a page prints, and whether an amount is the tax at one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from ..places import Read
from ..words import Row
from .candidate import Candidate

_PERCENT = re.compile(r"(?<![\d.,])(\d{1,2}(?:[.,]\d{1,3})?)\s?[%％]")
_INCLUDED = re.compile(
    r"\binkl|\bincl|\bincludes|\bdavon\b|\bdarin\b|enthalten|\bdont\b|\bdi cui\b|\bwaarvan\b|w tym"
    r"|incluid|compris|内含",
    re.IGNORECASE,
)
_ROUNDING = Decimal("0.02")


def rates_at(pages: Read, tax: Candidate) -> list[Decimal]:
    """The percentages in the row of the tax; where it has none, all of the pages."""
    row = _row_of(pages, tax)
    beside = rates_in(row.text) if row else []
    return beside or [rate for page, _ in pages for rate in rates_in(page.text)]


def rates_in(text: str) -> list[Decimal]:
    """The percentages of a text that are not zero."""
    found = (Decimal(match[1].replace(",", ".")) for match in _PERCENT.finditer(text))
    return [rate for rate in found if rate]


def fits(net: Decimal, tax: Decimal, rates: Sequence[Decimal]) -> bool:
    """Whether the tax is that of the net amount at one of the rates, to a rounding of each line."""
    return any(abs(net * rate / 100 - tax) <= _ROUNDING for rate in rates)


def says_included(pages: Read, tax: Candidate) -> bool:
    """Whether the row of the tax says that a sum holds it."""
    row = _row_of(pages, tax)
    return row is not None and bool(_INCLUDED.search(row.text))


def _row_of(pages: Read, tax: Candidate) -> Row | None:
    if tax.box is None:
        return None
    middle = (tax.box[1] + tax.box[3]) / 2
    rows = (row for page, _ in pages if page.number == tax.page for row in page.rows)
    return next((row for row in rows if row.top <= middle <= row.top + row.height), None)
