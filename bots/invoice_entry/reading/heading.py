"""Number and date that the document's own heading holds: `Rechnung Nr. 4711 vom 01.02.2024`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from .dates import first_date
from .invoice import Field
from .places import next_below
from .titles import INVOICE
from .wording import say
from .words import Cell, Page, Row

_MARK = r"(?:nr\.?|no\.?|n°|nº|n\.|#|number|nummer|numer|numéro|número|numero|núm\.?)"
_FROM = r"(?:vom|von|dated|issued at|issued on|of|du|del|van|z dnia|from|de|de fecha|con fecha)"
_TITLE = re.compile(
    rf"^(?P<before>[^\d:]{{0,40}}?)\b{INVOICE}\b(?P<between>[^:]{{0,40}}?)\s?(?<!\w){_MARK}\s?:?\s?"
    rf"(?P<number>(?=[^\s]*\d)\S(?:.{{0,38}}?\S)?)(?:\s+{_FROM}(?P<date>\s.*|$)|$)",
    re.IGNORECASE,
)
_BARE_TITLE = re.compile(
    rf"^(?:[\w.]+ ){{0,2}}{INVOICE}(?: ?[/|·–-] ?{INVOICE})?\s?:?$", re.IGNORECASE
)
_BARE_NUMBER = re.compile(rf"^{_MARK}\s?:?\s?(?P<number>(?=\S*\d)\S+)$", re.IGNORECASE)
_SORT = re.compile(
    r"(?:(?:e|tax|vat|sales|commercial|service|final|deposit|interim|partial|consolidated|monthly"
    r"|proforma|electronic|elektronische|ihre|neue|copy|kopie|duplikat|belegkopie|unsere|our|votre"
    r"|notre|the|die|eine|la|una|of|de|électronique|simplificada|\d\.)[\s-]*)*",
    re.IGNORECASE,
)
_WITH_NUMBER = re.compile(
    rf"^(?:[^\W\d]+ |{INVOICE} ?/ ?)?{INVOICE}\s?:? (?P<number>(?=\S*\d)[\w./\-]+)$", re.IGNORECASE
)
# `Faktura VAT FV 12/03/2024`: what abbreviates the word invoice begins its number.
_ABBREVIATED = re.compile(
    rf"^{INVOICE}(?: vat)?\s?:? (?P<number>(?-i:F[VSAK]|FVS|FAV|KFS|RE|RG|RN|INV|SI|VF) (?=\d)"
    r"[\w./\-]+)$",
    re.IGNORECASE,
)
_NUMBERED = re.compile(rf"^{INVOICE}[\s-]?{_MARK}\s?:?\s?(?=\S*\d)[\w./\-]+$", re.IGNORECASE)
# `Invoice #7`, as a title; `Invoice number 7` is a label with its value.
_TITLE_NUMBERED = re.compile(
    rf"^{INVOICE} ?(?:#|nr\.?|no\.?|n°|nº) ?(?=\S*\d)[\w./\-]+$", re.IGNORECASE
)
_ALONE = re.compile(r"^(?=.*\d.*\d)[A-Z0-9][A-Z0-9./\-]{2,}$")
_ALONE_UNDER = re.compile(r"^(?P<number>(?=(?:\D*\d){4})[A-Z0-9][A-Z0-9./\-]{3,})$")
_DATED = re.compile(rf"^(?P<from>{_FROM}\s?:?\s?)?(?=\D{{0,12}}\d)(?=.{{6,22}}$)", re.IGNORECASE)
# `Rechnung 2025` and `Rechnung 03/2025` may name the time that they are about.
_TIME = re.compile(r"(?:(?:0?[1-9]|1[0-2])[./-])?(?:19|20)\d\d")
# Another document's number beside the word invoice is that document's.
_OTHER = re.compile(
    r"bestell|auftrag|liefer|kunde|order|customer|delivery|commande|client|vertrag|contract"
    r"|\bzu\b|ursprung|original|bezug|gemäß|according|\bsur\b|\bfor\b|\bto\b|d'origine|pro.?forma"
    r"|rectifica|related|previous|prior|\bsu\b|\bop\b|\bdo\b|dotyczy|corrig|korrig|stornier|refer|payment|your|ihre",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"^[^\W\d][^\d:]{1,28}?(?:, (?:den |le |the |li |dnia |am |on |a )?| den )$", re.IGNORECASE
)
_TOP_ROWS = 30


def candidates(page: Page, *, day_first: bool | None = None) -> Iterator[tuple[str, Field]]:
    """Number and issue date out of a heading on this page."""
    yield from _under_title(page, day_first=day_first)
    for index, row in enumerate(page.rows[:_TOP_ROWS]):
        yield from _beside_title(row)
        for cell in row.cells:
            yield from _dated_place(cell, day_first=day_first)
            yield from _without_mark(cell)
            match = _TITLE.match(cell.text)
            if not match or _OTHER.search(f"{match['before']} {match['between']}"):
                continue
            start, end = match.span("number")
            number = match.group("number").rstrip(".,")
            box = cell.box_between(start, end)
            # `Elektronische Rechnung Nr. 5` is this one; what else may stand there is unknown.
            known = _SORT.fullmatch(match["before"].strip(" (")) and _is_number(number)
            sure = 0.93 if known else 0.7
            yield "number", Field(number, page.number, box, "label", sure, say("title.in"))
            if match.group("date") is not None:
                following = page.rows[index + 1 : index + 2]
                yield from _date(cell, match.start("date"), following, day_first=day_first)


def _is_number(text: str) -> bool:
    """Whether words that hold no digit do not stand in it: then something else does, too."""
    return all(any(map(str.isdigit, word)) or len(word) == 1 for word in text.split())


def _under_title(page: Page, *, day_first: bool | None) -> Iterator[tuple[str, Field]]:
    """`FACTURE` and, on the next line below it, `N° 2024-7`; or under a title that has its number,
    the date."""
    for index, row in enumerate(page.rows[:_TOP_ROWS]):
        for title in row.cells:
            under = next_below(page, index, title)
            if _BARE_TITLE.match(title.text):
                yield from _bare_numbers(page, under)
            elif not _OTHER.search(title.text):
                for cell in under:
                    yield from _date_under(title, cell, day_first=day_first)


def _date_under(title: Cell, cell: Cell, *, day_first: bool | None) -> Iterator[tuple[str, Field]]:
    """Behind a `vom`, or, under a title that is no label, alone."""
    dated = _DATED.match(cell.text)
    is_title = _WITH_NUMBER.match(title.text) or _TITLE_NUMBERED.match(title.text)
    if dated and (is_title or (dated["from"] and _NUMBERED.match(title.text))):
        yield from _date(cell, dated.end(), (), day_first=day_first, sure=0.8)


def is_bare_title(text: str) -> bool:
    """Whether it is a title and nothing else."""
    return bool(_BARE_TITLE.match(text))


def _bare_numbers(page: Page, cells: Sequence[Cell]) -> Iterator[tuple[str, Field]]:
    for cell in cells:
        marked = _BARE_NUMBER.match(cell.text)
        if match := marked or _alone(cell):
            number, box = match["number"], cell.box_between(*match.span("number"))
            sure = 0.9 if marked else 0.8 if is_repeated(page, number) else 0.7
            yield "number", Field(number, cell.page, box, "label", sure, say("title.under"))


def is_repeated(page: Page, number: str) -> bool:
    """Whether the number is printed more than once, as the invoice's own is for who pays it."""
    return len(re.findall(rf"(?<![\w/.-]){re.escape(number)}(?![\w/-])", page.text)) > 1


