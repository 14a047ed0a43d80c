"""A reading weighed against what is remembered of its vendor: for it, against it, in its place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from .. import checks
from ..invoice import AMOUNTS, KEY_FIELDS, TRUSTWORTHY, Doubt, Field, InvoiceLine
from ..wording import say
from ..words import Page
from . import numbering
from .items import read_items
from .opinion import Opinion, opinion_on, sum_of_rates
from .printed import PLACED, Print
from .signs import Recognised
from .vendor import VendorMemory

_CORROBORATED, _REMEMBERED, _UNLIKE = 0.96, 0.9, 0.6

Weighed = tuple[dict[str, Field], list[Doubt]]


def weigh(
    pages: Sequence[Page],
    fields: Mapping[str, Field],
    doubts: Sequence[Doubt],
    vendor: Recognised,
) -> Weighed:
    """The fields and doubts after the vendor's memory has had its say. The memory settles what is
    weak, ambiguous or missing; what it contradicts although the reading was sure is doubted."""
    memory = vendor.memory
    printed = Print(pages, memory.formats)
    opinions = {name: said for name in PLACED if (said := opinion_on(printed, name, memory))}
    weighed, left = dict(fields), list(doubts)
    for name in opinions.keys() - set(AMOUNTS):
        _settle(name, opinions[name], weighed, left)
    _settle_sums(opinions, weighed, left)
    _settle_tax(printed, memory, opinions, weighed)
    _settle_seller(printed, vendor, weighed, left)
    _settle_currency(memory, weighed, left)
    numbering.settle(memory, printed, opinions.get("number"), weighed, left)
    if any(page.scanned for page in pages):
        weighed = {name: _no_surer_than_ocr(field) for name, field in weighed.items()}
    return weighed, left


def weigh_items(
    pages: Sequence[Page], net: Field | None, memory: VendorMemory
) -> Sequence[InvoiceLine] | None:
    """The items where this vendor's proved to stand; None when they do not, or do not add up."""
    proven = [table for table, standing in memory.item_tables() if standing.proven]
    amount = Decimal(net.value) if net else None
    readings = (read_items(pages, table, amount) for table in proven)
    return next((items for items in readings if items is not None), None)


def _settle(name: str, said: Opinion, fields: dict[str, Field], doubts: list[Doubt]) -> None:
    read = fields.get(name)
    ambiguous = [doubt for doubt in doubts if doubt.code == f"{name}.ambiguous"]
    if read is not None and checks.same(name, read.value, said.value):
        confidence = max(read.confidence, _CORROBORATED)
        fields[name] = replace(read, confidence=confidence, reason=read.reason + said.reason)
    elif not said.aligned:
        return  # the same words elsewhere on the page: too little to contradict a reading
    elif read is None or read.confidence < TRUSTWORTHY or ambiguous:
        fields[name] = said.field()
    elif name in KEY_FIELDS:
        doubts.append(_unlike(name, read.value, said.value))
        return
    for doubt in ambiguous:
        doubts.remove(doubt)


def _unlike(name: str, read: str, remembered: str) -> Doubt:
    wording = say("vendor.place", value=read, remembered=remembered)
    return Doubt(name, f"{name}.unlike_before", wording)


def _settle_sums(
    opinions: Mapping[str, Opinion], fields: dict[str, Field], doubts: list[Doubt]
) -> None:
    """Amounts are believed together, for they must add up: the remembered places show one rate of
    tax where the invoice has two, or the sum of a page."""
    said = {name: opinions[name] for name in AMOUNTS if name in opinions}
    remembered = {name: each.value for name, each in said.items()}
    read = {name: fields[name].value for name in AMOUNTS if name in fields}
    if _closes(read) and not _closes(read | remembered):
        said = {name: each for name, each in said.items() if read[name] == each.value}
    for name, each in said.items():
        _settle(name, each, fields, doubts)
    if len(said) == len(AMOUNTS) and _closes(remembered):
        doubts[:] = [doubt for doubt in doubts if doubt.code != "amounts.ambiguous"]


def _settle_tax(
    printed: Print,
    memory: VendorMemory,
    opinions: Mapping[str, Opinion],
    fields: dict[str, Field],
) -> None:
    net, gross = opinions.get("net"), opinions.get("gross")
    read = {name: fields[name].value for name in AMOUNTS if name in fields}
    if net is None or gross is None or _closes(read):
        return
    if tax := sum_of_rates(printed, memory, net, gross):
        fields["tax"] = tax


def _closes(values: Mapping[str, str]) -> bool:
    if any(name not in values for name in AMOUNTS):
        return False
    net, tax, gross = (Decimal(values[name]) for name in AMOUNTS)
    return net + tax == gross


def _settle_seller(
    printed: Print, vendor: Recognised, fields: dict[str, Field], doubts: list[Doubt]
) -> None:
    """The vendor is who sells, when more than the reading itself says so."""
    known, read = vendor.memory.constant("seller"), fields.get("seller")
    if known is None or not vendor.surely:
        return
    ambiguous = [doubt for doubt in doubts if doubt.code == "seller.ambiguous"]
    if read is not None and checks.same("seller", read.value, known):
        fields["seller"] = replace(_as_always(read), value=known)
    elif read is None or read.confidence < TRUSTWORTHY or ambiguous:
        fields["seller"] = _name_on_page(printed, known)
    else:
        doubts.append(_was_always("seller", read.value, known))
        return
    for doubt in ambiguous:
        doubts.remove(doubt)


def _name_on_page(printed: Print, name: str) -> Field:
    shown = next(iter(printed.text(name)), None)
    page, box = (shown.page.number, shown.box) if shown else (1, None)
    return Field(name, page, box, "memory", _REMEMBERED, say("vendor.known"))


def _settle_currency(memory: VendorMemory, fields: dict[str, Field], doubts: list[Doubt]) -> None:
    known, read = memory.constant("currency"), fields.get("currency")
    if known is None or read is None:
        return
    if read.value == known:
        fields["currency"] = _as_always(read)
        doubts[:] = [doubt for doubt in doubts if doubt.code != "currency.ambiguous"]
    elif read.confidence >= TRUSTWORTHY:
        doubts.append(_was_always("currency", read.value, known))


def _as_always(read: Field) -> Field:
    reason = read.reason + say("vendor.as_always")
    return replace(read, confidence=max(read.confidence, _CORROBORATED), reason=reason)


def _was_always(name: str, read: str, known: str) -> Doubt:
    return Doubt(name, f"{name}.unlike_before", say("vendor.always", value=read, known=known))


def _no_surer_than_ocr(field: Field) -> Field:
    return replace(field, confidence=min(field.confidence, _UNLIKE))
