"""The title of the document: `Rechnung Nr. 4711 vom 01.02.2024`, and what kind it is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from .dates import first_date
from .invoice import Field
from .words import Cell, Page, Row

_KIND = (
    r"(?:\w*rechnung\w*|\w*gutschrift|buchungshilfe|invoice|credit note|facture|avoir|factura"
    r"|fattura|factuur|faktura)"
)
_MARK = r"(?:nr\.?|no\.?|n°|nº|#|number|nummer)"
_FROM = r"(?:vom|von|dated|issued at|issued on|of|du|del|van|z dnia|from)"
_TITLE = re.compile(
    rf"^[^\d:]{{0,40}}?\b{_KIND}\b(?P<between>[^:]{{0,40}}?)\s?{_MARK}\s?:?\s?"
    rf"(?P<number>(?=[^\s]*\d)\S(?:.{{0,38}}?\S)?)(?:\s+{_FROM}(?P<date>\s.*|$)|$)",
    re.IGNORECASE,
)
_BARE_TITLE = re.compile(rf"^(?:\w+ )?{_KIND}$", re.IGNORECASE)
_BARE_NUMBER = re.compile(rf"^{_MARK}\s?:?\s?(?P<number>(?=\S*\d)\S+)$", re.IGNORECASE)
# Another document's number after the word invoice is that document's.
_OTHER = re.compile(
    r"bestell|auftrag|liefer|kunde|order|customer|delivery|commande|client|vertrag|contract"
    r"|zu |ursprung|original|bezug|gemäß|according",
    re.IGNORECASE,
)
_CREDIT = re.compile(
    r"gutschrift|rechnungskorrektur|stornorechnung|credit note|credit memo|facture d['’]avoir"
    r"|\bavoir\b|nota de crédito|factura rectificativa|nota di credito|creditnota|creditfactuur"
    r"|faktura korygująca|红字|贷记|贷项",
    re.IGNORECASE,
)
_TOP_ROWS = 30


def candidates(page: Page) -> Iterator[tuple[str, Field]]:
    """Number and issue date out of a title on this page."""
    yield from _under_bare_title(page)
    for index, row in enumerate(page.rows[:_TOP_ROWS]):
        for cell in row.cells:
            match = _TITLE.match(cell.text)
            if not match or _OTHER.search(match.group("between")):
                continue
            start, end = match.span("number")
            number = match.group("number").rstrip(".,")
            box = cell.box_between(start, end)
            yield "number", Field(number, page.number, box, "label", 0.93, "in the title")
            if match.group("date") is not None:
                yield from _date(cell, match.start("date"), page.rows[index + 1 : index + 2])


def _under_bare_title(page: Page) -> Iterator[tuple[str, Field]]:
    """`FACTURE` and, on the next line below it, `N° 2024-7`."""
    for row, below in pairwise(page.rows[:_TOP_ROWS]):
        for title in row.cells:
            for cell in below.cells:
                match = _BARE_NUMBER.match(cell.text)
                if match and _BARE_TITLE.match(title.text) and cell.box[0] < title.box[2]:
                    box = cell.box_between(*match.span("number"))
                    number = match.group("number")
                    yield "number", Field(number, page.number, box, "label", 0.9, "under the title")


def _date(cell: Cell, offset: int, following: tuple[Row, ...]) -> Iterator[tuple[str, Field]]:
    where = cell
    if not cell.text[offset:].strip() and following:
        where, offset = following[0].cells[0], 0
    date = first_date(where.text[offset:])
    if date and date.value and date.start <= 3:
        box = where.box_between(offset + date.start, offset + date.end)
        value = date.value.isoformat()
        yield "issue_date", Field(value, cell.page, box, "label", 0.93, "in the title")


def kind(page: Page) -> Field:
    """Invoice (380) or credit note (381), by the words in the upper part of the first page."""
    for row in page.rows[:_TOP_ROWS]:
        for cell in row.cells:
            match = _CREDIT.search(cell.text)
            # Within a sentence the word speaks about credit notes; a title is short.
            if match and len(cell.words) <= 10:
                box = cell.box_between(match.start(), match.end())
                return Field("381", page.number, box, "label", 0.85, "titled a credit note")
    return Field("380", page.number, None, "position", 0.8, "not titled a credit note")
