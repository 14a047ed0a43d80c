"""One item: what stands beside and below its amount."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import permutations

from ..amounts import money
from ..invoice import InvoiceLine
from ..words import Cell
from .table import Printed, Table

_ROUNDING = Decimal("0.02")
_UNIT = re.compile(r"^\s?([A-Za-zäöü²³.一-鿿]{1,12})")
_PERCENT = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?)\s?%")
_POSITION = re.compile(r"^\s*\d+[.)]?\s+")
_REDUCTION = re.compile(
    r"abzgl|abzüglich|allowance|abschlag|rabatt|nachlass|discount|remise|descuento|sconto|korting|rabat|折扣",
    re.IGNORECASE,
)


def items(table: Table, amounts: Sequence[Printed]) -> list[InvoiceLine]:
    """An item per amount; a reduction printed below its item is taken off that item."""
    lines: list[InvoiceLine] = []
    for at, amount in enumerate(amounts):
        if lines and _is_reduction(table, amount):
            lines[-1] = _reduced(lines[-1], amount.amount.value)
        else:
            end = amounts[at + 1].row if at + 1 < len(amounts) else amount.row + 4
            lines.append(_item(table, amount, end))
    return lines


def _is_reduction(table: Table, amount: Printed) -> bool:
    alone = len(table.numbers_of(amount.row)) == 1 and amount.amount.value < 0
    return alone and is_reduction(table.rows[amount.row].text)


def is_reduction(text: str) -> bool:
    """Whether the row takes something off."""
    return bool(_REDUCTION.search(text))


def _reduced(line: InvoiceLine, reduction: Decimal) -> InvoiceLine:
    amount = Decimal(line.amount) + reduction
    return replace(line, discount=money(-reduction), amount=money(amount))


def _item(table: Table, amount: Printed, end: int) -> InvoiceLine:
    beside = [number for number in table.numbers_of(amount.row) if number is not amount]
    quantity, price = _quantity_and_price(table, beside, amount)
    return InvoiceLine(
        description=_description(table, amount, quantity, end),
        quantity=money(quantity.amount.value) if quantity else "",
        unit=_unit(table, amount, quantity),
        unit_price=money(price.amount.value) if price else "",
        amount=money(amount.amount.value),
        tax_rate=_percent(table, amount, "tax_rate"),
    )


def _quantity_and_price(
    table: Table, beside: Sequence[Printed], amount: Printed
) -> tuple[Printed | None, Printed | None]:
    """The two that multiply to the amount, the headings deciding which is which; else what the
    headings say, for a price may be per hundred or before a discount."""
    quantity, price = _under(table, beside, "quantity"), _under(table, beside, "price")
    fitting = [pair for pair in permutations(beside, 2) if _gives(*pair, amount)]
    if fitting:
        # Without a heading, the one with cents is the price.
        return max(fitting, key=lambda p: (p[0] is quantity, p[1] is price, p[1].amount.has_cents))
    return (quantity if quantity is not price else None), price


def _gives(quantity: Printed, price: Printed, amount: Printed) -> bool:
    product = quantity.amount.value * price.amount.value
    return abs(product - amount.amount.value) <= _ROUNDING


def _under(table: Table, numbers: Sequence[Printed], kind: str) -> Printed | None:
    headed = [(_overlap(table, n.left, n.right, kind), n) for n in numbers]
    near = [(overlap, number) for overlap, number in headed if overlap > 0]
    return max(near, key=lambda pair: pair[0])[1] if near else None


def _overlap(table: Table, left: float, right: float, kind: str) -> float:
    shared = [column.overlap(left, right) for column in table.columns if column.kind == kind]
    return max(shared, default=float("-inf"))


def _unit(table: Table, amount: Printed, quantity: Printed | None) -> str:
    if quantity and (beside := _UNIT.match(quantity.cell.text[quantity.amount.end :])):
        return beside.group(1)
    for cell in table.rows[amount.row].cells:
        word = _UNIT.fullmatch(cell.text)
        if word and _overlap(table, cell.box[0], cell.box[2], "unit") > 0:
            return word.group(1)
    return ""


def _percent(table: Table, amount: Printed, kind: str) -> str:
    for cell in table.rows[amount.row].cells:
        percent = _PERCENT.search(cell.text)
        if percent and _overlap(table, cell.box[0], cell.box[2], kind) > 0:
            return percent.group(1).replace(",", ".")
    return ""


def _description(table: Table, amount: Printed, quantity: Printed | None, end: int) -> str:
    """The words under the heading of the item, with the lines that go on below."""
    cells = [cell for cell in table.rows[amount.row].cells if _has_words(cell)]
    if not cells:
        return _below(table, amount.row, end, None)
    first = max(cells, key=lambda cell: (_heads(table, cell), len(cell.text)))
    text = first.text
    if quantity and quantity.cell is first:
        text = text[: quantity.amount.start] or text[quantity.amount.end :]
    more = _below(table, amount.row, end, first)
    return " ".join(f"{_POSITION.sub('', text)} {more}".split())


def _heads(table: Table, cell: Cell) -> bool:
    return _overlap(table, cell.box[0], cell.box[2], "description") > 0


def _has_words(cell: Cell) -> bool:
    return sum(char.isalpha() for char in cell.text) > 1


def _below(table: Table, row: int, end: int, first: Cell | None) -> str:
    """The text set directly under the description, without a gap and without numbers."""
    words: list[str] = []
    last = table.rows[row]
    for number in range(row + 1, min(end, len(table.rows))):
        below = table.rows[number]
        gap = below.top - last.top
        if not 0 < gap < 1.6 * last.height or len(below.cells) != 1:
            break
        cell = below.cells[0]
        if (first is not None and abs(cell.box[0] - first.box[0]) > 2) or table.numbers_of(number):
            break
        words.append(cell.text)
        last = below
    return " ".join(words)
