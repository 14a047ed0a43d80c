"""The lines of an e-invoice (EN 16931, BG-25)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..amounts import money
from ..invoice import InvoiceLine
from .business_terms import Terms, amount, groups, text, total

_STATUS = "EXT-FR-FE-163"


def counted_lines(terms: Terms) -> Sequence[Terms]:
    """The lines that add up; sub-lines explain a line, and their amounts are in it already."""
    return [line for line in groups(terms, "BG-25") if text(line, _STATUS) in ("", "DETAIL")]


def lines_of(terms: Terms) -> Iterator[InvoiceLine]:
    """The lines that have an amount."""
    for line in counted_lines(terms):
        if amount(line, "BT-131") is not None:
            yield InvoiceLine(
                description=text(line, "BT-153"),
                quantity=_printed(amount(line, "BT-129")),
                unit=text(line, "BT-130"),
                unit_price=_printed(_price(line)),
                amount=_printed(amount(line, "BT-131")),
                discount=_printed(total(groups(line, "BG-27"), "amount") or None),
                tax_rate=_rate(line),
            )


def _price(line: Terms) -> Decimal | None:
    """The price of one unit; an e-invoice may give that of a hundred (BT-149)."""
    price, per = amount(line, "BT-146"), amount(line, "BT-149")
    return price / per if price is not None and per else price


def _rate(line: Terms) -> str:
    rate = amount(line, "BT-152")
    return "" if rate is None else f"{rate.normalize():f}"


def _printed(value: Decimal | None) -> str:
    return "" if value is None else money(value)
