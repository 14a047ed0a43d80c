"""What only a printed 发票 has: its code, its check code, and the gross amount in words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ..invoice import Doubt, Field
from ..words import Page, Row
from . import capitals
from .data import words_against_figures

_FAPIAO = re.compile(r"发\s*票")
_CODES = {
    "invoice_code": re.compile(r"发\s?票\s?代\s?码\W*(\d{12}|\d{10})(?!\d)"),
    "check_code": re.compile(r"校\s?验\s?码\W*((?:\d\s*){20})(?!\d)"),
}
_WORDS = "gross_in_words"
_STRENGTH = 0.95


def fields_on(pages: Sequence[Page]) -> dict[str, Field]:
    """The fields that the pages show, the first of each."""
    found: dict[str, Field] = {}
    for page in pages:
        if not _FAPIAO.search(page.text):
            continue
        for row in page.rows:
            for name, field in _in_row(page, row):
                found.setdefault(name, field)
    return found


def doubts_of(fields: Mapping[str, Field]) -> Iterator[Doubt]:
    """Words and figures that differ."""
    if _WORDS in fields and "gross" in fields:
        yield from words_against_figures(fields[_WORDS].value, Decimal(fields["gross"].value))


def _in_row(page: Page, row: Row) -> Iterator[tuple[str, Field]]:
    for name, pattern in _CODES.items():
        if match := pattern.search(row.text):
            value = re.sub(r"\s", "", match[1])
            boxes = [cell.box for cell in row.cells if match[1].split()[0] in cell.text]
            box = boxes[0] if boxes else None
            yield name, Field(value, page.number, box, "label", _STRENGTH, "at its label")
    for cell in row.cells:
        if match := capitals.find(cell.text):
            value = match[0]
            yield _WORDS, Field(value, page.number, cell.box, "position", _STRENGTH, "in words")
