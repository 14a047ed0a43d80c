"""Invoices that were here before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from .record import Record
from .rules import Breach, Case, Rule


def duplicate(rule: Rule, case: Case) -> Iterator[Breach]:
    """No known invoice is the same in every respect of `same`: vendor, number, gross."""
    compare = [_COMPARISONS[name] for name in rule.parameters["same"]]
    for other in case.known:
        if all(same(case, other) for same in compare):
            yield {"value": case.record.text("number") or ""}
            return


def _same_vendor(case: Case, other: Record) -> bool:
    if case.vendor is not None:
        return case.reference.vendor_of(other) == case.vendor
    return (case.record.text("seller") or "").casefold() == (other.text("seller") or "").casefold()


def _same_number(case: Case, other: Record) -> bool:
    number = _plain(case.record.text("number"))
    return bool(number) and number == _plain(other.text("number"))


def _same_gross(case: Case, other: Record) -> bool:
    return case.record.amount("gross") == other.amount("gross")


def _plain(number: str | None) -> str:
    # A second copy is often typed or scanned with other punctuation.
    return "".join(char for char in (number or "").casefold() if char.isalnum())


_COMPARISONS: Mapping[str, Callable[[Case, Record], bool]] = {
    "vendor": _same_vendor,
    "number": _same_number,
    "gross": _same_gross,
}
