"""The item table as it is printed: its heading, the rows below it, the numbers in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from ..amounts import Amount, amounts_in
from ..words import Cell, Page, Row
from .heading import Column, columns_of, is_heading

_CARRIED = re.compile(
    r"übertrag|carried forward|brought forward|à reporter|report\b|riporto|a riportare"
    r"|suma y sigue|suma anterior|transport\b|do przeniesienia|z przeniesienia|承前页|转下页",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Printed:
    """A number in the row `row` of the table, with the edges of its words."""

    row: int
    cell: Cell
    amount: Amount
    left: float
    right: float

    @property
    def edges(self) -> tuple[float, float, float]:
        return self.left, self.right, (self.left + self.right) / 2


@dataclass(frozen=True)
class Table:
    """The rows from below the first heading to the end of the document, and its columns."""

    rows: Sequence[Row]
    columns: Sequence[Column]
    numbers: Sequence[Printed]

    def numbers_of(self, row: int) -> Sequence[Printed]:
        return self._by_row.get(row, ())

    @cached_property
    def _by_row(self) -> dict[int, list[Printed]]:
        return {at: list(found) for at, found in groupby(self.numbers, lambda number: number.row)}


def find_table(
    pages: Sequence[Page], mark: str | None, heads: Callable[[Row], bool] = is_heading
) -> Table | None:
    """The first item table, below the first row that `heads` one; the heading repeated on the next
    page and carried sums are left out."""
    rows: list[Row] = []
    columns: list[Column] | None = None
    for page in pages:
        for at, row in enumerate(page.rows):
            if heads(row):
                columns = columns or columns_of(page.rows, at)
            elif columns is not None and not _CARRIED.search(row.text):
                rows.append(row)
    if columns is None:
        return None
    numbers = [number for at, row in enumerate(rows) for number in _numbers(at, row, mark)]
    return Table(rows, columns, numbers)


def without_heading(pages: Sequence[Page], mark: str | None) -> Table:
    """All the rows, and of their numbers the amounts, in pages whose items have no heading."""
    rows = [row for page in pages for row in page.rows if not _CARRIED.search(row.text)]
    numbers = [number for at, row in enumerate(rows) for number in _numbers(at, row, mark)]
    return Table(rows, (), [number for number in numbers if number.amount.has_cents])


def _numbers(at: int, row: Row, mark: str | None) -> Iterator[Printed]:
    for cell in row.cells:
        for amount in amounts_in(cell.text, mark):
            box = cell.box_between(amount.start, amount.end)
            yield Printed(at, cell, amount, box[0], box[2])
