"""A reading weighed against what is remembered of its vendor: for it, against it, in its place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from operator import attrgetter

from .. import checks
from ..invoice import AMOUNTS, KEY_FIELDS, TRUSTWORTHY, Doubt, Field
from ..words import Page
from .place import Place, aligned, alike, level
from .printed import PLACED, Print, Printed
from .signs import Recognised
from .vendor import Standing, VendorMemory

_CORROBORATED, _REMEMBERED, _UNLIKE = 0.96, 0.9, 0.6
_REPEATED = 0.85
"""What is left of a number's confidence when it is not new."""
_ENOUGH_NUMBERS = 3
"""From so many numbers of a vendor on it is known what its numbers look like."""

Weighed = tuple[dict[str, Field], list[Doubt]]


@dataclass(frozen=True)
class Opinion:
    """What stands at a proven place of a field; `aligned` when it is in the same column too."""

    printed: Printed
    place: Place
    standing: Standing

    @property
    def value(self) -> str:
        return self.printed.value

    @property
    def aligned(self) -> bool:
        return aligned(self.printed.place, self.place)

    @property
    def level(self) -> bool:
        return level(self.printed.place, self.place)

    def field(self) -> Field:
        one = self.printed
        return Field(one.value, one.page.number, one.box, "memory", _REMEMBERED, self.reason)

    @property
    def reason(self) -> str:
        documents = self.standing.persons + self.standing.machines
        return f"where it stood in {documents} confirmed invoices of this vendor"


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
    opinions = {name: said for name in PLACED if (said := _opinion(printed, name, memory))}
    weighed, left = dict(fields), list(doubts)
    for name in opinions.keys() - set(AMOUNTS):
        _settle(name, opinions[name], weighed, left)
    _settle_sums(opinions, weighed, left)
    _settle_seller(printed, vendor, weighed, left)
    _settle_currency(memory, weighed, left)
    left += _against_number(memory, opinions, weighed)
    if any(page.scanned for page in pages):
        weighed = {name: _no_surer_than_ocr(field) for name, field in weighed.items()}
    return weighed, left


def _opinion(printed: Print, name: str, memory: VendorMemory) -> Opinion | None:
    """The one value at the proven places of the field; of several, the one in the same column and
    just as high. A seller is who it is, and its place says nothing new."""
    proven = [(place, standing) for place, standing in memory.places(name) if standing.proven]
    if not proven or name == "seller":
        return None
    there = [
        Opinion(one, place, standing)
        for one in printed.values(name)
        for place, standing in proven
        if alike(one.place, place)
    ]
    for narrower in (attrgetter("aligned"), attrgetter("level")):
        if len({each.value for each in there}) > 1:
            there = [each for each in there if narrower(each)]
    if len({each.value for each in there}) != 1:
        return None
    return max(there, key=lambda each: (each.aligned, each.standing.persons))


def _settle(name: str, said: Opinion, fields: dict[str, Field], doubts: list[Doubt]) -> None:
    read = fields.get(name)
    ambiguous = [doubt for doubt in doubts if doubt.code == f"{name}.ambiguous"]
    if read is not None and checks.same(name, read.value, said.value):
        confidence = max(read.confidence, _CORROBORATED)
        fields[name] = replace(read, confidence=confidence, reason=f"{read.reason}, {said.reason}")
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
    message = f"{read} was read, but where this vendor prints it stands {remembered}."
    return Doubt(name, f"{name}.unlike_before", message)


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
    return Field(name, page, box, "memory", _REMEMBERED, "a known vendor, by its place or code")


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
    reason = f"{read.reason}, as on every confirmed invoice of this vendor"
    return replace(read, confidence=max(read.confidence, _CORROBORATED), reason=reason)


def _was_always(name: str, read: str, known: str) -> Doubt:
    message = f"{read} was read, but this vendor's was always {known}."
    return Doubt(name, f"{name}.unlike_before", message)


def _against_number(
    memory: VendorMemory, opinions: Mapping[str, Opinion], fields: dict[str, Field]
) -> list[Doubt]:
    """A number that an earlier invoice has, or that is shaped like none of them, is more likely
    another number of the page, unless it stands where this vendor's numbers stand. One that only
    repeats must have a clear label; whether the invoice is a duplicate, the booking finds out."""
    number = fields.get("number")
    said = opinions.get("number")
    if number is None:
        return []
    earlier = [each.values["number"] for each in memory.confirmations if "number" in each.values]
    unlike = len(earlier) >= _ENOUGH_NUMBERS and _shape(number.value) not in map(_shape, earlier)
    if unlike and number.source == "memory":
        fields["number"] = replace(number, confidence=_UNLIKE)
    if said is not None and said.value == number.value:
        return []
    if number.value in earlier:
        reason = f"{number.reason}, but an earlier invoice of this vendor has it"
        fields["number"] = replace(number, confidence=number.confidence * _REPEATED, reason=reason)
    if unlike:
        message = f"{number.value} looks unlike this vendor's earlier numbers, as {earlier[-1]}."
        return [Doubt("number", "number.unlike_before", message)]
    return []


def _shape(number: str) -> str:
    """Runs of letters and digits, and what is between them: `RE-2024/7` is `A-9/9`."""
    return re.sub(r"\d+", "9", re.sub(r"[^\W\d_]+", "A", number))


def _no_surer_than_ocr(field: Field) -> Field:
    return replace(field, confidence=min(field.confidence, _UNLIKE))
