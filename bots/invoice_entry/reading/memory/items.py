"""Where a vendor's items stand: below which heading, and how far across their amounts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from ..amounts import Amount, amounts_in, decimal_mark
from ..invoice import InvoiceLine
from ..labels import fold
from ..lines import closing_column, find_table, is_heading, items
from ..words import Page, Row

_ALIGNED = 0.01
"""How far, in page widths, an amount's edge may move down its column."""


@dataclass(frozen=True)
class ItemTable:
    """The words of the heading, and where across the page the amounts end, as a share of its width.
    Without words the vendor lists no items."""

    heading: str
    right: float


NO_ITEMS = ItemTable("", 0.0)


@dataclass(frozen=True)
class _At:
    """An amount on a page: the index of its row among all rows, and its right edge."""

    row: int
    amount: Amount
    right: float


def same_table(one: ItemTable, other: ItemTable) -> bool:
    """Whether both have the same heading, and the amounts below it in the same column."""
    return (
        _wording(one.heading) == _wording(other.heading)
        and abs(one.right - other.right) <= _ALIGNED
    )


def table_of(pages: Sequence[Page], lines: Sequence[InvoiceLine]) -> ItemTable | None:
    """Where the confirmed items stand; None when that cannot be told: they stand in no one column,
    or none was confirmed although a table is there, which more likely nobody cared to type."""
    if not lines:
        return None if any(map(is_heading, _rows(pages))) else NO_ITEMS
    wanted = _amounts_of(lines)
    columns = (_run(column, wanted) for column in _columns(pages)) if wanted else iter(())
    return next((found for run in columns if run and (found := _headed(pages, run))), None)


def read_items(
    pages: Sequence[Page], known: ItemTable, net: Decimal | None
) -> Sequence[InvoiceLine] | None:
    """The items below the remembered heading, when they add up in the remembered column; None
    otherwise. None are listed by a vendor who never does, unless here is the heading of items."""
    if known == NO_ITEMS:
        return None if any(map(is_heading, _rows(pages))) else ()
    table = find_table(pages, _mark(pages), lambda row: _is_same(row, known))
    amounts = closing_column(table, net) if table and table.numbers else ()
    edges = [one.right / pages[0].width for one in amounts]
    if table is None or not edges or any(abs(edge - known.right) > _ALIGNED for edge in edges):
        return None
    return items(table, amounts)


def _amounts_of(lines: Sequence[InvoiceLine]) -> list[Decimal]:
    """Of every line; nothing when one is no number."""
    try:
        return [Decimal(line.amount) for line in lines]
    except InvalidOperation:
        return []


def _columns(pages: Sequence[Page]) -> Iterator[list[_At]]:
    """The amounts of all pages that end equally far across, from the right: where the line's
    amount stands."""
    mark, at = _mark(pages), 0
    found: list[_At] = []
    for page in pages:
        for row in page.rows:
            found += (_At(at, *each) for each in _amounts(row, page, mark))
            at += 1
    edges = sorted({each.right for each in found}, reverse=True)
    starts = [edge for before, edge in pairwise([2.0, *edges]) if before - edge > _ALIGNED / 2]
    for start in starts:
        yield [each for each in found if 0 <= start - each.right <= _ALIGNED]


def _amounts(row: Row, page: Page, mark: str | None) -> Iterator[tuple[Amount, float]]:
    for cell in row.cells:
        for amount in amounts_in(cell.text, mark):
            yield amount, cell.box_between(amount.start, amount.end)[2] / page.width


def _run(column: Sequence[_At], wanted: Sequence[Decimal]) -> list[_At]:
    """The amounts of a column that are the wanted ones, one after the other; empty when they are
    not, or could be in several ways."""
    size = len(wanted)
    runs = [column[at : at + size] for at in range(len(column) - size + 1)]
    same = [run for run in runs if [each.amount.value for each in run] == list(wanted)]
    return list(same[0]) if same else []


def _headed(pages: Sequence[Page], run: Sequence[_At]) -> ItemTable | None:
    """The table by the nearest row above the first amount that could be its heading: several cells
    without a number."""
    above = reversed(_rows(pages)[: run[0].row])
    headings = (row for row in above if len(row.cells) > 1 and not _has_digits(row))
    heading = next(headings, None)
    if heading is None:
        return None
    return ItemTable(" ".join(heading.text.split()), round(run[0].right, 4))


def _has_digits(row: Row) -> bool:
    return any(char.isdigit() for char in row.text)


def _is_same(row: Row, known: ItemTable) -> bool:
    return _wording(row.text) == _wording(known.heading)


def _wording(text: str) -> str:
    return fold(text)[0]


def _rows(pages: Sequence[Page]) -> list[Row]:
    return [row for page in pages for row in page.rows]


def _mark(pages: Sequence[Page]) -> str | None:
    return decimal_mark("\n".join(page.text for page in pages))
