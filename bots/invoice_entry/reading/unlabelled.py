"""Number and date that no label of their own names, but the form of the page does."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from .dates import PrintedDate, dates_in
from .heading import is_bare_title, is_repeated
from .invoice import Field
from .places import next_below
from .wording import say
from .words import Cell, Page

_TOP_ROWS = 30
_REFERENCE = re.compile(
    r"(?:r[ée]f[ée]rence|referenz|referencia|riferimento|referentie|ref|réf)\.?\s?[:#]\s?"
    r"(?P<number>(?=(?:\D*\d){3})[\w./\-]+)$",
    re.IGNORECASE,
)
_TOP, _MARGIN = 0.45, 40.0
_HASH = re.compile(r"#\s?(?P<number>(?=\S*\d)[\w./\-]{2,30})")
# `Nummer/Datum`, as business systems print it: the document's own, for another's is named.
_PAIR = re.compile(
    r"(?:(?:rechnungs?|beleg|invoice|facture|factura|fattura|factuur)[\s-]?)?"
    r"(?:nummer|nr\.?|no\.?|number|numéro|número|numero|numer|n°|nº|编号|号码)\s?/\s?-?\s?"
    r"(?:datum|date|fecha|data|日期)\s?[:：]?",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\W*(?P<number>(?=\S*\d)[\w./\-]{2,30})\s?$")


def candidates(pages: Sequence[Page], *, day_first: bool | None) -> Iterator[tuple[str, Field]]:
    """`Nummer/Datum` with its two values, and the only `#7` on a page that has a title."""
    for page in pages:
        for index, row in enumerate(page.rows[:_TOP_ROWS]):
            for at, cell in enumerate(row.cells):
                if match := _PAIR.match(cell.text):
                    rest = [(cell, match.end()), *((other, 0) for other in row.cells[at + 1 :])]
                    under = [(other, 0) for other in next_below(page, index, cell)]
                    yield from _pair([*rest, *under], day_first=day_first)
    yield from _hashed(pages[0])


def lone_reference(page: Page) -> Field | None:
    """`Référence : 7`, first below the bare title: what else names no number, names it so."""
    for index, row in enumerate(page.rows[:_TOP_ROWS]):
        titles = (cell for cell in row.cells if is_bare_title(cell.text))
        for cell in (below for title in titles for below in next_below(page, index, title)):
            match = _REFERENCE.match(cell.text)
            if match and is_repeated(page, match["number"]):
                box, reason = cell.box_between(*match.span("number")), say("title.reference")
                return Field(match["number"], page.number, box, "label", 0.78, reason)
    return None


def lone_date(page: Page, *, day_first: bool | None) -> Field | None:
    """The date of a letter: with the month in words, in the upper part of the page, nothing beside,
    close above or below it, and the only one that stands alone."""
    alone = [(cell, date) for cell in _cells(page) if (date := _whole(cell))]
    if len(alone) != 1:
        return None
    cell, date = alone[0]
    day = date.meant(day_first=day_first)
    in_words = any(map(str.isalpha, cell.text))
    is_placed = _MARGIN < cell.box[1] < _TOP * page.height and _is_apart(page, cell)
    if day is None or not in_words or not is_placed:
        return None
    reason = say("letter.date")
    return Field(day.isoformat(), page.number, cell.box, "position", 0.78, reason)


def _is_apart(page: Page, cell: Cell) -> bool:
    top, bottom = cell.box[1] - 0.6 * cell.height, cell.box[3] + 0.6 * cell.height
    others = (other for row in page.rows for other in row.cells if other is not cell)
    return not any(other.box[1] < bottom and other.box[3] > top for other in others)


def _pair(
    spots: Sequence[tuple[Cell, int]], *, day_first: bool | None
) -> Iterator[tuple[str, Field]]:
    for cell, start in spots:
        for slash in re.finditer("/", cell.text):
            match = _NUMBER.match(cell.text[: slash.start()], start)
            date = _whole(cell, slash.end()) if match else None
            day = date.meant(day_first=day_first) if date else None
            if match is None or date is None or day is None:
                continue
            reason = say("label.pair")
            box = cell.box_between(*match.span("number"))
            yield "number", Field(match["number"], cell.page, box, "label", 0.9, reason)
            sure = 0.6 if date.ambiguous and day_first is None else 0.9
            box = cell.box_between(slash.end(), len(cell.text))
            yield "issue_date", Field(day.isoformat(), cell.page, box, "label", sure, reason)
            return


def _hashed(page: Page) -> Iterator[tuple[str, Field]]:
    hashed = [(cell, match) for cell in _cells(page) if (match := _HASH.fullmatch(cell.text))]
    if len(hashed) == 1 and any(is_bare_title(cell.text) for cell in _cells(page)):
        cell, match = hashed[0]
        number = match["number"]
        yield "number", Field(number, page.number, cell.box, "label", 0.8, say("only.hash"))


def _whole(cell: Cell, start: int = 0) -> PrintedDate | None:
    text = cell.text[start:].strip(" .").removesuffix("日")
    found = [date for date in dates_in(text) if date.start == 0 and date.end == len(text)]
    return found[0] if found else None


def _cells(page: Page) -> Iterator[Cell]:
    return (cell for row in page.rows[:_TOP_ROWS] for cell in row.cells)
