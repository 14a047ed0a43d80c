"""Candidates for numbers, IBANs, VAT ids and dates: the values that one label names."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

from .dates import PrintedDate, first_date
from .invoice import Field
from .labels import labels_in
from .places import Labelled, Spot, spots
from .words import Page

_LEAD = r"[\s:：#.°№\-–=]*"
_NUMBER = re.compile(rf"{_LEAD}((?:[A-Z]{{1,5}}\s)?(?=[\w./\-]*\d)\w[\w./\-]*)")
_IBAN = re.compile(r"(?<![A-Z0-9])([A-Z]{2}\s?\d{2}(?:\s?[A-Z0-9]){10,30})(?![A-Za-z0-9])")
_VAT = re.compile(
    r"(?<![A-Z0-9])((?:AT\s?U|ES\s?[A-Z]|[A-Z]{2})[ .]?(?:[0-9A-Z][ .]?){7,12}[0-9A-Z])"
    r"(?![A-Za-z0-9])"
)
_TAX_NUMBER = re.compile(r"(?<![A-Z0-9])([0-9A-Z][0-9A-Z\-]{7,19})(?![A-Za-z0-9])")

_FROM_LABEL = {"behind": 1.0, "right": 1.0, "below": 0.9}
_NOT_LEADING = 0.75
_DAY_OR_MONTH = 0.6

Reader = Callable[[str], tuple[str, int, int] | None]


def candidates(
    page: Page, labels: Sequence[Labelled], field: str, *, day_first: bool = False
) -> Iterator[Field]:
    """What stands at the labels of `field`, one candidate for each label that has a value.
    `day_first`: that is known of the document's dates."""
    read = _READERS[field]
    for label in labels:
        if label.label.field != field:
            continue
        for spot in _own_spots(page, label):
            found = read(spot.text)
            if found:
                yield _field(label, spot, found, day_first=day_first)
            if found or spot.way == "behind":
                break


def vat_ids_in(text: str) -> list[str]:
    """What looks like a VAT id anywhere in the text, without its spaces."""
    return [_compact(match.group(1)) for match in _VAT.finditer(text)]


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


def _field(label: Labelled, spot: Spot, found: tuple[str, int, int], *, day_first: bool) -> Field:
    value, start, end = found
    confidence = label.label.strength * _FROM_LABEL[spot.way]
    if not label.leads:
        confidence *= _NOT_LEADING
    reason = f"{spot.way} the label “{label.wording}”"
    date = first_date(spot.text[start:end]) if label.label.field.endswith("_date") else None
    if date and date.ambiguous and not day_first:
        confidence *= _DAY_OR_MONTH
        reason += ", day or month first"
    return Field(value, label.page, spot.box(start, end), "label", confidence, reason)


def _number(text: str) -> tuple[str, int, int] | None:
    match = _NUMBER.match(text)
    if not match or len(match.group(1)) > 40:
        return None
    date = first_date(text)
    if date and date.start <= match.start(1) and date.end >= match.end(1) and "-" not in match[1]:
        return None
    value = match.group(1).rstrip("./-")
    return value, match.start(1), match.start(1) + len(value)


def _iban(text: str) -> tuple[str, int, int] | None:
    match = _IBAN.search(text)
    return (_compact(match.group(1)), match.start(1), match.end(1)) if match else None


def _vat(text: str) -> tuple[str, int, int] | None:
    match = _VAT.search(text) or _TAX_NUMBER.search(text)
    if not match or sum(char.isdigit() for char in match.group(1)) < 6:
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
