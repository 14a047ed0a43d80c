"""Presence and check digits."""

from __future__ import annotations

from collections.abc import Iterator

from stdnum import iban as iban_number
from stdnum.exceptions import ValidationError
from stdnum.util import get_cc_module

from .currencies import CURRENCIES
from .rules import Breach, Case, Rule


def required(rule: Rule, case: Case) -> Iterator[Breach]:
    """The field has a value."""
    if case.record.text(rule.field) is None:
        yield {}


def currency(rule: Rule, case: Case) -> Iterator[Breach]:
    """The field is a currency code of ISO 4217."""
    value = case.record.text(rule.field)
    if value and value not in CURRENCIES:
        yield {"value": value}


def iban(rule: Rule, case: Case) -> Iterator[Breach]:
    """The field is an IBAN with the right check digits."""
    value = case.record.text(rule.field)
    if value and not iban_number.is_valid(value):
        yield {"value": value}


def vat_id(rule: Rule, case: Case) -> Iterator[Breach]:
    """The field has the check digits of its country; a country without known ones passes."""
    value = case.record.text(rule.field)
    if not value or not value[:2].isalpha():
        return
    module = get_cc_module({"EL": "gr"}.get(value[:2], value[:2]).lower(), "vat")
    if module is None:
        return
    try:
        module.validate(value)
    except ValidationError:
        yield {"value": value}