def _alone(cell: Cell) -> re.Match[str] | None:
    match = _ALONE_UNDER.match(cell.text)
    is_other = first_date(cell.text) is not None or _TIME.fullmatch(cell.text)
    return None if is_other else match


def _beside_title(row: Row) -> Iterator[tuple[str, Field]]:
    """`RECHNUNG` and, right of it, the number alone."""
    for title, cell in pairwise(row.cells):
        alone = _ALONE.match(cell.text) and first_date(cell.text) is None
        if alone and _BARE_TITLE.match(title.text) and not _TIME.fullmatch(cell.text):
            yield (
                "number",
                Field(cell.text, cell.page, cell.box, "label", 0.85, say("title.beside")),
            )


def _without_mark(cell: Cell) -> Iterator[tuple[str, Field]]:
    """`Rechnung 2024-7`."""
    if match := _ABBREVIATED.match(cell.text):
        box = cell.box_between(*match.span("number"))
        yield "number", Field(match["number"], cell.page, box, "label", 0.88, say("title.in"))
        return
    match = _WITH_NUMBER.match(cell.text)
    if match and not _OTHER.search(cell.text) and first_date(match["number"]) is None:
        is_time = _TIME.fullmatch(match["number"])
        sure = 0.7 if is_time else 0.9 if ":" in cell.text else 0.85
        box = cell.box_between(*match.span("number"))
        yield "number", Field(match["number"], cell.page, box, "label", sure, say("title.in"))


def _dated_place(cell: Cell, *, day_first: bool | None) -> Iterator[tuple[str, Field]]:
    """`Berlin, den 3. April 2025`, as letters are dated."""
    date = first_date(cell.text)
    alone = date and date.end == len(cell.text.rstrip(" ."))
    if date and alone and _PLACE.match(cell.text[: date.start]):
        yield from _date(cell, date.start, (), day_first=day_first, sure=0.8)


def _date(
    cell: Cell,
    offset: int,
    following: Sequence[Row],
    *,
    day_first: bool | None,
    sure: float = 0.93,
) -> Iterator[tuple[str, Field]]:
    where = cell
    if not cell.text[offset:].strip() and following:
        where, offset = following[0].cells[0], 0
    date = first_date(where.text[offset:])
    if date is None or date.start > 3:
        return
    if date.ambiguous and day_first is None:
        sure = 0.6
    if day := date.meant(day_first=day_first):
        box = where.box_between(offset + date.start, offset + date.end)
        yield "issue_date", Field(day.isoformat(), cell.page, box, "label", sure, say("title.in"))
