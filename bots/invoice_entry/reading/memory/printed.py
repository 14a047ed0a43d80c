"""Everything on the pages that could be the value of a field, with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..amounts import amounts_in, decimal_mark, money
from ..dates import dates_in
from ..invoice import AMOUNTS, Box
from ..words import Cell, Page
from .formats import UNTOLD, Formats
from .place import Place, place_of

PLACED = (
    "number", "issue_date", "due_date", "delivery_date", "net", "tax", "gross", "po_number",
    "seller",
)  # fmt: skip
"""The fields whose place is remembered."""
_TOKEN = re.compile(r"(?=[^\s:]*\d)[^\W_][\w./\-]*\w|\d")
_WITH_PREFIX = re.compile(r"[A-Z]{1,5}\s(?=\S*\d)[^\W_][\w./\-]*\w")


@dataclass(frozen=True)
class Printed:
    """A value as the contract writes it, at the characters [start, end) of a cell."""

    value: str
    page: Page
    row: int
    cell: Cell
    start: int
    end: int

    @property
    def box(self) -> Box:
        return self.cell.box_between(self.start, self.end)

    @cached_property
    def place(self) -> Place:
        return place_of(self.page, self.row, self.cell, self.start, self.end)

    @property
    def text(self) -> str:
        return self.cell.text[self.start : self.end]


Found = tuple[str, int, int]


@dataclass(frozen=True)
class Print:
    """The pages, read for values of every kind, as this vendor is known to write. Where it is not
    known whether numeric dates begin with the day, both readings count."""

    pages: Sequence[Page]
    formats: Formats = UNTOLD

    def values(self, field: str) -> Sequence[Printed]:
        """What could be the amount, date or number `field`, in reading order."""
        if field in AMOUNTS:
            return self._amounts
        return self._dates if field.endswith("_date") else self._numbers

    def text(self, value: str) -> list[Printed]:
        """Where these whole words stand, in capital letters or not."""
        words = r"\s+".join(re.escape(word) for word in value.split())
        pattern = re.compile(rf"(?<!\w){words}(?!\w)", re.IGNORECASE)
        return [
            Printed(value, page, row, cell, match.start(), match.end())
            for page, row, cell in self._cells()
            for match in pattern.finditer(cell.text)
        ]

    @cached_property
    def _amounts(self) -> Sequence[Printed]:
        mark = decimal_mark("\n".join(page.text for page in self.pages))
        mark = mark or self.formats.decimal_mark
        return self._each(
            lambda text: ((money(x.value), x.start, x.end) for x in amounts_in(text, mark))
        )

    @cached_property
    def _dates(self) -> Sequence[Printed]:
        return self._each(self._dates_of)

    @cached_property
    def _numbers(self) -> Sequence[Printed]:
        return self._each(_numbers_of)

    def _dates_of(self, text: str) -> Iterator[Found]:
        for date in dates_in(text):
            if date.value is None:
                continue
            if not date.ambiguous or self.formats.day_first is not False:
                yield date.value.isoformat(), date.start, date.end
            if date.ambiguous and self.formats.day_first is not True:
                swapped = date.value.replace(month=date.value.day, day=date.value.month)
                yield swapped.isoformat(), date.start, date.end

    def _each(self, read: Callable[[str], Iterator[Found]]) -> Sequence[Printed]:
        return [
            Printed(value, page, row, cell, start, end)
            for page, row, cell in self._cells()
            for value, start, end in read(cell.text)
        ]

    def _cells(self) -> Iterator[tuple[Page, int, Cell]]:
        for page in self.pages:
            for row, line in enumerate(page.rows):
                for cell in line.cells:
                    yield page, row, cell


def _numbers_of(text: str) -> Iterator[Found]:
    for pattern in (_TOKEN, _WITH_PREFIX):
        for match in pattern.finditer(text):
            yield match.group(), match.start(), match.end()
