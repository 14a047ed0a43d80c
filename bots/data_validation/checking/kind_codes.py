"""Presence and check digits."""

from __future__ import annotations

from collections.abc import Iterator

from stdnum import iban as iban_number
from stdnum.exceptions import ValidationError
from stdnum.util import get_cc_module

from .rules import Breach, Case, Rule

# The active codes of ISO 4217 that money is paid in.
_CURRENCIES = frozenset(
    [
        "AED",
        "AFN",
        "ALL",
        "AMD",
        "AOA",
        "ARS",
        "AUD",
        "AWG",
        "AZN",
        "BAM",
        "BBD",
        "BDT",
        "BGN",
        "BHD",
        "BIF",
        "BMD",
        "BND",
        "BOB",
        "BRL",
        "BSD",
        "BTN",
        "BWP",
        "BYN",
        "BZD",
        "CAD",
        "CDF",
        "CHF",
        "CLP",
        "CNY",
        "COP",
        "CRC",
        "CUP",
        "CVE",
        "CZK",
        "DJF",
        "DKK",
        "DOP",
        "DZD",
        "EGP",
        "ERN",
        "ETB",
        "EUR",
        "FJD",
        "FKP",
        "GBP",
        "GEL",
        "GHS",
        "GIP",
        "GMD",
        "GNF",
        "GTQ",
        "GYD",
        "HKD",
        "HNL",
        "HTG",
        "HUF",
        "IDR",
        "ILS",
        "INR",
        "IQD",
        "IRR",
        "ISK",
        "JMD",
        "JOD",
        "JPY",
        "KES",
        "KGS",
        "KHR",
        "KMF",
        "KPW",
        "KRW",
        "KWD",
        "KYD",
        "KZT",
        "LAK",
        "LBP",
        "LKR",
        "LRD",
        "LSL",
        "LYD",
        "MAD",
        "MDL",
        "MGA",
        "MKD",
        "MMK",
        "MNT",
        "MOP",
        "MRU",
        "MUR",
        "MVR",
        "MWK",
        "MXN",
        "MYR",
        "MZN",
        "NAD",
        "NGN",
        "NIO",
        "NOK",
        "NPR",
        "NZD",
        "OMR",
        "PAB",
        "PEN",
        "PGK",
        "PHP",
        "PKR",
        "PLN",
        "PYG",
        "QAR",
        "RON",
        "RSD",
        "RUB",
        "RWF",
        "SAR",
        "SBD",
        "SCR",
        "SDG",
        "SEK",
        "SGD",
        "SHP",
        "SLE",
        "SOS",
        "SRD",
        "SSP",
        "STN",
        "SVC",
        "SYP",
        "SZL",
        "THB",
        "TJS",
        "TMT",
        "TND",
        "TOP",
        "TRY",
        "TTD",
        "TWD",
        "TZS",
        "UAH",
        "UGX",
        "USD",
        "UYU",
        "UZS",
        "VED",
        "VES",
        "VND",
        "VUV",
        "WST",
        "XAF",
        "XCD",
        "XCG",
        "XOF",
        "XPF",
        "YER",
        "ZAR",
        "ZMW",
        "ZWG",
    ]
)


def required(rule: Rule, case: Case) -> Iterator[Breach]:
    """The field has a value."""
    if case.record.text(rule.field) is None:
        yield {}


def currency(rule: Rule, case: Case) -> Iterator[Breach]:
    """The field is a currency code of ISO 4217."""
    value = case.record.text(rule.field)
    if value and value not in _CURRENCIES:
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
