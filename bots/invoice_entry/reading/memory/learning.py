"""What one confirmed invoice teaches about its vendor."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from ..amounts import decimal_mark
from ..dates import shows_day_first
from ..invoice import AMOUNTS, Field, InvoiceLine
from ..labels import labels_in
from ..language import language_of
from ..words import Page
from .formats import Formats
from .items import table_of
from .place import Place, alike
from .printed import PLACED, Print, Printed
from .vendor import Confirmation, VendorMemory

_DATES = ("issue_date", "due_date", "delivery_date")
_KEPT = ("number", "issue_date", "net", "tax", "gross", "seller", "currency", "seller_vat", "iban")


def learn(
    memory: VendorMemory,
    document: str,
    pages: Sequence[Page],
    confirmed: Mapping[str, Field],
    lines: Sequence[InvoiceLine] = (),
    *,
    by_person: bool,
) -> Confirmation:
    """The confirmation of a document, to be added to the vendor's `memory`, which may be empty.
    A value that the pages do not show teaches no place, yet speaks against the remembered one,
    unless it is an amount: that may be a sum which is not printed."""
    printed = Print(pages, memory.formats)
    found = {
        name: where
        for name in PLACED
        if name in confirmed and (where := _where(printed, name, confirmed[name]))
    }
    return Confirmation(
        document=document,
        by_person=by_person,
        values={name: confirmed[name].value for name in _KEPT if name in confirmed},
        places={name: where.place for name, where in found.items()},
        denied=dict(_denied(memory, printed, confirmed)) if by_person else {},
        formats=_formats(pages, found),
        items=table_of(pages, lines),
    )


def _where(printed: Print, name: str, field: Field) -> Printed | None:
    """The place that the person pointed at; else at a label of the field; else the only one. Of a
    name the first, which the letterhead has."""
    shown = [one for one in _readings(printed, name, field.value) if one.value == field.value]
    if name == "seller":
        return next(iter(shown), None)
    pointed = [one for one in shown if _is_pointed_at(one, field)]
    labelled = [one for one in shown if _has_label(one, name)]
    for choice in (pointed, labelled, shown):
        if choice and all(alike(one.place, choice[0].place) for one in choice):
            return choice[0]
    return _rates(printed, Decimal(field.value)) if name == "tax" and not shown else None


def _rates(printed: Print, tax: Decimal) -> Printed | None:
    """The last of the amounts of tax, one for each rate, which together are the tax."""
    rates = [one for one in printed.values("tax") if _has_label(one, "tax")]
    same = [one for one in rates if alike(one.place, rates[-1].place)]
    return same[-1] if sum(Decimal(one.value) for one in same) == tax and same else None


def _readings(printed: Print, name: str, value: str) -> Sequence[Printed]:
    if name == "seller":
        return printed.text(value)
    if name in AMOUNTS or name in _DATES:
        return printed.values(name)
    # A number with spaces in it is found as it was confirmed.
    return [*printed.values(name), *printed.text(value)]


def _is_pointed_at(one: Printed, field: Field) -> bool:
    if field.box is None or one.page.number != field.page:
        return False
    left, top, right, bottom = one.box
    x, y = (left + right) / 2, (top + bottom) / 2
    return field.box[0] <= x <= field.box[2] and field.box[1] <= y <= field.box[3]


def _has_label(one: Printed, name: str) -> bool:
    return any(
        label.field == name
        for text in (one.place.beside, one.place.above)
        for label in labels_in(text)
    )


def _denied(
    memory: VendorMemory, printed: Print, confirmed: Mapping[str, Field]
) -> Iterator[tuple[str, Sequence[Place]]]:
    """The remembered places that this document has, though with another value."""
    for name in PLACED:
        if name not in confirmed or name == "seller":
            continue
        value = confirmed[name].value
        if name in AMOUNTS and not any(one.value == value for one in printed.values(name)):
            continue  # a sum that is not printed, as of several rates of tax
        wrong = []
        for place, _ in memory.places(name):
            there = [one for one in printed.values(name) if alike(one.place, place)]
            if there and all(one.value != value for one in there):
                wrong.append(place)
        if wrong:
            yield name, wrong


def _formats(pages: Sequence[Page], found: Mapping[str, Printed]) -> Formats:
    text = "\n".join(page.text for page in pages)
    return Formats(language_of(text), decimal_mark(text), _day_first(found))


def _day_first(found: Mapping[str, Printed]) -> bool | None:
    told = {
        order
        for name in _DATES
        if name in found
        and (order := shows_day_first(found[name].text, dt.date.fromisoformat(found[name].value)))
        is not None
    }
    return told.pop() if len(told) == 1 else None
