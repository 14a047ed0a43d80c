"""The seller against the vendor master."""

from __future__ import annotations

from collections.abc import Iterator

from .rules import Breach, Case, Rule


def known(rule: Rule, case: Case) -> Iterator[Breach]:
    """The seller is in the vendor master."""
    value = case.record.text("seller")
    if value and case.vendor is None:
        yield {"value": value}


def not_blocked(rule: Rule, case: Case) -> Iterator[Breach]:
    """The vendor is not blocked."""
    if case.vendor and case.vendor.blocked:
        yield {"vendor": case.vendor.name}


def vat_id(rule: Rule, case: Case) -> Iterator[Breach]:
    """The VAT id on the invoice is the vendor's."""
    if case.vendor:
        yield from _differs(rule, case, case.vendor.vat_id)


def iban(rule: Rule, case: Case) -> Iterator[Breach]:
    """The account on the invoice is the vendor's: a changed one is how payments are stolen."""
    if case.vendor:
        yield from _differs(rule, case, case.vendor.iban)


def _differs(rule: Rule, case: Case, expected: str) -> Iterator[Breach]:
    value = "".join((case.record.text(rule.field) or "").split()).upper()
    if case.vendor and value and expected and value != expected:
        yield {"value": value, "expected": expected, "vendor": case.vendor.name}
