"""Words on a page, grouped into rows and cells as the eye groups them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .invoice import Box

UNREADABLE = "\ufffd"
"""A glyph that means no character, or two that were printed over one another."""


@dataclass(frozen=True)
class Word:
    """A run of characters without a space, in points from the top left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Cell:
    """Neighbouring words of one row with no wide gap between them."""

    page: int
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        return " ".join(word.text for word in self.words)

    @property
    def box(self) -> Box:
        return box_of(self.words)

    @property
    def height(self) -> float:
        """Of its highest word."""
        return max(word.height for word in self.words)

    def box_between(self, start: int, end: int) -> Box:
        """The box of the words that the characters [start, end) of `text` touch."""
        touched, at = [], 0
        for word in self.words:
            if at < end and at + len(word.text) > start:
                touched.append(word)
            at += len(word.text) + 1
        return box_of(touched or self.words)


@dataclass(frozen=True)
class Row:
    """The cells of one printed line, left to right."""

    cells: tuple[Cell, ...]

    @property
    def text(self) -> str:
        return "   ".join(cell.text for cell in self.cells)

    @property
    def top(self) -> float:
        return min(cell.box[1] for cell in self.cells)

    @property
    def height(self) -> float:
        return max(cell.height for cell in self.cells)


@dataclass(frozen=True)
class Page:
    """One page; `scanned` tells that its words are the guess of an OCR program."""

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    scanned: bool = False

    @property
    def text(self) -> str:
        return "\n".join(row.text for row in self.rows)


def box_of(words: Iterable[Word]) -> Box:
    """The smallest box around at least one word."""
    boxes = [(word.x0, word.top, word.x1, word.bottom) for word in words]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def rows_of(page: int, words: Iterable[Word]) -> tuple[Row, ...]:
    """Group words into rows by their middle height, and rows into cells by gaps."""
    lines: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.middle, word.x0)):
        if lines and _same_line(lines[-1], word):
            lines[-1].append(word)
        else:
            lines.append([word])
    return tuple(Row(_cells(page, line)) for line in lines)


def _same_line(line: Sequence[Word], word: Word) -> bool:
    # Large and small print of one line share most of the smaller one's height.
    first = line[0]
    shared = min(first.bottom, word.bottom) - max(first.top, word.top)
    return shared >= 0.6 * min(first.height, word.height)


def _cells(page: int, line: Sequence[Word]) -> tuple[Cell, ...]:
    groups: list[list[Word]] = []
    for word in sorted(line, key=lambda word: word.x0):
        if groups and word.x0 - groups[-1][-1].x1 < _gap(word):
            groups[-1].append(word)
        else:
            groups.append([word])
    return tuple(Cell(page, tuple(group)) for group in groups)


def _gap(word: Word) -> float:
    # A space is about a quarter of the height; columns start beyond a full one.
    return max(0.95 * word.height, 5.0)
