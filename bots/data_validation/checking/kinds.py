"""The kinds of rules, by the name that the rules file uses."""

from __future__ import annotations

from collections.abc import Mapping

from . import kind_amounts as amounts
from . import kind_codes as codes
from . import kind_dates as dates
from . import kind_duplicates as duplicates
from . import kind_orders as orders
from . import kind_vendors as vendors
from .rules import Kind

KINDS: Mapping[str, Kind] = {
    "required": codes.required,
    "currency": codes.currency,
    "iban": codes.iban,
    "vat_id": codes.vat_id,
    "sum": amounts.sum_of_parts,
    "lines_sum": amounts.sum_of_lines,
    "not_later_than_today": dates.not_later_than_today,
    "not_older_than": dates.not_older_than,
    "not_before": dates.not_before,
    "known_vendor": vendors.known,
    "vendor_not_blocked": vendors.not_blocked,
    "vendor_vat_id": vendors.vat_id,
    "vendor_iban": vendors.iban,
    "duplicate": duplicates.duplicate,
    "known_order": orders.known,
    "order_vendor": orders.vendor,
    "order_currency": orders.currency,
    "order_amount": orders.amount,
}
