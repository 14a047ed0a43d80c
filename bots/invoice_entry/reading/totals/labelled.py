"""The amounts at the labels of sums: beside them, under them, at the end of their columns."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from ..amounts import Amount, amounts_in, glued
from ..invoice import AMOUNTS, Box
from ..labels import labels_in
from ..places import Labelled
from ..wording import say
from ..words import Cell, Page, Row
from .candidate import Candidate
from .exemption import says_no_tax
from .rates import rates_in

_COLUMN_ROWS = 12
_NOT_A_SUM = 0.7
# So many digits without cents are the number of a taxpayer.
_REGISTRATION = 10_000_000
# `Total 119,00 (incl. 19,00 VAT)`: what the sum holds is not the sum.
_HOLDS = re.compile(
    r"\(?\b(?:inkl|incl|includ|dont\b|davon|enthält|di cui|waarvan|w tym|iva incluid)",
    re.IGNORECASE,
)


def candidates(page: Page, labels: Sequence[Labelled], mark: str | None) -> Iterator[Candidate]:
    """What the labels of this page claim for net, tax and gross."""
    for label in labels:
        if label.label.field in AMOUNTS and _speaks_of_totals(label):
            yield from _candidates(page, label, mark)
    for row in page.rows:
        for cell in row.cells:
            yield from _held(page.number, cell, mark)


def _held(page: int, cell: Cell, mark: str | None) -> Iterator[Candidate]:
    """The tax in `119,00 (incl. 19,00 VAT)`."""
    holds = _HOLDS.search(cell.text)
    if holds is None or not any(map(str.isdigit, cell.text[: holds.start()])):
        return
    behind = [x for x in amounts_in(cell.text, mark) if x.has_cents and x.start >= holds.end() - 1]
    taxes = [x for x in labels_in(cell.text) if x.field == "tax" and x.start >= holds.end() - 1]
    if len(behind) == 1 and taxes:
        box = cell.box_between(behind[0].start, behind[0].end)
        yield Candidate("tax", behind[0].value, page, box, taxes[0].strength, say("tax.held"))


def _speaks_of_totals(label: Labelled) -> bool:
    # Within a sentence, tax is a topic; a sum is a sum wherever it is named.
    return label.leads or (not label.follows and label.label.field != "tax")


def _candidates(page: Page, label: Labelled, mark: str | None) -> Iterator[Candidate]:
    strength = label.label.strength * (1.0 if label.leads else 0.7)
    if label.label.field == "tax" and (says_no_tax(label.cell.text) or _registers(label, mark)):
        return
    beside = _beside(page.rows[label.row], label, mark)
    for amount, box in beside:
        reason = say("label.right", label=label.wording)
        yield Candidate(label.label.field, amount, page.number, box, strength, reason, label.leads)
    for amount, box in _earlier(page.rows[label.row], label, mark) if beside else ():
        # Another currency, or another rate: where all of them add up too, which is meant?
        reason = say("label.earlier", label=label.wording)
        role = label.label.field
        yield Candidate(role, amount, page.number, box, strength * 0.97, reason, leads=False)
    if beside:
        return
    if under := _in_strip(page, label, mark):
        reason = say("label.below", label=label.wording)
        role = label.label.field
        yield Candidate(role, under[0], page.number, under[1], strength * 0.9, reason, label.leads)
    elif below := _end_of_column(page, label, mark):
        reason = say("column.end", label=label.wording)
        at, strength = (page.number, below[1]), strength * 0.85 * below[2]
        yield Candidate(label.label.field, below[0], *at, strength, reason, False, "table")


def _registers(label: Labelled, mark: str | None) -> bool:
    """Whether the number of a taxpayer stands behind the label."""
    behind = amounts_in(label.after, mark)
    return any(not x.has_cents and x.value >= _REGISTRATION for x in behind)


def _beside(row: Row, label: Labelled, mark: str | None) -> list[tuple[Decimal, Box]]:
    """The last amount right of the label, before another label begins; two if overprinted."""
    last: list[tuple[Decimal, Box]] = []
    start = label.label.end
    for cell in row.cells:
        if cell is label.cell:
            text = cell.text[: start + len(label.after)]
        elif cell.box[0] > label.cell.box[2]:
            text, start = cell.text, 0
            last = [
                (value, cell.box) for word in cell.words for value in glued(word.text, mark)
            ] or last
        else:
            continue
        behind = [amount for amount in amounts_in(text, mark) if amount.start >= start - 1]
        amounts = _with_cents_first(_before_what_it_holds(text, behind))
        if amounts:
            last = [(amounts[-1].value, cell.box_between(amounts[-1].start, amounts[-1].end))]
        elif cell is not label.cell and _is_words(cell):
            break
    return last


def _before_what_it_holds(text: str, amounts: Sequence[Amount]) -> Sequence[Amount]:
    holds = _HOLDS.search(text)
    return [x for x in amounts if holds is None or x.start < holds.start()] or amounts


def _earlier(row: Row, label: Labelled, mark: str | None) -> list[tuple[Decimal, Box]]:
    """The amounts behind the label, in its cell and those right of it, before the last one."""
    found = [
        (amount.value, cell.box)
        for cell in row.cells
        if cell is label.cell or cell.box[0] > label.cell.box[2]
        for amount in amounts_in(cell.text, mark)
        if amount.has_cents and (cell is not label.cell or amount.start >= label.label.end)
    ]
    return found[:-1]


def _with_cents_first(amounts: Sequence[Amount]) -> Sequence[Amount]:
    return [amount for amount in amounts if amount.has_cents] or amounts


def _is_words(cell: Cell) -> bool:
    return sum(char.isalpha() for char in cell.text) > 6


def _in_strip(page: Page, label: Labelled, mark: str | None) -> tuple[Decimal, Box] | None:
    """The amount in the like cell of the next row, where a row of headings stands above as many
    values, whichever way each is aligned; a longer table goes on below."""
    heads = page.rows[label.row].cells
    below = page.rows[label.row + 1 : label.row + 3]
    if len(heads) < 3 or not below or len(below[0].cells) != len(heads):
        return None
    if below[0].top - page.rows[label.row].top > 2.5 * below[0].height:
        return None
    if len(below) > 1 and len(below[1].cells) == len(heads):
        return None
    cell = below[0].cells[heads.index(label.cell)]
    amounts = [amount for amount in amounts_in(cell.text, mark) if amount.has_cents]
    if len(amounts) != 1:
        return None
    return amounts[0].value, cell.box_between(amounts[0].start, amounts[0].end)


def _end_of_column(
    page: Page, label: Labelled, mark: str | None
) -> tuple[Decimal, Box, float] | None:
    """The amount at the end of the label's column, or, where each row is that of a tax rate and the
    last is not their sum, all of them together; last, how sure that is."""
    column = list(_column(page, label, mark))
    if not column:
        return None
    values = [value for _, value, _ in column]
    last, box = column[-1][1:]
    if len(values) == 1 or last == sum(values[:-1]):
        return last, box, 1.0
    if all(rates_in(row.text) for row, _, _ in column):
        return sum(values, Decimal(0)), box, 1.0
    return last, box, _NOT_A_SUM


def _column(page: Page, label: Labelled, mark: str | None) -> Iterator[tuple[Row, Decimal, Box]]:
    """The amounts under the label, one of each row."""
    left, _, right, bottom = label.cell.box_between(label.label.start, label.label.end)
    for row in page.rows[label.row + 1 : label.row + 1 + _COLUMN_ROWS]:
        if row.top - bottom > 2.5 * row.height:
            return
        bottom = row.top + row.height
        under = None
        for cell in row.cells:
            for amount in amounts_in(cell.text, mark):
                box = cell.box_between(amount.start, amount.end)
                if amount.has_cents and box[0] < right + 5 and box[2] > left - 5:
                    under = (row, amount.value, box)
        if under:
            yield under
