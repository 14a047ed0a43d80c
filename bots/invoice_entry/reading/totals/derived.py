"""Amounts that no label names, proved by those that are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from ..amounts import amounts_in
from ..identifiers import vat_ids_in
from ..invoice import TRUSTWORTHY
from ..places import Read
from ..wording import say
from .candidate import Candidate
from .exemption import exemption
from .items import items_make, stand_alone_below
from .rates import fits, rates_at, says_included
from .rows import amounts_named

_ROUNDING = re.compile(
    r"rundung|\brounding|rounded|arrondi|redondeo|arrotondamento|afronding|zaokrągl|öresavrund",
    re.IGNORECASE,
)


def sum_of_rates(found: Sequence[Candidate]) -> list[Candidate]:
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


def no_tax(found: Sequence[Candidate], pages: Read) -> list[Candidate]:
    """A tax of zero, where the page says that there is none, or never speaks of tax and prints the
    same sum as net and as gross; and a net amount, where one sum alone is printed without tax."""
    if any(item.role == "tax" for item in found):
        return []
    box = exemption(pages)
    if box is not None:
        none = Candidate("tax", Decimal(0), *box, 0.85, say("tax.none"))
        gross = [item for item in found if item.role == "gross" and item.strength >= TRUSTWORTHY]
        if any(item.role == "net" for item in found):
            return [none]
        return [none, *(replace(item, role="net", reason=say("tax.gross")) for item in gross)]
    if _speaks_of_tax(pages):
        return []
    nets = {item.value for item in found if item.role == "net"}
    same = [item for item in found if item.role == "gross" and item.value in nets]
    return [replace(same[0], role="tax", value=Decimal(0), reason=say("tax.net"))] if same else []


def missing_tax(found: Sequence[Candidate], pages: Read, mark: str | None) -> list[Candidate]:
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


def missing_net(found: Sequence[Candidate], pages: Read, mark: str | None) -> Iterator[Candidate]:
    """Gross less tax, where the items add up to it, or where the rate that stands at the tax makes
    the tax of it and the page prints it, or says that the tax is in the gross amount."""
    if _rounds(pages, mark):
        return
    for gross in _strong(found, "gross"):
        for tax in _strong(found, "tax"):
            value = gross.value - tax.value
            if not 0 < tax.value < value:
                continue
            if fits(value, tax.value, rates_at(pages, tax)) and (
                says_included(pages, tax) or _is_printed(value, pages, mark)
            ):
                reason = say("proved.rate")
            elif items_make(value, pages, mark):
                reason = say("proved.items")
            else:
                continue
            yield replace(gross, role="net", value=value, strength=0.8, reason=reason, leads=False)


def missing_gross(found: Sequence[Candidate], pages: Read, mark: str | None) -> Iterator[Candidate]:
    """Net and tax together, where the page prints that sum and the rate at the tax fits."""
    if _rounds(pages, mark):
        return
    for net in _strong(found, "net"):
        for tax in _strong(found, "tax"):
            value = net.value + tax.value
            fitting = tax.value > 0 and fits(net.value, tax.value, rates_at(pages, tax))
            if fitting and (place := _place(value, pages, mark)):
                reason = say("proved.gross")
                yield Candidate("gross", value, *place, 0.8, reason, leads=False)


def untaxed(found: Sequence[Candidate], pages: Read, mark: str | None) -> Iterator[Candidate]:
    """No tax and a net amount that is the gross, where the page never speaks of tax, the items add
    up to the gross amount and no other amount is printed below them."""
    if any(item.role == "tax" for item in found) or _speaks_of_tax(pages):
        return
    for gross in [item for item in found if item.role == "gross" and item.value > 0]:
        if stand_alone_below(gross.value, pages, mark):
            reason = say("proved.untaxed")
            sure = replace(gross, strength=max(gross.strength, 0.8))
            yield from (sure, replace(sure, role="net", reason=reason))
            yield replace(sure, role="tax", value=Decimal(0), reason=reason)
            return


def _strong(found: Sequence[Candidate], role: str) -> list[Candidate]:
    return [item for item in found if item.role == role and item.strength >= TRUSTWORTHY]


def _rounds(pages: Read, mark: str | None) -> bool:
    """Whether a rounding stands between the sums: then none is what the two others make."""
    return any(value for _, value in amounts_named(_ROUNDING, pages, mark))


def _is_printed(value: Decimal, pages: Read, mark: str | None) -> bool:
    return _place(value, pages, mark) is not None


def _place(
    value: Decimal, pages: Read, mark: str | None
) -> tuple[int, tuple[float, float, float, float]] | None:
    for page, _ in pages:
        for row in page.rows:
            for cell in row.cells:
                for amount in amounts_in(cell.text, mark):
                    if amount.has_cents and amount.value == value:
                        return page.number, cell.box_between(amount.start, amount.end)
    return None


def _speaks_of_tax(pages: Read) -> bool:
    return any(
        label.label.field == "tax" and not vat_ids_in(label.after)
        for _, labels in pages
        for label in labels
    )
