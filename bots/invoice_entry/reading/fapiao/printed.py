"""What only a printed 发票 has: its code, its check code, the gross amount in words; and the places
that its form gives to the sums and to the two parties, the buyer first."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ..amounts import money
from ..invoice import Doubt, Field
from ..wording import Wording, say
from ..words import Page, Row
from . import capitals
from .data import words_against_figures

_FAPIAO = re.compile(r"发\s*票")
_CODES = {
    "invoice_code": re.compile(r"发\s?票\s?代\s?码\W*(\d{12}|\d{10})(?!\d)"),
    "check_code": re.compile(r"校\s?验\s?码\W*((?:\d\s*){20})(?!\d)"),
}
_AMOUNT = r"[¥￥]\s?(-?[\d,]+\.\d\d)"
_SUMS = re.compile(rf"(?<!税)合\s*计\s*{_AMOUNT}\s+{_AMOUNT}")
_GROSS = re.compile(rf"小\s*写\s*[)）]\s*{_AMOUNT}")
_NAME = re.compile(r"名\s*称\s*[:：]\s*(\S+)")
# GB 32100-2015, the unified social credit code.
_TAXPAYER = re.compile(r"(?<![0-9A-Z])([0-9A-HJ-NPQRTUWXY]{18})(?![0-9A-Z])")
_PARTIES = re.compile(r"购.*销", re.DOTALL)
_WORDS = "gross_in_words"
_STRENGTH = 0.95


def fields_on(pages: Sequence[Page]) -> dict[str, Field]:
    """The fields that the pages show, the first of each."""
    found: dict[str, Field] = {}
    for page in pages:
        if not _FAPIAO.search(page.text):
            continue
        if _PARTIES.search(page.text):
            found |= {name: field for name, field in _parties(page) if name not in found}
        for row in page.rows:
            for name, field in _in_row(page, row):
                found.setdefault(name, field)
    return found


def _parties(page: Page) -> Iterator[tuple[str, Field]]:
    for pattern, names in ((_NAME, ("buyer", "seller")), (_TAXPAYER, ("buyer_vat", "seller_vat"))):
        values = [(row, match[1]) for row in page.rows for match in pattern.finditer(row.text)]
        if len(values) == 2:
            for name, (row, value) in zip(names, values, strict=True):
                yield name, _at(page, row, value, say("form.place"))


def _at(page: Page, row: Row, printed: str, reason: Wording, value: str | None = None) -> Field:
    box = next((cell.box for cell in row.cells if printed in cell.text), None)
    return Field(value or printed, page.number, box, "label", _STRENGTH, reason)


def doubts_of(fields: Mapping[str, Field]) -> Iterator[Doubt]:
    """Words and figures that differ."""
    if _WORDS in fields and "gross" in fields:
        yield from words_against_figures(fields[_WORDS].value, Decimal(fields["gross"].value))


def _in_row(page: Page, row: Row) -> Iterator[tuple[str, Field]]:
    for name, pattern in _CODES.items():
        if match := pattern.search(row.text):
            value = re.sub(r"\s", "", match[1])
            yield name, _at(page, row, match[1].split()[0], say("form.label"), value)
    for names, pattern in ((("net", "tax"), _SUMS), (("gross",), _GROSS)):
        if match := pattern.search(row.text):
            for name, printed in zip(names, match.groups(), strict=True):
                value = money(Decimal(printed.replace(",", "")))
                yield name, _at(page, row, printed, say("form.place"), value)
    for cell in row.cells:
        if match := capitals.find(cell.text):
            value = match[0]
            yield (
                _WORDS,
                Field(value, page.number, cell.box, "position", _STRENGTH, say("in_words")),
            )
