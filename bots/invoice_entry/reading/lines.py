"""The item table: rows under its heading, kept when their own arithmetic holds."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import permutations

from .amounts import Amount, amounts_in, decimal_mark, money
from .invoice import AMOUNTS, Doubt, Field, InvoiceLine
from .labels import labels_in
from .words import Page, Row

_HEADING = (
    r"beschreibung|bezeichnung|artikel|produkt|leistung|description|item|product|désignation"
    r"|designation|libellé|descripción|concepto|descrizione|omschrijving|nazwa|名称|品名|项目|描述"
)
_AMOUNT_HEADING = (
    r"betrag|summe|gesamt|amount|total|montant|importe|importo|bedrag|wartość|金额|合计|entgelt"
)
_TABLE = re.compile(rf"(?=.*(?:{_HEADING}))(?=.*(?:{_AMOUNT_HEADING}))", re.IGNORECASE)
_UNIT = re.compile(r"^\s?([A-Za-zäöü²³.一-鿿]{1,12})")
_ROUNDING = Decimal("0.02")


def read_lines(
    pages: Sequence[Page], fields: Mapping[str, Field]
) -> tuple[Sequence[InvoiceLine], list[Doubt]]:
    """The rows of the item table; a doubt when all of them were read and do not give the net."""
    mark = decimal_mark("\n".join(page.text for page in pages))
    rows = [row for page in pages for row in _table(page, mark)]
    lines = [line for row in rows if (line := _line(row, mark))]
    if "net" not in fields or not lines:
        return lines, []
    total = sum((Decimal(line.amount) for line in lines), Decimal(0))
    net = Decimal(fields["net"].value)
    if abs(total - net) <= _ROUNDING or _printed(total, pages, mark):
        return lines, []
    if len(lines) < len(rows):
        # Some rows could not be read, so the sum says nothing, and half a table misleads.
        return [], []
    message = f"The lines add up to {money(total)}, but the net amount reads {money(net)}."
    return lines, [Doubt("net", "arithmetic.lines", message)]


def _table(page: Page, mark: str | None) -> Iterator[Row]:
    """The rows below a table's heading that end in an amount, down to the first total."""
    inside = False
    for row in page.rows:
        if _TABLE.match(row.text):
            inside = True
        elif inside and (label := next(labels_in(row.text), None)) and label.field in AMOUNTS:
            return
        elif inside and len(list(amounts_in(row.text, mark))) > 1:
            yield row


def _line(row: Row, mark: str | None) -> InvoiceLine | None:
    amounts = list(amounts_in(row.text, mark))
    amount = amounts[-1]
    if len(amounts) < 3 or not amount.has_cents:
        return None
    for price, quantity in permutations(reversed(amounts[:-1]), 2):
        if abs(quantity.value * price.value - amount.value) <= _ROUNDING:
            return _as_line(row.text, quantity, price, amount)
    return None


def _as_line(text: str, quantity: Amount, price: Amount, amount: Amount) -> InvoiceLine:
    unit = _UNIT.match(text[quantity.end :])
    first = min(quantity.start, price.start)
    description = re.sub(r"^\s*\d+[.)]?\s+", "", text[:first]).strip()
    if not description:
        description = text[quantity.end : price.start].strip()
    return InvoiceLine(
        " ".join(description.split()),
        money(quantity.value),
        unit.group(1) if unit else "",
        money(price.value),
        money(amount.value),
    )


def _printed(total: Decimal, pages: Sequence[Page], mark: str | None) -> bool:
    """Whether the sum of the lines is itself printed, as where a discount follows it."""
    tail = [row for page in pages for row in page.rows if not _TABLE.match(row.text)]
    return any(
        amount.value == total
        for row in tail
        if len(found := list(amounts_in(row.text, mark))) == 1
        for amount in found
    )
