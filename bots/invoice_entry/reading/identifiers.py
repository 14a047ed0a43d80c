"""Candidates for numbers, IBANs, VAT ids and dates: the values that one label names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from .dates import PrintedDate, first_date
from .invoice import Box, Field
from .labels import STRONG, labels_in
from .lines import is_heading, names_item
from .places import Labelled, Spot, spots
from .wording import say
from .words import UNREADABLE, Page

_LEAD = r"[\s:：#.°№\-–=]*"
_NUMBER = re.compile(rf"{_LEAD}((?:[A-Z]{{1,5}}\s)?(?=[\w./\-]*\d)\w[\w./\-]*)")
_BY_MONTH = re.compile(rf"{_LEAD}(\d{{1,5}}/(?:0?[1-9]|1[0-2])/20\d\d)\s*")
_MORE = re.compile(r"(?: (?=[\w./\-]*\d)[\w./\-]+)+")
_IBAN = re.compile(r"(?<![A-Z0-9])([A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]){10,30})(?![A-Za-z0-9])")
_VAT = re.compile(
    r"(?<![A-Z0-9])(?!IBAN|BIC)((?:AT\s?U|ES\s?[A-Z]|[A-Z]{2})[ .]?(?:[0-9A-Z][ .]?){7,12}[0-9A-Z])"
    r"(?![A-Za-z0-9])"
)
_TAX_NUMBER = re.compile(r"(?<![A-Z0-9])([0-9A-Z][0-9A-Z\-]{7,19})(?![A-Za-z0-9])")

_VAT_DIGITS = 6
_FROM_LABEL = {"behind": 1.0, "right": 1.0, "below": 0.9}
_NOT_LEADING = 0.75
_DAY_OR_MONTH = 0.6
_NOT_WHOLE = 0.7
# What may go on behind a number: `vom 5. März`, a bracket, a stop.
_GOES_ON = re.compile(
    r"[\s.,;)\]|·•]*(?:$|\(|(?:vom|von|dated|of|du|del|van|z dnia|from|am|on)\b)", re.I
)
# `Avoir sur facture n° 7`: the number and the date of the document that this one is about.
_ANOTHERS = re.compile(
    r"\b(?:zu|zur|sur|original\w*|ursprüng\w+|initiale?|su|op|do|gegen|storno|corrected|corrects"
    r"|against|rectificada|sobre|względem|related|previous|prior|last|linked|credited|cancelled"
    r"|vorherige|letzte|précédente|relativa|collegata|anterior|relacionada|vorige|poprzedni\w*)"
    r"\W*(?:la |de |der |the )?$",
    re.I,
)
_OTHER_PAPER = re.compile(
    r"liefer|bestell|auftrag|\border|delivery|despatch|commande|livraison|pedido|albar|\bddt"
    r"|ordine|bestel|pakbon|zamówien|dostaw|订单|送货",
    re.I,
)
_SAME_COLUMN = 3.0
_ROWS_ABOVE = 3
_GROUPS = re.compile(r"\d{1,4}(?: \d{3})+$|\d{1,4}(?: \d{4}){2,}$")

Reader = Callable[[str], tuple[str, int, int] | None]


def candidates(
    page: Page, labels: Sequence[Labelled], field: str, *, day_first: bool | None = None
) -> Iterator[Field]:
    """What stands at the labels of `field`, one candidate for each label that has a value.
    `day_first`: whether the document's dates are, if that is known."""
    read = _READERS[field]
    for label in labels:
        if label.label.field != field or _heads_items(page, label) or _is_anothers(label):
            continue
        for spot in _own_spots(page, label):
            found = read(spot.text) or _dated_number(label, spot)
            if found:
                field_found = _field(label, spot, found, day_first=day_first)
                yield _doubting(page, label, spot, field_found)
            if found or spot.way == "behind":
                break


