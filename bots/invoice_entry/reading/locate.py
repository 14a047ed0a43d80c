"""Find a known value on the page, so that XML can be checked against what people see."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from .amounts import amounts_in, glued
from .dates import dates_in
from .invoice import AMOUNTS, Box
from .labels import fold
from .words import Cell, Page

Place = tuple[int, Box | None]


def locate(pages: Sequence[Page], field: str, value: str, mark: str | None) -> Place | None:
    """Page and box where `value` is printed; None when no page shows it."""
    for page in pages:
        for row in page.rows:
            for cell in row.cells:
                for start, end in _in_cell(cell, field, value, mark):
                    return page.number, cell.box_between(start, end)
    if field in AMOUNTS or field.endswith("_date"):
        return None
    return _across_cells(pages, value)


def _in_cell(cell: Cell, field: str, value: str, mark: str | None) -> Iterator[tuple[int, int]]:
    if field in AMOUNTS:
        yield from _amount(cell, Decimal(value), mark)
    elif field.endswith("_date"):
        for date in dates_in(cell.text):
            if date.value and date.value.isoformat() == value:
                yield date.start, date.end
    else:
        yield from _text(cell.text, value)


def _amount(cell: Cell, value: Decimal, mark: str | None) -> Iterator[tuple[int, int]]:
    # Credit notes print a minus where the XML has none, or the other way round.
    for amount in amounts_in(cell.text, mark):
        if abs(amount.value) == abs(value):
            yield amount.start, amount.end
    if any(abs(value) == abs(part) for word in cell.words for part in glued(word.text, mark)):
        yield 0, len(cell.text)


def _text(text: str, value: str) -> Iterator[tuple[int, int]]:
    folded, places = fold(text)
    wanted = fold(value)[0]
    at = folded.find(wanted) if wanted else -1
    while at >= 0:
        start, end = places[at], places[at + len(wanted) - 1] + 1
        if not _inside_word(text, start, end):
            yield start, end
        at = folded.find(wanted, at + 1)


def _inside_word(text: str, start: int, end: int) -> bool:
    return text[start - 1 : start].isdigit() or text[end : end + 1].isdigit()


def _across_cells(pages: Sequence[Page], value: str) -> Place | None:
    wanted = fold(value)[0]
    for page in pages:
        # A name that wraps stands on the page, though in no single cell.
        if len(wanted) > 8 and wanted in fold(page.text)[0]:
            return page.number, None
    return None
