"""The words that a PDF holds as text: PDFium finds the characters, pdfplumber makes words of them.

pdfplumber's own pass over the characters took ten times as long and found the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from ctypes import byref
from math import hypot
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium
from pdfplumber.utils.text import WordExtractor

from .document import corrupt
from .words import UNREADABLE, Page, Word, rows_of

_EXTRACTOR = WordExtractor(x_tolerance_ratio=0.15)
# What PDFium calls a hyphen at the end of a line, and glyphs without a character.
_AS_PRINTED = {0x02: "-", 0x00: "\ufffd", 0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}

_OVERPRINTED = 0.5
_LIGATURE = 3
_LINE = 4.0
_SLANT = 0.2


def pages_of(document: pypdfium2.PdfDocument, name: str) -> Sequence[Page]:
    """The pages with their upright text; BusinessException `document.corrupt` when unreadable."""
    try:
        return [_page(number, document[number - 1]) for number in range(1, len(document) + 1)]
    except pypdfium2.PdfiumError as error:
        raise corrupt(name) from error


def _page(number: int, page: pypdfium2.PdfPage) -> Page:
    # Text up the margin is decoration, and mixes with the rows it crosses.
    upright = _apart([char for char in _characters(page) if char["upright"]])
    words = [
        Word(word["text"], word["x0"], word["top"], word["x1"], word["bottom"])
        for word in _EXTRACTOR.extract_words(upright)
    ]
    width, height = page.get_size()
    page.close()
    return Page(number, width, height, rows_of(number, words))


def _apart(characters: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The characters, once each where bold type was made by printing them twice, and unreadable
    where two texts are printed over one another, for nobody can tell which letter is whose."""
    lines: dict[int, list[dict[str, Any]]] = {}
    for char in characters:
        lines.setdefault(round(char["bottom"] / _LINE), []).append(char)
    kept: list[dict[str, Any]] = []
    for line in lines.values():
        line.sort(key=lambda char: float(char["x0"]))
        before = len(kept)
        for char in line:
            if len(kept) > before and _covers(kept[-1], char):
                if kept[-1]["text"] == char["text"]:
                    continue
                kept[-1] = kept[-1] | {"text": UNREADABLE}
                char = char | {"text": UNREADABLE}
            kept.append(char)
    return kept


def _covers(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether the two are printed over one another; the letters of a ligature are not, which come
    one after the other."""
    if abs(one["index"] - other["index"]) <= _LIGATURE:
        return False
    if not (one["text"].isalnum() or one["text"] == UNREADABLE) or not other["text"].isalnum():
        return False
    shared = min(one["x1"], other["x1"]) - other["x0"]
    return bool(shared > _OVERPRINTED * min(one["x1"] - one["x0"], other["x1"] - other["x0"]))


def _characters(page: pypdfium2.PdfPage) -> Iterator[dict[str, Any]]:
    """The characters as pdfplumber describes them, in points from the shown page's top left."""
    text, turn = page.get_textpage(), _Turn(page)
    handle, box, matrix = text.raw, pdfium.FS_RECTF(), pdfium.FS_MATRIX()
    for index in range(pdfium.FPDFText_CountChars(handle)):
        code = pdfium.FPDFText_GetUnicode(handle, index)
        if code <= 32 and code not in _AS_PRINTED and pdfium.FPDFText_IsGenerated(handle, index):
            continue
        pdfium.FPDFText_GetLooseCharBox(handle, index, byref(box))
        pdfium.FPDFText_GetMatrix(handle, index, byref(matrix))
        x0, top, x1, bottom = turn.box(box)
        yield {
            "index": index,
            "text": _AS_PRINTED.get(code) or chr(code),
            "x0": x0,
            "top": top,
            "x1": x1,
            "bottom": bottom,
            "doctop": top,
            "upright": turn.is_upright(matrix),
            "size": pdfium.FPDFText_GetFontSize(handle, index) * hypot(matrix.c, matrix.d),
        }
    text.close()


class _Turn:
    """From a page's own coordinates (ISO 32000-1, 8.3: upwards from the lower left, before it is
    turned for showing) to those of the page as shown, downwards from its upper left."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._edges = page.get_bbox()
        self._quarters = page.get_rotation() // 90

    def box(self, box: pdfium.FS_RECTF) -> tuple[float, float, float, float]:
        left, bottom, right, top = self._edges
        match self._quarters:
            case 1:
                return box.bottom - bottom, box.left - left, box.top - bottom, box.right - left
            case 2:
                return right - box.right, box.bottom - bottom, right - box.left, box.top - bottom
            case 3:
                return top - box.top, right - box.right, top - box.bottom, right - box.left
            case _:
                return box.left - left, top - box.top, box.right - left, top - box.bottom

    def is_upright(self, matrix: pdfium.FS_MATRIX) -> bool:
        """Whether text runs along the rows; a stamp across the page does not."""
        along, across = abs(matrix.a), abs(matrix.b)
        if self._quarters % 2:
            along, across = across, along
        return bool(across < _SLANT * along)