def vat_ids_in(text: str) -> list[str]:
    """What looks like a VAT id anywhere in the text, without its spaces."""
    found = (_compact(match.group(1)) for match in _VAT.finditer(text))
    # Words in capitals are none.
    return [value for value in found if sum(map(str.isdigit, value)) >= _VAT_DIGITS]


def ibans_in(text: str) -> list[str]:
    """What looks like an IBAN anywhere in the text, without its spaces."""
    return [_compact(match.group(1)) for match in _IBAN.finditer(text)]


def impossible_dates(page: Page, labels: Sequence[Labelled], field: str) -> Iterator[str]:
    """What is printed at a date label although no calendar has that day."""
    for label in labels:
        if label.label.field == field:
            for spot in _own_spots(page, label):
                date = first_date(spot.text)
                if date and date.value is None:
                    yield spot.text[date.start : date.end]


def _own_spots(page: Page, label: Labelled) -> Iterator[Spot]:
    for spot in spots(page, label):
        if spot.way == "behind" or not _starts_with_label(spot.text):
            yield spot


def _starts_with_label(text: str) -> bool:
    first = next(labels_in(text), None)
    return first is not None and not any(char.isalnum() for char in text[: first.start])


def _heads_items(page: Page, label: Labelled) -> bool:
    """Whether the label is the heading of a column, where each item has a date of its own."""
    row = page.rows[label.row]
    if label.label.strength == STRONG or label.after.strip(" :"):
        return False
    facts = {cell for cell in row.cells for x in labels_in(cell.text) if x.field in _READERS}
    return is_heading(row) or any(names_item(cell) for cell in row.cells if cell not in facts)


def _doubting(page: Page, label: Labelled, spot: Spot, field: Field) -> Field:
    """The field, weak where the number may go on in the next line, or a date that is only called
    so follows the number of an order or a delivery."""
    if label.label.field == "number" and _goes_on_below(page, label, spot, field):
        reason = field.reason + say("but.not_whole")
        return replace(field, confidence=field.confidence * _NOT_WHOLE, reason=reason)
    is_vague = label.label.field == "issue_date" and label.label.strength < STRONG
    if is_vague and _OTHER_PAPER.search(_above(page, label)):
        reason = field.reason + say("but.other_paper")
        return replace(field, confidence=field.confidence * _NOT_WHOLE, reason=reason)
    return field


def _above(page: Page, label: Labelled) -> str:
    """What stands above the label in its column."""
    for row in reversed(page.rows[max(label.row - _ROWS_ABOVE, 0) : label.row]):
        for cell in row.cells:
            if abs(cell.box[0] - label.cell.box[0]) < _SAME_COLUMN:
                return cell.text
    return ""


def _goes_on_below(page: Page, label: Labelled, spot: Spot, field: Field) -> bool:
    """Whether a single word with digits stands close below the value, and no label beside it."""
    left, top, _, bottom = field.box or spot.cell.box
    for row in page.rows:
        if not top < row.top - 1 <= bottom + 0.5 * (bottom - top):
            continue
        under = next((c for c in row.cells if abs(c.box[0] - left) < _SAME_COLUMN), None)
        if under is None or len(under.words) > 1 or not any(map(str.isdigit, under.text)):
            continue
        beside = (c for c in row.cells if label.cell.box[0] - 5 <= c.box[0] < left - 5)
        labelled = spot.way != "below" and any(beside)
        if (
            not labelled
            and not _starts_with_date(under.text)
            and not _starts_with_label(under.text)
        ):
            return True
    return False


def _is_anothers(label: Labelled) -> bool:
    return bool(_ANOTHERS.search(label.cell.text[: label.label.start]))


