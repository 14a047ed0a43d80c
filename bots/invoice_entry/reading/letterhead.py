"""The addresses on a page, and which of them heads it, as letters are headed.

A letter has its sender's name and address above those of the one it is sent to. The other way round
the sender stands in the foot, or beside; then its place tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .heading import is_bare_title
from .labels import fold, labels_in
from .words import Cell, Page

_TOWN = re.compile(
    r"(?<![\w.,/-])(?:[A-Z]{1,2}-)?(?:\d{4,5}|\d{2}-\d{3}|\d{3} \d{2}|\d{4} ?[A-Z]{2})[ ,]"
    r" ?[^\W\d]{2}"
    r"|\b[A-Z]{2},? \d{5}(?:-\d{4})?\b|\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b"
    r"|[^\W\d], ?[A-Z]{2,3} \d{4}\b|[^\W\d]{3} \d{6}\b"
)
_STREET = re.compile(
    r"\d+\W?\s?[a-z]?\b.{0,12}$|^\W?\d+\W? [^\W\d]|^(?:unit|suite|floor|room)\b", re.I
)
_ATTENTION = re.compile(
    r"^(?:attn|attention|att\.|z\. ?hd|zu händen|zhd|t\.a\.v|ter attentie|à l['’]attention"
    r"|a la atención|alla c\.a|alla cortese|c\.a\.|f\.a\.o)",
    re.IGNORECASE,
)
_LINES = 7
_TOWN_LINE = 4
_LONGEST = 60
_CLOSE = 1.9
_FOOT, _WINDOW = 0.7, 0.14
_SAME = 3.0
_FIRST_LINES = 2


@dataclass(frozen=True)
class Address:
    """The lines of a name and its address, set under one another."""

    cells: Sequence[Cell]

    @property
    def page(self) -> int:
        return self.cells[0].page

    @property
    def name(self) -> str:
        return self.cells[0].text

    @property
    def top(self) -> float:
        return self.cells[0].box[1]

    @property
    def bottom(self) -> float:
        return self.cells[-1].box[3]

    @property
    def attended(self) -> bool:
        """Whether it is addressed to somebody in the house."""
        return any(_ATTENTION.match(cell.text) for cell in self.cells[1:])


def addresses(page: Page) -> list[Address]:
    """Every name with street and town below it."""
    found: list[Address] = []
    for at, row in enumerate(page.rows):
        for cell in row.cells:
            known = any(cell is line for address in found for line in address.cells)
            if not known and _may_be_name(cell) and (address := _headed_by(page, at, cell)):
                found.append(address)
    return found


def _headed_by(page: Page, at: int, cell: Cell) -> Address | None:
    lines = [cell, *_below(page, at, cell)]
    town = next((i for i, line in enumerate(lines[1:], 1) if _is_town(line.text)), None)
    return Address(lines[: town + 1]) if town is not None and town <= _TOWN_LINE else None


def addressee(page: Page) -> Address | None:
    """The only address with a line `Attention: ...` in it."""
    attended = [address for address in addresses(page) if address.attended]
    return attended[0] if len({fold(each.name)[0] for each in attended}) == 1 else None


def heads(pages: Sequence[Page], found: Sequence[Address], name: str) -> bool:
    """Whether the name opens the first page, with its address and higher than a window for an
    address is, above the only other address, which is not in the foot; or opens it without one.
    `found`: every address on the pages."""
    own = [each for each in found if _names(each, name) and each.page == pages[0].number]
    others = [each for each in found if not _names(each, name)]
    if len({fold(each.name)[0] for each in others}) != 1:
        return False
    if any(not _is_upper(each, pages[0]) for each in others):
        return False
    if not _opens(pages[0], name):
        return False
    first = min(each.top for each in others)
    return not own or (own[0].top < _WINDOW * pages[0].height and own[0].bottom <= first + 1)


def _is_upper(address: Address, first: Page) -> bool:
    """Whether it is on the first page, and not in its foot."""
    return address.page == first.number and address.top <= _FOOT * first.height


def _opens(page: Page, name: str) -> bool:
    untitled = [row for row in page.rows if not all(is_bare_title(c.text) for c in row.cells)]
    first = [cell for row in untitled[:_FIRST_LINES] for cell in row.cells]
    return any(fold(name)[0] in fold(cell.text)[0] for cell in first)


def _names(address: Address, name: str) -> bool:
    wanted = fold(name)[0]
    return any(wanted in fold(cell.text)[0] for cell in address.cells[:2])


def _is_town(text: str) -> bool:
    return len(text) <= _LONGEST and _TOWN.search(text) is not None


def _may_be_name(cell: Cell) -> bool:
    text = cell.text
    first = next(labels_in(text), None)
    is_label = first is not None and first.start == 0 and text[first.end :].strip()[:1] in ("", ":")
    letters = sum(map(str.isalpha, text))
    is_name = letters > 3 and not is_label and not is_bare_title(text)
    return is_name and not _TOWN.search(text) and not _STREET.search(text)


def _below(page: Page, at: int, cell: Cell) -> Iterator[Cell]:
    """The lines close below, flush left or flush right with the cell."""
    left, _, right, bottom = cell.box
    for row in page.rows[at + 1 : at + 3 * _LINES]:
        if row.top - bottom > _CLOSE * cell.words[0].height:
            return
        for other in row.cells:
            flush = abs(other.box[0] - left) < _SAME or abs(other.box[2] - right) < _SAME
            if flush and other.box[1] > bottom - other.height / 2:
                yield other
                bottom = other.box[3]
                break
