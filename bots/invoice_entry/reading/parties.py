"""Seller and buyer: the blocks under their headings, and the companies that a page names."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from . import letterhead
from .invoice import AMOUNTS, Field
from .labels import Label, fold, labels_in
from .places import Labelled
from .wording import say
from .words import Cell, Page, Row

_LEGAL_FORM = re.compile(
    r"(?<!\w)(?:GmbH|AG|KG|OHG|UG|GbR|KGaA|eG|e\.\s?K\.?|e\.\s?V\.|SE|plc|LTD|s\.r\.o\.|"
    r"d\.o\.o\.|S\.n\.c\.|V\.O\.F\.|SARL|S\.A\.R\.L\.|S\.?à\s?r\.?\s?l\.?|SAS|SASU|EURL|SA|S\.A\.|"
    r"Ltd\.?|Limited|LLC|L\.L\.C\.|Inc\.?|Corp\.?|PLC|LLP|S\.?r\.?l\.?|S\.?p\.?A\.?|S\.?L\.?U?\.?|"
    r"B\.?V\.?|N\.?V\.?|Sp\.\s?z\s?o\.\s?o\.|S\.A|DAC|Pty|SRL|Kft\.?|Oy|AB|ApS|A/S|a\.\s?G\.|Co\.)(?!\w)"
    r"|GMBH|有限公司|股份公司|有限责任公司"
)
_SALUTATION = re.compile(r"^(?:herrn?|frau|mr\.?|mrs\.?|ms\.?|m\.|mme\.?|firma|an|to|à)$", re.I)
_SEPARATOR = re.compile(r"\s*[·●•|,–-]\s")
_ADDRESS = re.compile(r"\d{4,6}\s*\w|\bstr\.|stra(?:ß|ss)e|\brue\b|\bstreet\b|\broad\b", re.I)
COMPANY = re.compile(
    rf"^.{{2,40}}?(?:{_LEGAL_FORM.pattern})(?:\s?(?:&|und|\+|et)\s?Co\.?(?:\s?(?:KG|OHG|KGaA))?)?"
    r"(?:\s?\(haftungsbeschränkt\))?"
)
_BLOCK_ROWS = 8
_FOOTER = 0.15
_ENDS_BLOCK = ("seller", "buyer", "number", "issue_date", "due_date", "currency", *AMOUNTS)
_NO_NAME = re.compile(
    r"%|^(?:\w*rechnung|invoice|facture|factura|fattura|factuur|faktura|发票)$", re.I
)
_WRAPS = 3
_FLUSH_RIGHT = 3.0


def candidates(page: Page, labels: Sequence[Labelled], party: str) -> Iterator[Field]:
    """The names under, or behind, headings of `party`."""
    for label in labels:
        if label.label.field == party and label.leads:
            name = _behind(label) or _under(page, label) or _beside(page, label)
            if name is not None:
                cell, start, end = name
                reason = say("label.block", label=label.wording)
                box = cell.box_between(start, end)
                yield Field(cell.text[start:end], page.number, box, "label", 0.9, reason)
    if party == "buyer" and (to := letterhead.addressee(page)):
        reason, cell = say("buyer.attended"), to.cells[0]
        yield Field(to.name, page.number, cell.box, "label", 0.8, reason)


def is_company(name: str) -> bool:
    """Whether a legal form is part of the name."""
    return bool(_LEGAL_FORM.search(name))


def companies(pages: Sequence[Page]) -> list[Field]:
    """Every company that is named, once each."""
    found: dict[str, Field] = {}
    for page in pages:
        for _, cell, text in _companies(page):
            name = unlabelled(text)
            if name and not any(alike(name, known) for known in found):
                start = text.find(name)
                box = cell.box_between(start, start + len(name))
                found[name] = Field(name, page.number, box, "position", 0.5, say("seller.company"))
    return list(found.values())


def _companies(page: Page) -> Iterator[tuple[Row, Cell, str]]:
    """What opens a cell and ends in a legal form."""
    for row in page.rows:
        for cell in row.cells:
            match = COMPANY.match(cell.text)
            if match:
                yield row, cell, match.group(0)


def unlabelled(text: str) -> str:
    """The name behind a `Kunde:`; empty when no name is left."""
    name = text.rpartition(":")[2].strip(" ,;·")
    return name if sum(map(str.isalpha, name)) > 2 else ""


def by_elimination(pages: Sequence[Page], seller: Field, buyer: Field) -> Field:
    """The seller, surer when no company but the labelled buyer and this one is named at all."""
    others = [name for name in companies(pages) if not alike(name.value, buyer.value)]
    if not others and not is_company(seller.value) and len(seller.reason) > 1:
        return replace(
            seller,
            confidence=max(seller.confidence, 0.8),
            reason=seller.reason + say("seller.person"),
        )
    if len(others) != 1 or not alike(others[0].value, seller.value):
        return seller
    return replace(
        seller,
        value=_without_address(seller.value, others[0].value),
        confidence=max(seller.confidence, 0.8),
        reason=seller.reason + say("seller.left"),
    )


def _without_address(line: str, name: str) -> str:
    """The name alone, of a return address line that goes on with street and town."""
    follows = line.removeprefix(name)
    return name if follows != line and _SEPARATOR.match(follows) else line


def other_company_in_footer(pages: Sequence[Page], seller: str, buyer: str) -> str | None:
    """A company in the foot of a page that is neither of the two: then who is the seller?"""
    for page in pages:
        for row, _, name in _companies(page):
            in_foot = row.top >= page.height * (1 - _FOOTER)
            if in_foot and not any(alike(name, party) for party in (seller, buyer)):
                return name
    return None


def alike(name: str, party: str) -> bool:
    """Whether one name is part of the other; nothing is like an empty name."""
    one, other = fold(name)[0], fold(party)[0]
    return bool(other) and (one in other or other in one)


def _behind(label: Labelled) -> tuple[Cell, int, int] | None:
    text = label.cell.text
    start = label.label.end
    while start < len(text) and (text[start] in " :：" or text[start] == "\t"):
        start += 1
    named = next(labels_in(text[start:]), None)
    if named and named.field == "party_name" and named.start == 0:
        start += named.end
        start += len(text[start:]) - len(text[start:].lstrip(" :："))
    # Behind a colon stands a name; without one the word is part of a sentence or a title.
    separated = any(mark in text[label.label.end : start] for mark in ":：")
    is_name = separated and sum(map(str.isalpha, text[start:])) > 2
    return (label.cell, start, len(text)) if is_name else None


def _beside(page: Page, label: Labelled) -> tuple[Cell, int, int] | None:
    if not label.after.strip().startswith((":", "：")):
        return None
    for cell in page.rows[label.row].cells:
        right = cell.box[0] > label.cell.box[2]
        if right and not _is_code(cell) and not _NO_NAME.search(cell.text):
            return cell, 0, len(cell.text)
    return None


def _under(page: Page, label: Labelled) -> tuple[Cell, int, int] | None:
    if any(char.isalnum() for char in label.after):
        return None
    block = list(_block(page, label))
    return _named(page, block) or _first_name(block)


def _named(page: Page, block: Sequence[tuple[int, Cell]]) -> tuple[Cell, int, int] | None:
    """The value of a `Name:` within the block."""
    for index, cell in block:
        first = _leading_label(cell)
        if first is None or first.field != "party_name":
            continue
        start = len(cell.text) - len(cell.text[first.end :].lstrip(" :："))
        if start < len(cell.text):
            return cell, start, len(cell.text)
        value = _value_column(page, index, cell)
        if value is not None:
            return value, 0, len(value.text)
    return None


def _value_column(page: Page, index: int, label: Cell) -> Cell | None:
    """The cell right of a label, with the lines above and below it that its text wraps to."""
    height = label.words[0].height
    rows = page.rows[max(index - _WRAPS, 0) : index + _WRAPS + 1]
    column = [cell for row in rows for cell in row.cells[:2] if cell.box[0] > label.box[2]]
    nearest = min(column, key=lambda cell: abs(cell.box[1] - label.box[1]), default=None)
    if nearest is None or abs(nearest.box[1] - label.box[1]) > height:
        return None
    parts = [nearest]
    for way in (-1, 1):
        at = nearest.box[1]
        for cell in sorted(column, key=lambda cell: way * cell.box[1]):
            step = way * (cell.box[1] - at)
            if 0 < step <= 1.35 * height and abs(cell.box[0] - nearest.box[0]) < 2:
                parts.append(cell)
                at = cell.box[1]
    names = [cell for cell in sorted(parts, key=lambda cell: cell.box[1]) if not _is_code(cell)]
    return Cell(label.page, tuple(word for cell in names for word in cell.words)) if names else None


def _is_code(cell: Cell) -> bool:
    """Whether this is an identifier with its label, such as `GLN 4000001123452`."""
    return _leading_label(cell) is not None or cell.text.startswith((":", "："))


def _first_name(block: Sequence[tuple[int, Cell]]) -> tuple[Cell, int, int] | None:
    """The first line of the block that is no label, joined with the next if the name wraps."""
    names = [
        cell
        for _, cell in block
        if not _is_code(cell)
        and not _NO_NAME.search(cell.text)
        and any(map(str.isalpha, cell.text))
        and not cell.text.rstrip().endswith((":", "："))
    ]
    if not names:
        return None
    first, *others = names
    if others and _wraps(first, others[0]):
        first = Cell(first.page, first.words + others[0].words)
    return first, 0, len(first.text)


def _wraps(first: Cell, second: Cell) -> bool:
    if _SALUTATION.match(first.text):
        return True
    return (
        is_company(second.text) and not is_company(first.text) and not _ADDRESS.search(first.text)
    )


def _leading_label(cell: Cell) -> Label | None:
    """The label that opens the cell; a company may be called Lieferant GmbH all the same."""
    first = next(labels_in(cell.text), None)
    if first is None or any(map(str.isalnum, cell.text[: first.start])):
        return None
    rest = cell.text[first.end :].strip(" .#°")
    labels = not rest or rest[0] in ":：" or any(map(str.isdigit, rest))
    return first if labels else None


def _block(page: Page, label: Labelled) -> Iterator[tuple[int, Cell]]:
    """The cells below a heading, with their row, down to a gap or the next heading."""
    left, _, right, bottom = label.cell.box
    for index, row in enumerate(page.rows[label.row + 1 : label.row + 1 + _BLOCK_ROWS]):
        if row.top - bottom > 3 * row.height:
            return
        for cell in row.cells:
            flush = cell.box[0] > left - 25 or abs(cell.box[2] - right) < _FLUSH_RIGHT
            if cell.box[0] < right and cell.box[2] > left - 5 and flush:
                first = _leading_label(cell)
                if first and first.field in _ENDS_BLOCK:
                    return
                yield label.row + 1 + index, cell
        bottom = row.top + row.height
