"""Which column of numbers adds up to a sum that the invoice prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate, takewhile

from ..invoice import AMOUNTS
from ..labels import labels_in
from ..words import Cell
from .heading import is_other_heading
from .item import is_reduction
from .table import Printed, Table

_ALIGNED = 4.0
_ROUNDING = Decimal("0.02")
_ROWS_ABOVE = 4
_STEPS = 6
_NET = 2
_WORD = 4
_SUMS = {"net", "gross"}


def closing_column(
    table: Table, net: Decimal | None, *, only_net: bool = False
) -> Sequence[Printed]:
    """The amounts of the items: the run of rows built alike, nearest to the heading, that adds up
    down one aligned column to the net amount or, unless `only_net`, to a sum printed below it;
    empty when none does.
    """
    ends = [at for at in range(len(table.rows)) if _may_end(table, at)]
    columns = _aligned(table.numbers)
    runs = [run for column in columns if (run := _run(table, ends, column, net))]
    runs = [run for run in runs if run[0] == _NET or not only_net]
    if not runs:
        return ()
    return max(runs, key=lambda run: (-run[1][0].row, run[0], len(run[1]), run[1][0].right))[1]


def below_sums(table: Table) -> Table | None:
    """What stands below the last sum, where a summary comes before its details; None if nothing."""
    last = max((at for at in range(len(table.rows)) if _sum_of(table, at)), default=-1)
    numbers = [n for n in table.numbers if n.row > last]
    return Table(table.rows, table.columns, numbers) if last >= 0 and numbers else None


def holds_sums_alone(table: Table) -> bool:
    """Whether every amount stands in a row that opens with the label of a sum, of a reduction or of
    another fact, so that none is an item's."""
    rows = {number.row for number in table.numbers}
    return bool(rows) and all(_opens_with_label(table, row) for row in rows)


def _opens_with_label(table: Table, row: int) -> bool:
    first = next(labels_in(table.rows[row].text), None)
    return first is not None and first.start == 0


def _aligned(numbers: Sequence[Printed]) -> Iterator[list[Printed]]:
    for edge in range(3):
        column: list[Printed] = []
        for number in sorted(numbers, key=lambda number: number.edges[edge]):
            if column and number.edges[edge] - column[0].edges[edge] > _ALIGNED:
                yield column
                column = []
            column.append(number)
        yield column


def _run(
    table: Table, ends: Sequence[int], column: Sequence[Printed], net: Decimal | None
) -> tuple[int, Sequence[Printed]] | None:
    first = min(column, key=lambda number: number.row)
    numbers = [n for n in column if n.amount.has_cents == first.amount.has_cents]
    numbers.sort(key=lambda number: number.row)
    top = table.numbers[0]
    if _end(table, ends, top) < first.row or _is_named_sum(table, first):
        return None
    end = min(_end(table, ends, first), _total_row(table, numbers))
    items = list(takewhile(lambda number: number.row < end, numbers))
    # `Montant HT` heads a sum that stands alone; over what is sold it heads the items' amounts.
    if len(items) == 1 and _is_labelled(table, first) and not _is_described(table, first):
        return None
    sums = list(accumulate(number.amount.value for number in items))
    needed = _rows_like(table, first, end)
    for count in range(len(items), 0, -1):
        if not needed <= {number.row for number in items[:count]}:
            break
        if rank := _rank(table, sums[count - 1], items[count - 1], net):
            return rank, items[:count]
    return None


def _total_row(table: Table, column: Sequence[Printed]) -> int:
    """The row, built like an item, that calls itself a sum and is the sum of those before it."""
    sums = accumulate(number.amount.value for number in column)
    totals = (
        number.row
        for number, before in zip(column[1:], sums, strict=False)
        if number.amount.value == before and _sum_of(table, number.row)
    )
    return next(totals, len(table.rows))


def _rows_like(table: Table, first: Printed, end: int) -> set[int]:
    """The rows built as the first item, amount and all: half a table misleads, so each counts."""
    return {
        number.row
        for number in table.numbers
        if first.row <= number.row < end
        and number.amount.has_cents == first.amount.has_cents
        and _is_aligned(number, first)
        and _alike(table, first, number.row)
    }


