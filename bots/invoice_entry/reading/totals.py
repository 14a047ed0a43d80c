"""Net, tax and gross: the labelled amounts that add up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from .amounts import Amount, amounts_in, glued, money
from .identifiers import vat_ids_in
from .invoice import AMOUNTS, TRUSTWORTHY, Box, Field
from .places import Labelled
from .wording import Wording, say
from .words import Cell, Page, Row

_COLUMN_ROWS = 12
_EXEMPT = re.compile(
    r"kein(?:e|en|er)?\b.{0,20}(?:umsatzsteuer|mehrwertsteuer|mwst|ust\b)|kleinunternehmer"
    r"|steuerfrei"
    r"|ohne umsatzsteuer|umsatzsteuerbefrei|differenzbesteuerung|reverse.charge"
    r"|steuerschuldnerschaft|autoliquidation|tva non applicable|exon[ée]r|vat exempt"
    r"|exempt from vat"
    r"|zero.rated|no vat|vat.registered|registered for vat|vat (?:is )?not applicable"
    r"|outside the scope of|inversión del sujeto|exent[oa] de iva|no sujet[oa]"
    r"|inversione contabile"
    r"|esente|fuori campo|regime forfett?ario|btw verlegd|vrijgesteld|kleineondernemers"
    r"|odwrotne obciążenie|zwolni|免税",
    re.IGNORECASE,
)
_REGISTERED = re.compile(r"vat.registered|registered for vat", re.IGNORECASE)
_NOT = re.compile(r"\b(?:not|no)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Candidate:
    """An amount that a label claims for a role."""

    role: str
    value: Decimal
    page: int
    box: Box | None
    strength: float
    reason: Wording
    leads: bool = True
    source: str = "label"

    def as_field(self, confidence: float) -> Field:
        return Field(money(self.value), self.page, self.box, self.source, confidence, self.reason)


@dataclass(frozen=True)
class Totals:
    """The chosen amounts; `closes` when net + tax = gross, `rivals` when others would too."""

    fields: dict[str, Field]
    closes: bool
    rivals: bool


def totals(pages: Sequence[tuple[Page, Sequence[Labelled]]], mark: str | None) -> Totals:
    """The best supported net, tax and gross of the document."""
    found = [
        candidate
        for page, labels in pages
        for label in labels
        if label.label.field in AMOUNTS and _speaks_of_totals(label)
        for candidate in _candidates(page, label, mark)
    ]
    found += _sum_of_rates(found)
    found += _no_tax(found, pages)
    closing = sorted(_closing(found), key=_score, reverse=True)
    if not closing:
        found += _missing_tax(found, pages, mark)
        closing = sorted(_closing(found), key=_score, reverse=True)
    if not closing:
        return Totals(_strongest(found), closes=False, rivals=False)
    best = closing[0]
    fields = {item.role: item.as_field(min(item.strength + 0.04, 0.99)) for item in best}
    return Totals(fields, closes=True, rivals=_has_rival(best, closing))


def _speaks_of_totals(label: Labelled) -> bool:
    # Within a sentence, tax is a topic; a sum is a sum wherever it is named.
    return label.leads or (not label.follows and label.label.field != "tax")


def _candidates(page: Page, label: Labelled, mark: str | None) -> Iterator[Candidate]:
    strength = label.label.strength * (1.0 if label.leads else 0.7)
    if label.label.field == "tax" and _says_no_tax(label.cell.text):
        return
    beside = _beside(page.rows[label.row], label, mark)
    for amount, box in beside:
        reason = say("label.right", label=label.wording)
        yield Candidate(label.label.field, amount, page.number, box, strength, reason, label.leads)
    for amount, box in _earlier(page.rows[label.row], label, mark) if beside else ():
        # Another currency, or another rate: where all of them add up too, which is meant?
        reason = say("label.earlier", label=label.wording)
        role = label.label.field
        yield Candidate(role, amount, page.number, box, strength * 0.97, reason, leads=False)
    if beside:
        return
    if under := _in_strip(page, label, mark):
        reason = say("label.below", label=label.wording)
        role = label.label.field
        yield Candidate(role, under[0], page.number, under[1], strength * 0.9, reason, label.leads)
    elif below := _end_of_column(page, label, mark):
        reason = say("column.end", label=label.wording)
        at, strength = (page.number, below[1]), strength * 0.85
        yield Candidate(label.label.field, below[0], *at, strength, reason, False, "table")


def _beside(row: Row, label: Labelled, mark: str | None) -> list[tuple[Decimal, Box]]:
    """The last amount right of the label, before another label begins; two if overprinted."""
    last: list[tuple[Decimal, Box]] = []
    start = label.label.end
    for cell in row.cells:
        if cell is label.cell:
            text = cell.text[: start + len(label.after)]
        elif cell.box[0] > label.cell.box[2]:
            text, start = cell.text, 0
            last = [
                (value, cell.box) for word in cell.words for value in glued(word.text, mark)
            ] or last
        else:
            continue
        behind = [amount for amount in amounts_in(text, mark) if amount.start >= start - 1]
        amounts = _with_cents_first(behind)
        if amounts:
            last = [(amounts[-1].value, cell.box_between(amounts[-1].start, amounts[-1].end))]
        elif cell is not label.cell and _is_words(cell):
            break
    return last


def _earlier(row: Row, label: Labelled, mark: str | None) -> list[tuple[Decimal, Box]]:
    """The amounts behind the label, in its cell and those right of it, before the last one."""
    found = [
        (amount.value, cell.box)
        for cell in row.cells
        if cell is label.cell or cell.box[0] > label.cell.box[2]
        for amount in amounts_in(cell.text, mark)
        if amount.has_cents and (cell is not label.cell or amount.start >= label.label.end)
    ]
    return found[:-1]


def _with_cents_first(amounts: Sequence[Amount]) -> Sequence[Amount]:
    return [amount for amount in amounts if amount.has_cents] or amounts


def _is_words(cell: Cell) -> bool:
    return sum(char.isalpha() for char in cell.text) > 6


def _in_strip(page: Page, label: Labelled, mark: str | None) -> tuple[Decimal, Box] | None:
    """The amount in the like cell of the next row, where a row of headings stands above as many
    values, whichever way each is aligned; a longer table goes on below."""
    heads = page.rows[label.row].cells
    below = page.rows[label.row + 1 : label.row + 3]
    if len(heads) < 3 or not below or len(below[0].cells) != len(heads):
        return None
    if below[0].top - page.rows[label.row].top > 2.5 * below[0].height:
        return None
    if len(below) > 1 and len(below[1].cells) == len(heads):
        return None
    cell = below[0].cells[heads.index(label.cell)]
    amounts = [amount for amount in amounts_in(cell.text, mark) if amount.has_cents]
    if len(amounts) != 1:
        return None
    return amounts[0].value, cell.box_between(amounts[0].start, amounts[0].end)


def _end_of_column(page: Page, label: Labelled, mark: str | None) -> tuple[Decimal, Box] | None:
    left, _, right, bottom = label.cell.box_between(label.label.start, label.label.end)
    last = None
    for row in page.rows[label.row + 1 : label.row + 1 + _COLUMN_ROWS]:
        if row.top - bottom > 2.5 * row.height:
            break
        bottom = row.top + row.height
        for cell in row.cells:
            for amount in amounts_in(cell.text, mark):
                box = cell.box_between(amount.start, amount.end)
                if amount.has_cents and box[0] < right + 5 and box[2] > left - 5:
                    last = (amount.value, box)
    return last


def _sum_of_rates(found: Sequence[Candidate]) -> list[Candidate]:
    """The tax of an invoice that prints one row per rate and no sum of them."""
    rates = {
        (item.page, item.box): item
        for item in found
        if item.role == "tax" and item.leads and item.box
    }
    if len(rates) < 2:
        return []
    parts = list(rates.values())
    total = sum((item.value for item in parts), Decimal(0))
    strength = min(item.strength for item in parts)
    return [replace(parts[-1], value=total, strength=strength * 0.95, reason=say("tax.rows"))]


def _no_tax(
    found: Sequence[Candidate], pages: Sequence[tuple[Page, Sequence[Labelled]]]
) -> list[Candidate]:
    """A tax of zero, where the page says that there is none, or never speaks of tax and prints the
    same sum as net and as gross; and a net amount, where one sum alone is printed without tax."""
    if any(item.role == "tax" for item in found):
        return []
    box = _exemption(pages)
    if box is not None:
        none = Candidate("tax", Decimal(0), *box, 0.85, say("tax.none"))
        gross = [item for item in found if item.role == "gross" and item.strength >= TRUSTWORTHY]
        if any(item.role == "net" for item in found):
            return [none]
        return [none, *(replace(item, role="net", reason=say("tax.gross")) for item in gross)]
    if any(_speaks_of_tax(label) for _, labels in pages for label in labels):
        return []
    nets = {item.value for item in found if item.role == "net"}
    same = [item for item in found if item.role == "gross" and item.value in nets]
    return [replace(same[0], role="tax", value=Decimal(0), reason=say("tax.net"))] if same else []


def _speaks_of_tax(label: Labelled) -> bool:
    return label.label.field == "tax" and not vat_ids_in(label.after)


def _exemption(
    pages: Sequence[tuple[Page, Sequence[Labelled]]],
) -> tuple[int, Box] | None:
    for page, _ in pages:
        for row in page.rows:
            if _says_no_tax(row.text):
                return page.number, row.cells[0].box
    return None


def _says_no_tax(text: str) -> bool:
    match = _EXEMPT.search(text)
    if match and _REGISTERED.search(match[0]):
        return bool(_NOT.search(text[: match.start()]))
    return match is not None


def _missing_tax(
    found: Sequence[Candidate], pages: Sequence[tuple[Page, Sequence[Labelled]]], mark: str | None
) -> list[Candidate]:
    """Gross less net, where a row that speaks of tax prints just that amount."""
    strong = [item for item in found if item.strength >= TRUSTWORTHY]
    wanted = {
        gross.value - net.value
        for net in strong
        for gross in strong
        if net.role == "net" and gross.role == "gross" and gross.value != net.value
    }
    return [
        Candidate("tax", amount.value, page.number, cell.box, 0.8, say("tax.row"), False)
        for page, labels in pages
        for row in {label.row for label in labels if label.label.field == "tax"}
        for cell in page.rows[row].cells
        for amount in amounts_in(cell.text, mark)
        if amount.value in wanted
    ]


def _closing(found: Sequence[Candidate]) -> Iterator[tuple[Candidate, ...]]:
    by_role = [_distinct(item for item in found if item.role == role) for role in AMOUNTS]
    for net, tax, gross in product(*by_role):
        if net.value + tax.value == gross.value and abs(tax.value) <= abs(net.value):
            yield net, tax, gross


def _distinct(candidates: Iterable[Candidate]) -> list[Candidate]:
    best: dict[Decimal, Candidate] = {}
    for item in candidates:
        if item.value not in best or item.strength > best[item.value].strength:
            best[item.value] = item
    return list(best.values())


def _score(triple: tuple[Candidate, ...]) -> float:
    return sum(item.strength for item in triple)


def _has_rival(best: tuple[Candidate, ...], closing: Sequence[tuple[Candidate, ...]]) -> bool:
    values = [item.value for item in best]
    return any(
        _score(other) > _score(best) - 0.15 and [item.value for item in other] != values
        for other in closing[1:]
    )


def _strongest(found: Sequence[Candidate]) -> dict[str, Field]:
    fields = {}
    for role in AMOUNTS:
        own = sorted(
            (item for item in found if item.role == role),
            key=lambda item: item.strength,
            reverse=True,
        )
        if own:
            fields[role] = own[0].as_field(min(own[0].strength, 0.7))
    return fields
