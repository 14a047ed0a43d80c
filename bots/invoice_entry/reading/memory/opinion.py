"""What stands where the values of a vendor have proved to stand."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from operator import attrgetter

from ..amounts import money
from ..invoice import Field
from ..wording import Wording, say
from .place import Place, aligned, alike, level
from .printed import Print, Printed
from .vendor import Standing, VendorMemory

_SURE = 0.9


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
        return Field(one.value, one.page.number, one.box, "memory", _SURE, self.reason)

    @property
    def reason(self) -> Wording:
        documents = self.standing.persons + self.standing.machines
        return say("vendor.stood", count=documents)


def opinion_on(printed: Print, name: str, memory: VendorMemory) -> Opinion | None:
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


def sum_of_rates(
    printed: Print, memory: VendorMemory, net: Opinion, gross: Opinion
) -> Field | None:
    """The tax of an invoice with several rates, one amount at each of the words where this
    vendor's tax stands, when together they are what lies between net and gross."""
    places = [place for place, standing in memory.places("tax") if standing.proven]
    rates = [
        one for one in printed.values("tax") if any(alike(one.place, place) for place in places)
    ]
    total = sum((Decimal(one.value) for one in rates), Decimal(0))
    if not rates or Decimal(net.value) + total != Decimal(gross.value):
        return None
    last = rates[-1]
    reason = say("vendor.rates", count=len(rates))
    return Field(money(total), last.page.number, last.box, "memory", _SURE, reason)
