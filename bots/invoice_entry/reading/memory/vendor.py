"""What is remembered of one vendor: the invoices that were confirmed, and what they agree on.

Nothing in it is ever overwritten: a correction is one more confirmation, and what is believed
follows from all of them. So a wrong one is outvoted, and taking it back leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from dataclasses import fields as dataclass_fields
from typing import Any

from .formats import UNTOLD, Formats
from .items import ItemTable, same_table
from .place import Place, alike

PROOF = 2
"""How many documents must agree, less those that contradict, before the memory is believed."""


@dataclass(frozen=True)
class Confirmation:
    """One invoice, by the digest of its document. `by_person`: somebody looked at it; otherwise it
    passed by itself. `places` say where the confirmed values stand; `denied` which remembered
    places showed something else there. `formats`: how it is written; `items`: where its items
    stand, None when that could not be told."""

    document: str
    by_person: bool
    values: Mapping[str, str]
    places: Mapping[str, Place] = field(default_factory=dict)
    denied: Mapping[str, Sequence[Place]] = field(default_factory=dict)
    formats: Formats = UNTOLD
    items: ItemTable | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "document": self.document,
            "by_person": self.by_person,
            "values": dict(self.values),
            "places": {name: place.as_json() for name, place in self.places.items()},
            "denied": {name: [p.as_json() for p in each] for name, each in self.denied.items()},
            "formats": asdict(self.formats),
            "items": asdict(self.items) if self.items else None,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Confirmation:
        places = {name: Place(**place) for name, place in data["places"].items()}
        denied = {name: [Place(**one) for one in each] for name, each in data["denied"].items()}
        return cls(
            data["document"],
            data["by_person"],
            data["values"],
            places,
            denied,
            Formats(**data["formats"]),
            ItemTable(**items) if (items := data.get("items")) else None,
        )


@dataclass(frozen=True)
class Standing:
    """How well something remembered has proved itself. What passed by itself was not looked at,
    so all of that together counts as one."""

    persons: int
    machines: int
    against: int

    @property
    def proven(self) -> bool:
        return self.persons > 0 and self.persons + min(self.machines, 1) - self.against >= PROOF


@dataclass(frozen=True)
class VendorMemory:
    """The confirmations of one vendor, oldest first. `signs` are what it is known by."""

    key: str
    name: str
    signs: Sequence[str]
    confirmations: Sequence[Confirmation]

    def without(self, document: str) -> VendorMemory:
        """The memory before this document: it proves nothing about itself."""
        others = [each for each in self.confirmations if each.document != document]
        return replace(self, confirmations=others)

    def with_one_more(self, confirmation: Confirmation, signs: Sequence[str]) -> VendorMemory:
        """The memory after an invoice that shows these signs."""
        known = list(dict.fromkeys((*self.signs, *signs)))
        return replace(self, signs=known, confirmations=(*self.confirmations, confirmation))

    def places(self, name: str) -> list[tuple[Place, Standing]]:
        """Every place where the field stood, each once, in the wording seen last."""
        found: list[Place] = []
        for each in reversed(self.confirmations):
            place = each.places.get(name)
            if place and not any(alike(place, known) for known in found):
                found.append(place)
        return [(place, self._standing_of_place(name, place)) for place in found]

    def values(self, name: str) -> dict[str, Standing]:
        """Every value that the field had: for what does not change, such as the currency."""
        seen = {each.values[name]: None for each in self.confirmations if name in each.values}
        return {value: self._standing_of_value(name, value) for value in seen}

    def constant(self, name: str) -> str | None:
        """The proven value of a field that does not change."""
        proven = [value for value, standing in self.values(name).items() if standing.proven]
        return proven[0] if len(proven) == 1 else None

    def item_tables(self) -> list[tuple[ItemTable, Standing]]:
        """Every table that the items stood in, each once, the last first."""
        found: list[ItemTable] = []
        for each in reversed(self.confirmations):
            if each.items and not any(same_table(each.items, known) for known in found):
                found.append(each.items)
        return [(table, self._standing_of_table(table)) for table in found]

    @property
    def formats(self) -> Formats:
        """How the vendor writes, as far as its documents agree."""
        return Formats(**{each.name: self._agreed(each.name) for each in dataclass_fields(Formats)})

    def _agreed(self, name: str) -> Any:
        told = [getattr(each.formats, name) for each in self.confirmations]
        told = [each for each in told if each is not None]
        return told[0] if len(told) >= PROOF and len(set(told)) == 1 else None

    def _standing_of_place(self, name: str, place: Place) -> Standing:
        return self._standing(
            lambda each: name in each.places and alike(each.places[name], place),
            lambda each: any(alike(denied, place) for denied in each.denied.get(name, ())),
        )

    def _standing_of_table(self, table: ItemTable) -> Standing:
        return self._standing(
            lambda each: each.items is not None and same_table(each.items, table),
            lambda each: each.items is not None and not same_table(each.items, table),
        )

    def _standing_of_value(self, name: str, value: str) -> Standing:
        return self._standing(
            lambda each: each.values.get(name) == value,
            lambda each: each.values.get(name, value) != value,
        )

    def _standing(
        self, agrees: Callable[[Confirmation], bool], denies: Callable[[Confirmation], bool]
    ) -> Standing:
        by_person = [each for each in self.confirmations if each.by_person]
        machines = [each for each in self.confirmations if not each.by_person]
        return Standing(
            persons=sum(map(agrees, by_person)),
            machines=sum(map(agrees, machines)),
            against=sum(map(denies, by_person)),
        )