def _field(
    label: Labelled, spot: Spot, found: tuple[str, int, int], *, day_first: bool | None
) -> Field:
    value, start, end = found
    confidence = label.label.strength * _FROM_LABEL[spot.way]
    if not label.leads:
        confidence *= _NOT_LEADING
    reason = say(f"label.{spot.way}", label=label.wording)
    date = first_date(spot.text[start:end]) if label.label.field.endswith("_date") else None
    if date and date.ambiguous:
        day = date.meant(day_first=day_first)
        value = day.isoformat() if day else value
        if day_first is None:
            confidence *= _DAY_OR_MONTH
            reason += say("but.day_or_month")
    box = spot.box(start, end)
    if UNREADABLE in spot.text or (spot.way == "below" and not _is_below(label, box)):
        confidence *= _NOT_WHOLE
        reason += say("but.anothers")
    if label.label.field == "number" and not _is_whole(spot.text, start, end):
        confidence *= _NOT_WHOLE
        reason += say("but.not_whole")
    return Field(value, label.page, box, "label", confidence, reason)


def _is_below(label: Labelled, box: Box) -> bool:
    """Whether the value itself is, and not only the words that it was run together with."""
    left, _, right, _ = label.cell.box_between(label.label.start, label.label.end)
    return box[0] < right and box[2] > left


def _is_whole(text: str, start: int, end: int) -> bool:
    """Whether the number ends where it was cut off: it is not hyphenated into the next line, nor
    part of a longer text."""
    value, rest = text[start:end], text[end:]
    if rest.strip() in ("-", "/") or (" " in value and not _GROUPS.match(value) and _digits(value)):
        return False
    return bool(_GOES_ON.match(rest)) or _starts_with_label(rest) or _starts_with_date(rest)


def _digits(value: str) -> bool:
    """Whether more than one of its words holds digits."""
    return sum(any(map(str.isdigit, word)) for word in value.split()) > 1


def _starts_with_date(text: str) -> bool:
    date = first_date(text)
    return date is not None and not text[: date.start].strip(" ,;/|-")


def _number(text: str) -> tuple[str, int, int] | None:
    match = _NUMBER.match(text)
    if not match or len(match.group(1)) > 40:
        return None
    date = first_date(text)
    start, end = match.span(1)
    is_date = date and date.start <= start and date.end >= end
    if is_date and "-" not in text[start:end] and not text[start:end].isdigit():
        return None
    # Digits in groups, `12 345 678`, up to a date.
    before_date = text[: date.start] if date and date.start >= end else text
    more = _MORE.match(before_date, end)
    value = text[start : more.end() if more else end].rstrip("./-")
    return value, start, start + len(value)


def _dated_number(label: Labelled, spot: Spot) -> tuple[str, int, int] | None:
    """`12/03/2024` behind `Numer faktury:`, as in lands that number invoices by month."""
    if label.label.field != "number" or spot.way != "behind":
        return None
    match = _BY_MONTH.fullmatch(spot.text)
    sure = label.label.strength == STRONG and label.leads
    return (match[1], *match.span(1)) if match and sure else None


def _iban(text: str) -> tuple[str, int, int] | None:
    match = _IBAN.search(text)
    return (_compact(match.group(1)), match.start(1), match.end(1)) if match else None


def _vat(text: str) -> tuple[str, int, int] | None:
    match = _VAT.search(text) or _TAX_NUMBER.search(text)
    if not match or sum(char.isdigit() for char in match.group(1)) < _VAT_DIGITS:
        return None
    return _compact(match.group(1)), match.start(1), match.end(1)


def _date(text: str) -> tuple[str, int, int] | None:
    date: PrintedDate | None = first_date(text)
    # A value stands at its label; a date far into a sentence belongs to the sentence.
    if date is None or date.value is None or date.start > 25:
        return None
    return date.value.isoformat(), date.start, date.end


def _compact(text: str) -> str:
    return re.sub(r"[\s.\-]", "", text)


_READERS: dict[str, Reader] = {
    "number": _number,
    "po_number": _number,
    "iban": _iban,
    "seller_vat": _vat,
    "buyer_vat": _vat,
    "issue_date": _date,
    "due_date": _date,
    "delivery_date": _date,
}
