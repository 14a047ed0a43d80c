"""The invoice against the purchase order that it names."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .reference import Order
from .rules import Breach, Case, Rule


def known(rule: Rule, case: Case) -> Iterator[Breach]:
    """The order that the invoice names exists."""
    value = case.record.text("po_number")
    if value and _order(case) is None:
        yield {"value": value}


def vendor(rule: Rule, case: Case) -> Iterator[Breach]:
    """The order was placed with this vendor."""
    order = _order(case)
    if order and case.vendor and order.vendor_id != case.vendor.vendor_id:
        names = {each.vendor_id: each.name for each in case.reference.vendors}
        expected = names.get(order.vendor_id, order.vendor_id)
        yield {"value": order.po_number, "expected": expected, "vendor": case.vendor.name}


def currency(rule: Rule, case: Case) -> Iterator[Breach]:
    """The invoice is in the currency of the order."""
    order, value = _order(case), case.record.text("currency")
    if order and value and order.currency != value:
        yield {"value": value, "expected": order.currency, "order": order.po_number}


def amount(rule: Rule, case: Case) -> Iterator[Breach]:
    """The net amount is at most what is open on the order, plus `tolerance_percent`."""
    order, value = _order(case), case.record.amount("net")
    if order is None or value is None:
        return
    tolerance = 1 + Decimal(str(rule.parameters["tolerance_percent"])) / 100
    if value > order.open_amount * tolerance:
        yield {"value": value, "expected": order.open_amount, "order": order.po_number}


def _order(case: Case) -> Order | None:
    return case.reference.orders.get(case.record.text("po_number") or "")
