"""What a reading gives: fields with their place and evidence, lines, doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from .wording import Wording, english, notes

Box = tuple[float, float, float, float]

KEY_FIELDS = ("number", "issue_date", "currency", "net", "tax", "gross", "seller")
AMOUNTS = ("net", "tax", "gross")
# Below this a value may be shown to a person, but is not booked without one.
TRUSTWORTHY = 0.75


@dataclass(frozen=True)
class Field:
    """One value and where it was found; `box` is in points from the page's top left corner."""

    value: str
    page: int
    box: Box | None
    source: str
    confidence: float
    reason: Wording
    trusted: bool = False

    def with_trust(self, trusted: bool) -> Field:
        return replace(self, trusted=trusted)

    def as_json(self) -> dict[str, Any]:
        return {
            "value": self.value,
            "page": self.page,
            "box": [round(edge, 1) for edge in self.box] if self.box else None,
            "source": self.source,
            "confidence": round(self.confidence, 2),
            "trusted": self.trusted,
            "reason": english(self.reason),
            "notes": notes(self.reason),
        }


@dataclass(frozen=True)
class Doubt:
    """A reason why a person must look; `field` is None when it concerns the whole document."""

    field: str | None
    code: str
    wording: Wording

    @property
    def message(self) -> str:
        return english(self.wording)

    def as_json(self) -> dict[str, Any]:
        return {
            "field": self.field,
            "code": self.code,
            "message": self.message,
            "notes": notes(self.wording),
        }


@dataclass(frozen=True)
class InvoiceLine:
    """One line of the item table, numbers as decimal strings, empty when not printed.

    `discount` is the money already taken off `amount`, `tax_rate` a percentage.
    """

    description: str
    quantity: str
    unit: str
    unit_price: str
    amount: str
    discount: str = ""
    tax_rate: str = ""


@dataclass(frozen=True)
class TaxRate:
    """What is taxed at one rate: category (UNTDID 5305), percentage, basis and tax, as strings;
    empty when not given."""

    category: str
    rate: str
    net: str
    tax: str


@dataclass(frozen=True)
class Part:
    """The pages `first` to `last` of a file, by their numbers in it."""

    first: int
    last: int


@dataclass(frozen=True)
class Invoice:
    """A reading; `trusted` holds only when nothing at all was doubted.

    `parts` are the invoices in its file, where there are several: this is the first of them.
    """

    file: str
    page_sizes: Sequence[tuple[float, float]]
    fields: dict[str, Field]
    lines: Sequence[InvoiceLine] = ()
    breakdown: Sequence[TaxRate] = ()
    doubts: Sequence[Doubt] = field(default_factory=tuple)
    trusted: bool = False
    parts: Sequence[Part] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "file": self.file,
            "parts": [vars(part) for part in self.parts],
            "pages": len(self.page_sizes),
            "page_sizes": [[round(w, 1), round(h, 1)] for w, h in self.page_sizes],
            "fields": {name: found.as_json() for name, found in self.fields.items()},
            "lines": [vars(line) for line in self.lines],
            "breakdown": [vars(row) for row in self.breakdown],
            "doubts": [doubt.as_json() for doubt in self.doubts],
            "trusted": self.trusted,
        }
