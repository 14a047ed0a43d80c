"""Who sent the page where no label says it: the company that most signs of a sender point to.

The one written to may stand on top, in capitals, with its VAT id. What it lacks are the sender's
own means: the foot of the page, telephone and register, a web address of that name, the account.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from statistics import median

from .invoice import Field
from .labels import fold, labels_in
from .letterhead import Address, addresses, heads
from .parties import COMPANY, alike, is_company, unlabelled
from .titles import INVOICE
from .wording import say
from .words import Cell, Page

_FOOT = 0.3
_TOP = 0.35
_TOP_ROWS = 12
_BLOCK_ROWS = 8
_LARGE = 1.25
_SENDER_LINE = re.compile(
    r"^(?P<name>.{3,60}?)\s*(?:[·●•|*]\s.*\d|, [^,]{3,40} \d+[^,]*, (?:[A-Z]{1,2}-)?\d{4,5} \S)"
)
_REACHED = re.compile(
    r"@|\bwww\.|https?:|\biban\b|\bt[eé]l(?:efon|éfono|efoon|\.)?\b|\bphone\b|\(\d{3}\) \d{3}|^\+\d"
    r"|\b\d{3}[-.]\d{3}[-.]\d{4}\b"
    r"|\bsiret\b|\bsiren\b|\brcs\b|\bkvk\b|\bhr[ab]\b|\babn\b|\butr\b|\bregistered\b|\brea\b|\bkrs\b"
    r"|\bregon\b|company (?:no|number|reg)|amtsgericht|handelsregister|registro mercantil|\bbic\b"
    r"|\bsteuer-?n(?:umme)?r|\bst\.?-?nr|电话|开户",
    re.IGNORECASE,
)
_TAXED = re.compile(
    r"\bvat\b|\bust\b|ust-?id|\btva\b|p\. ?iva|\bnif\b|\bcif\b|\bbtw|\bnip\b|gstin|\bmwst\b", re.I
)
_WEB = re.compile(r"(?:@|www\.|https?://(?:www\.)?)([\w.\-]+\.[a-z]{2,})", re.IGNORECASE)
_PAYEE = re.compile(
    r"(?:kontoinhaber|account (?:name|holder)|payable to|beneficiary|titulaire|bénéficiaire"
    r"|zugunsten|beneficiario|intestat\w+|t\.n\.v\.|ten name van|zahlbar an)",
    re.IGNORECASE,
)
_NO_NAME = re.compile(
    rf"{INVOICE}|receipt|beleg|ticket|quittung|reçu|[:@%€$£]|\d{{3}}"
    r"|^(?:page|seite|statement|bill to|to|an|from)\b|发\s*票",
    re.IGNORECASE,
)
_DASH = re.compile(r"\s[·●•|–—-]\s|, ")
_LONG = 6
_SURE, _CLEAR = 3, 2


@dataclass(frozen=True)
class _Name:
    text: str
    cell: Cell


def candidates(pages: Sequence[Page], buyer: str) -> Iterator[Field]:
    """The likeliest sender, not the buyer; trustworthy when the signs for it are several and
    nobody else has nearly as many."""
    names = [name for name in _names(pages[0]) if not alike(name.text, buyer)]
    sent = [address for page in pages for address in addresses(page)]
    scored = [(_signs(pages, sent, name), name) for name in names]
    scored.sort(key=_weight, reverse=True)
    if not scored:
        return
    signs, name = scored[0]
    others = [sum(s.values()) for s, other in scored[1:] if not alike(other.text, name.text)]
    weight = sum(signs.values())
    if any(others):
        # Its place tells nothing where another has the means of a sender.
        weight -= signs.get("letterhead", 0)
    sure = weight >= _SURE and weight - max(others, default=0) >= _CLEAR
    reason = tuple(note for sign in signs for note in say(f"seller.{sign}"))
    name = _in_full(name, names)
    box = name.cell.box_between(0, len(name.text))
    yield Field(
        name.text,
        pages[0].number,
        box,
        "position",
        0.8 if sure else 0.55,
        reason or say("seller.top"),
    )


def _in_full(name: _Name, names: Sequence[_Name]) -> _Name:
    """The company whose name begins so, of a mark that is only its first word."""
    if is_company(name.text):
        return name
    start = fold(name.text)[0]
    whole = (x for x in names if is_company(x.text) and fold(x.text)[0].startswith(start))
    return next(whole, name)


def _weight(scored: tuple[dict[str, int], _Name]) -> tuple[int, int, float]:
    signs, name = scored
    return sum(signs.values()), is_company(name.text), -name.cell.box[1]


def _names(page: Page) -> Iterator[_Name]:
    """The companies on the page, the name in the return address line, the largest print on top."""
    for row in page.rows:
        line = _SENDER_LINE.match(row.text)
        is_name = line and _is_name(line["name"]) and not re.search(r"\d", line["name"])
        if line and is_name and row.cells[0].text.startswith(line["name"].strip()):
            yield _Name(unlabelled(line["name"].strip()), row.cells[0])
        for cell in row.cells:
            if (match := COMPANY.match(cell.text)) and (name := unlabelled(match.group(0))):
                yield _Name(name, cell)
    for cell in (cell for row in page.rows[:1] for cell in row.cells):
        if _is_name(cell.text):
            yield _Name(_DASH.split(cell.text)[0], cell)
    hosts = _hosts([page])
    for cell in (cell for row in page.rows[: 2 * _TOP_ROWS] for cell in row.cells):
        words = [fold(word)[0] for word in cell.text.split()]
        starts = [start for start in accumulate(words) if len(start) >= _LONG]
        if _is_name(cell.text) and any(start in host for start in starts for host in hosts):
            yield _Name(cell.text, cell)
    top = [cell for row in page.rows[:_TOP_ROWS] for cell in row.cells if _is_name(cell.text)]
    if top and _is_large(page, largest := max(top, key=lambda cell: cell.height)):
        yield _Name(_DASH.split(largest.text)[0], largest)


def _is_name(text: str) -> bool:
    first = next(labels_in(text), None)
    # A company may be called Lieferant GmbH.
    labelled = first and first.start == 0 and text[first.end :].strip()[:1] in ("", ":")
    return not labelled and not _NO_NAME.search(text) and sum(map(str.isalpha, text)) > 2


def _signs(pages: Sequence[Page], sent: Sequence[Address], name: _Name) -> dict[str, int]:
    """What speaks for this sender, with its weight; `sent` are the addresses on the pages."""
    places = list(_places(pages, name.text))
    block = "\n".join(text for page, cell in places for text in _block(page, cell))
    found = {
        "foot": 2 * any(_is_in_foot(*place) for place in places),
        "return_address": 2 * any(_is_sender_line(*place) for place in places),
        "reached": 2 * bool(_REACHED.search(block)),
        "vat": 2 * bool(_TAXED.search(block)),
        "first": any(cell in row.cells for row in pages[0].rows[:1] for _, cell in places),
        "large": 3 * any(_is_large(*place) for place in places),
        "letterhead": 3 * heads(pages, sent, name.text),
        "repeated": len(places) > 1,
        "domain": 3 * _names_domain(pages, name.text),
        "payee": 3 * any(_is_payee(page, cell, name.text) for page, cell in places),
    }  # fmt: skip
    return {sign: int(weight) for sign, weight in found.items() if weight}


def _places(pages: Sequence[Page], name: str) -> Iterator[tuple[Page, Cell]]:
    wanted = fold(name)[0]
    for page in pages:
        for row in page.rows:
            for cell in row.cells:
                if wanted and wanted in fold(cell.text)[0]:
                    yield page, cell


def _is_sender_line(page: Page, cell: Cell) -> bool:
    row = next(row for row in page.rows if cell in row.cells)
    return row.cells[0] is cell and bool(_SENDER_LINE.match(row.text))


def _is_large(page: Page, cell: Cell) -> bool:
    is_on_top = cell.box[1] < page.height * _TOP
    return is_on_top and cell.height >= _LARGE * _usual_height(page)


def _is_in_foot(page: Page, cell: Cell) -> bool:
    return cell.box[1] > page.height * (1 - _FOOT)


def _block(page: Page, cell: Cell) -> Iterator[str]:
    """The text of the cell, and of those set close below it."""
    yield cell.text
    left, _, right, bottom = cell.box
    below = [row for row in page.rows if row.top > cell.box[1] + 1][: 2 * _BLOCK_ROWS]
    for row in below:
        if row.top - bottom > 1.6 * row.height:
            return
        for other in row.cells:
            if (
                other.box[0] < right
                and other.box[2] > left
                and (abs(other.box[0] - left) < 40 or abs(other.box[2] - right) < 5)
            ):
                yield other.text
                bottom = other.box[3]


def _names_domain(pages: Sequence[Page], name: str) -> bool:
    hosts = _hosts(pages)
    whole = "".join(fold(word)[0] for word in name.split() if not is_company(word))
    words = [fold(word)[0] for word in name.split()[:3] if not is_company(word)]
    parts = [part for part in (whole, *words) if len(part) >= 4]
    return any(part in host for part in parts for host in hosts)


def _hosts(pages: Sequence[Page]) -> set[str]:
    return {fold(match[1])[0] for page in pages for match in _WEB.finditer(page.text)}


def _is_payee(page: Page, cell: Cell, name: str) -> bool:
    if _PAYEE.search(cell.text[: max(cell.text.find(name), 0)]):
        return True
    row = next((row for row in page.rows if cell in row.cells), None)
    return row is not None and bool(_PAYEE.search(row.cells[0].text))


def _usual_height(page: Page) -> float:
    return median(word.height for row in page.rows for cell in row.cells for word in cell.words)
