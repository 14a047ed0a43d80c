"""Where the value of a label stands: behind it, right of it, or below it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest

from .invoice import AMOUNTS, Box
from .labels import Label, labels_in
from .titles import INVOICE
from .words import Cell, Page

# What may come before a label that opens its cell all the same: `zzgl. 19 % MwSt`.
_PREFIX = re.compile(
    r"\W*(?:(?:zzgl|zuzüglich|zuzügl|plus|davon|enthaltene|inkl|incl)\b\W*(?:[\d.,]+\s?%\W*)?)?",
    re.IGNORECASE,
)
# `9 % btw over 60,00`, where nothing stands before it in its row.
_OPENING = re.compile(rf"(?:{_PREFIX.pattern}|\W*[\d.,]+\s?%\W*)", re.IGNORECASE)
# `Bill date (tax point)`: part of the label.
_REMARK = re.compile(r"\([^)\d]*\)")
# `INVOICE Invoice No: 7`, `电子发票（普通发票） 发票号码：7`.
_TITLE = re.compile(
    rf"\W*(?:(?:[^\W\d]+ ){{0,2}}{INVOICE}|[^\W\d]*发\s?票)(?:\s?[(（][^)）]*[)）])?\W*",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[\s/|·:：,.()（）\-]*")
# `Nummer / Numéro : 7`.
_NUMBER = ("nummer", "number")
_TO_THE_RIGHT = 420.0
_ROWS_BELOW = 3
_CLOSE_BELOW = 1.5


@dataclass(frozen=True)
class Spot:
    """A piece of text that may be a label's value; `offset` is its start within the cell."""

    cell: Cell
    offset: int
    text: str
    way: str

    def box(self, start: int, end: int) -> Box:
        return self.cell.box_between(self.offset + start, self.offset + end)


@dataclass(frozen=True)
class Labelled:
    """A label on the page: its cell, its row, what comes after it in the cell.

    `leads` when it opens the cell, `follows` when another label stands before it there.
    """

    label: Label
    cell: Cell
    row: int
    after: str
    leads: bool
    follows: bool

    @property
    def page(self) -> int:
        return self.cell.page

    @property
    def wording(self) -> str:
        return self.cell.text[self.label.start : self.label.end]


Read = Sequence[tuple[Page, Sequence[Labelled]]]
"""Pages, each with the labels on it."""


def labelled(page: Page) -> Sequence[Labelled]:
    """Every label of the page in reading order."""
    found: list[Labelled] = []
    for index, row in enumerate(page.rows):
        for cell in row.cells:
            labels = list(labels_in(cell.text))
            leads, before = False, None
            for label, following in zip_longest(labels, labels[1:]):
                end = _end_of_value(cell.text, label, following)
                opens = _PREFIX if cell is not row.cells[0] else _OPENING
                again = leads and _is_again(cell.text, before, label)
                leads = again or _opens(opens, cell.text, label)
                before = label
                after = cell.text[label.end : end]
                found.append(Labelled(label, cell, index, after, leads, label is not labels[0]))
    return found


def _opens(opens: re.Pattern[str], text: str, label: Label) -> bool:
    if opens.fullmatch(text, 0, label.start):
        return True
    return label.field not in AMOUNTS and _TITLE.fullmatch(text, 0, label.start) is not None


def _is_again(text: str, before: Label | None, label: Label) -> bool:
    """Whether the label says once more, in other words, what the one before it says."""
    if before is None:
        return False
    is_mark = (before.field, label.field) == ("other", "number")
    plain = is_mark and text[before.start : before.end].lower() in _NUMBER
    if not plain and before.field != label.field:
        return False
    return _BETWEEN.fullmatch(text, before.end, label.start) is not None


def _end_of_value(text: str, label: Label, following: Label | None) -> int:
    # `Date : ... · Échéance : ...` holds two; a label word inside a sentence ends nothing.
    if following and text[following.end : following.end + 2].strip().startswith((":", "：")):
        return following.start
    return len(text)


def spots(page: Page, label: Labelled) -> Iterator[Spot]:
    """Where the value may stand, the likeliest first."""
    if any(char.isalnum() for char in _REMARK.sub("", label.after)):
        yield Spot(label.cell, label.label.end, label.after, "behind")
    yield from _right(page, label)
    yield from _below(page, label)


def next_below(page: Page, index: int, above: Cell) -> Sequence[Cell]:
    """The cells under the one in the row `index`, of the next row close below that has any there:
    the lines of other columns may stand between."""
    left, _, right, bottom = above.box
    for row in page.rows[index + 1 : index + 1 + _ROWS_BELOW]:
        if row.top - bottom > _CLOSE_BELOW * max(above.height, row.height):
            return ()
        if under := [cell for cell in row.cells if cell.box[0] < right and cell.box[2] > left]:
            return under
    return ()


def _right(page: Page, label: Labelled) -> Iterator[Spot]:
    for cell in page.rows[label.row].cells:
        gap = cell.box[0] - label.cell.box[2]
        if 0 <= gap <= _TO_THE_RIGHT:
            yield Spot(cell, 0, cell.text, "right")


def _below(page: Page, label: Labelled) -> Iterator[Spot]:
    left, _, right, bottom = label.cell.box_between(label.label.start, label.label.end)
    height = page.rows[label.row].height
    for row in page.rows[label.row + 1 : label.row + 1 + _ROWS_BELOW]:
        if row.top - bottom > 2.5 * height:
            return
        for cell in row.cells:
            if cell.box[0] < right and cell.box[2] > left:
                yield Spot(cell, 0, cell.text, "below")
        bottom = row.top + row.height
