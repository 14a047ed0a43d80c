"""Where a value stands on its page: beside or below which words, and how far across."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any

from ..amounts import CURRENCY
from ..labels import fold
from ..words import Cell, Page

_ALIGNED = 0.02
"""How far, in page widths, an edge may move: the width of a digit or two."""
_SAME_SPOT = 0.012
_WORDING = 48
_ONLY_CURRENCY = re.compile(rf"^\W*{CURRENCY}\W*$")


@dataclass(frozen=True)
class Place:
    """`beside` is the text before the value in its row, `above` the text over it, both empty when
    that is another value. `left`, `right` and `top` are shares of the page's width and height."""

    beside: str
    above: str
    page: int
    left: float
    right: float
    top: float

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def place_of(page: Page, row: int, cell: Cell, start: int, end: int) -> Place:
    """The place of the characters [start, end) of a cell in the page's row of that index."""
    left, top, right, _ = cell.box_between(start, end)
    return Place(
        beside=_beside(page, row, cell, start),
        above=_above(page, row, left, right),
        page=page.number,
        left=round(left / page.width, 4),
        right=round(right / page.width, 4),
        top=round(top / page.height, 4),
    )


def alike(one: Place, other: Place) -> bool:
    """Whether two values stand beside the same words, else below the same words, else, where no
    words are, at the same spot."""
    if one.beside or other.beside:
        return _wording(one.beside) == _wording(other.beside)
    if one.above or other.above:
        return _wording(one.above) == _wording(other.above)
    return aligned(one, other) and level(one, other)


def aligned(one: Place, other: Place) -> bool:
    """Whether two values begin or end equally far across the page."""
    return _near(one.left, other.left, _ALIGNED) or _near(one.right, other.right, _ALIGNED)


def level(one: Place, other: Place) -> bool:
    """Whether two values stand equally high on the page of the same number."""
    return one.page == other.page and _near(one.top, other.top, _SAME_SPOT)


def _near(one: float, other: float, by: float) -> bool:
    return abs(one - other) <= by


def _wording(text: str) -> str:
    # Rates, numbers and dates within a label change from one invoice to the next.
    return "".join(char for char in fold(text)[0] if not char.isdigit())


def _beside(page: Page, row: int, cell: Cell, start: int) -> str:
    before = [other for other in page.rows[row].cells if other.box[2] <= cell.box[0]]
    for text in (cell.text[:start], *(other.text for other in reversed(before))):
        if _says_nothing(text):
            continue
        return text.strip()[-_WORDING:] if text == cell.text[:start] or _is_label(text) else ""
    return ""


def _above(page: Page, row: int, left: float, right: float) -> str:
    for text in _over(page, row, left, right):
        return text.strip()[-_WORDING:] if _is_label(text) else ""
    return ""


def _over(page: Page, row: int, left: float, right: float) -> Iterator[str]:
    """The texts of the next line up that are over the value, unless a gap is between."""
    if row == 0:
        return
    below, upper = page.rows[row], page.rows[row - 1]
    if below.top - upper.top > 3.5 * below.height:
        return
    for cell in upper.cells:
        if cell.box[0] < right and cell.box[2] > left:
            yield cell.text


def _says_nothing(text: str) -> bool:
    return sum(map(str.isalnum, text)) < 2 or _ONLY_CURRENCY.match(text) is not None


def _is_label(text: str) -> bool:
    """Whether the text is words, rates among them at most, and not itself a value."""
    return not _says_nothing(text) and ("%" in text or not any(map(str.isdigit, text)))