def _end(table: Table, ends: Sequence[int], first: Printed) -> int:
    """The row that ends the items after `first`; that after the last when none does."""
    below = (at for at in ends if at > first.row and not _alike(table, first, at))
    return next(below, len(table.rows))


def _may_end(table: Table, at: int) -> bool:
    """Whether the row is a sum or the heading of another table."""
    return bool(_sum_of(table, at)) or _heads_sums(table, at) or is_other_heading(table.rows[at])


def _heads_sums(table: Table, at: int) -> bool:
    """Whether the row names several sums, which then stand below their names."""
    named = {x.field for cell in table.rows[at].cells for x in labels_in(cell.text)}
    return len(named & set(AMOUNTS)) > 1 and not table.numbers_of(at)


def _sum_of(table: Table, at: int) -> set[str]:
    """The amounts whose label stands before the first number of the row."""
    numbers = [(number.left, number.amount.start) for number in table.numbers_of(at)]
    return {
        label.field
        for cell in table.rows[at].cells
        for label in labels_in(cell.text)
        if label.field in AMOUNTS and numbers and (cell.box[0], label.start) < min(numbers)
    }


def _alike(table: Table, first: Printed, row: int) -> bool:
    """Whether the row's numbers stand where the first item's do, or are as many beside a like
    amount, as in columns that are centred."""
    model, numbers = table.numbers_of(first.row), table.numbers_of(row)
    shared = [one for one in numbers if any(_is_aligned(one, other) for other in model)]
    as_many = len(numbers) == len(model) > 2 and any(_is_aligned(n, first) for n in numbers)
    return len(shared) > 1 or as_many


def _is_aligned(one: Printed, other: Printed) -> bool:
    return any(abs(a - b) <= _ALIGNED for a, b in zip(one.edges, other.edges, strict=True))


def _rank(table: Table, total: Decimal, last: Printed, net: Decimal | None) -> int:
    """`_NET` for the net amount, 1 for another sum printed below the last item, or one that becomes
    the net amount by the discounts and charges printed below it; 0 for none."""
    if not total or total != round(total, 2):
        return 0
    if net is not None and _same(total, net):
        return _NET
    below = (n for n in table.numbers if n.row > last.row and _same(n.amount.value, total))
    is_sum = any(_is_labelled(table, number) for number in below)
    return int(is_sum or (net is not None and _leads_to(table, total, last, net)))


def _leads_to(table: Table, total: Decimal, last: Printed, net: Decimal) -> bool:
    """Whether the last numbers of the next rows, taken one after another, make the net amount of
    the total, which may be printed once more before them."""
    running, above = total, table.rows[last.row].top
    for row in range(last.row + 1, min(last.row + 1 + _STEPS, len(table.rows))):
        numbers = [n for n in table.numbers_of(row) if n.right >= last.left]
        if not numbers or table.rows[row].top < above:
            continue
        value = numbers[-1].amount.value
        if running == total and _same(value, total):
            continue
        if _same(value, net):
            return running == net and running != total
        running += -abs(value) if is_reduction(table.rows[row].text) else value
    return False


def _is_labelled(table: Table, number: Printed) -> bool:
    """Whether the number is a net or gross sum, by a label before it or a heading above it."""
    if _is_named_sum(table, number):
        return True
    above = table.rows[max(number.row - _ROWS_ABOVE, 0) : number.row]
    headings = (cell for row in above for cell in row.cells if _is_above(cell, number))
    return any(label.field in _SUMS for cell in headings for label in labels_in(cell.text))


def _is_described(table: Table, number: Printed) -> bool:
    """Whether words stand left of the number that name no fact: what was sold."""
    return any(
        cell.box[0] < number.left and not any(labels_in(cell.text)) and _letters(cell) >= _WORD
        for cell in table.rows[number.row].cells
    )


def _letters(cell: Cell) -> int:
    return sum(map(str.isalpha, cell.text))


def _is_named_sum(table: Table, number: Printed) -> bool:
    """Whether the row of the number opens with the label of a net or gross sum."""
    return bool(_sum_of(table, number.row) & _SUMS)


def _is_above(cell: Cell, number: Printed) -> bool:
    left, _, right, _ = cell.box
    return cell.page == number.cell.page and left < number.right and right > number.left


def _same(one: Decimal, other: Decimal) -> bool:
    # The sign of a credit note is a matter of house style.
    return abs(abs(one) - abs(other)) <= _ROUNDING
