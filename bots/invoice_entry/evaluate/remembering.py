"""Reading a folder as an office would over time: each invoice in the light of those before it,
and a person corrects those that are asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bots.invoice_entry.reading import memory
from bots.invoice_entry.reading.invoice import Field, Invoice, InvoiceLine
from bots.invoice_entry.reading.memory import VendorMemory
from bots.invoice_entry.reading.reader import Observed, conclude
from bots.invoice_entry.reading.wording import say

from .comparing import RIGHT, Outcome, judged, name_of

MANY = 3
"""From so many invoices of a vendor on, the learning curve counts them together."""


class Office:
    """The vendors that an office remembers, and how many invoices of each came before."""

    def __init__(self) -> None:
        self._vendors: dict[str, VendorMemory] = {}
        self._seen: dict[str, int] = defaultdict(int)

    def take(self, truth: Mapping[str, Any], observed: Observed, seconds: float) -> Outcome:
        """Read the next invoice, and learn from it: from the truth, as a person would enter it,
        when it is asked about; else from the reading, right or wrong."""
        known = [v for v in self._vendors.values() if set(v.signs) & set(observed.signs)]
        invoice = conclude(observed, known)
        vendor = _vendor(truth["fields"])
        outcome = replace(judged(truth, invoice, seconds), seen=self._seen[vendor])
        self._seen[vendor] += 1
        lines = invoice.lines if invoice.trusted else _typed(truth)
        self._learn(observed, invoice, outcome, lines)
        return outcome

    def _learn(
        self, observed: Observed, invoice: Invoice, outcome: Outcome, lines: Sequence[InvoiceLine]
    ) -> None:
        fields = invoice.fields if invoice.trusted else corrected(invoice, outcome)
        if "seller" not in fields:
            return
        signs = memory.signs_of(fields)
        vendor = memory.belongs_to(signs, list(self._vendors.values()))
        vendor = vendor or VendorMemory(signs[0] + signs[-1], fields["seller"].value, (), ())
        confirmation = memory.learn(
            vendor, observed.digest, observed.pages, fields, lines, by_person=not invoice.trusted
        )
        self._vendors[vendor.key] = vendor.with_one_more(confirmation, signs)


def corrected(invoice: Invoice, outcome: Outcome) -> dict[str, Field]:
    """The fields as a person hands them on who knows the truth."""
    true = {
        each.name: Field(each.truth.split(" or ")[0], 1, None, "review", 1.0, say("review"))
        for each in outcome.fields
        if each.outcome != RIGHT
    }
    return invoice.fields | true


def _typed(truth: Mapping[str, Any]) -> list[InvoiceLine]:
    """The items as a person types them who knows the truth; only the amounts matter here."""
    amounts = [str(line.get("net") or "") for line in truth.get("lines") or []]
    return [InvoiceLine("", "", "", "", amount) for amount in amounts]


def curve(outcomes: Sequence[Outcome]) -> list[dict[str, Any]]:
    """How many invoices pass by themselves, by how many of their vendor came before."""
    return [_point(outcomes, seen) for seen in range(MANY + 1)]


def after(outcomes: Iterable[Outcome], seen: int) -> dict[str, Any]:
    """The same for all invoices with at least so many of their vendor before them."""
    return _rate([each for each in outcomes if each.seen >= seen])


def _point(outcomes: Sequence[Outcome], seen: int) -> dict[str, Any]:
    own = [each for each in outcomes if min(each.seen, MANY) == seen]
    return {"seen": f"{seen}+" if seen == MANY else str(seen), **_rate(own)}


def _rate(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    passed = [each for each in outcomes if each.trusted]
    return {
        "invoices": len(outcomes),
        "straight_through": len(passed),
        "rate": round(len(passed) / len(outcomes), 4) if outcomes else 0.0,
        "undetected_fields": sum(len(each.undetected) for each in passed),
    }


def _vendor(fields: Mapping[str, Any]) -> str:
    return f"{fields.get('seller_vat') or ''} {name_of(str(fields.get('seller') or ''))}"
