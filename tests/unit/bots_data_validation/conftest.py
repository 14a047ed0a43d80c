"""A small vendor master with its orders, and an invoice that satisfies every rule."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from bots.data_validation.checking.engine import case_of, check
from bots.data_validation.checking.kinds import KINDS
from bots.data_validation.checking.reference import load
from bots.data_validation.checking.rules import Finding, load_rules

ROOT = Path(__file__).resolve().parents[3]
VENDORS = (
    ("vendor_id", "name", "vat_id", "iban", "country", "blocked"),
    ("V-1", "Muster Werke GmbH", "DE136695976", "DE89 3704 0044 0532 0130 00", "DE", "no"),
    ("V-2", "Fabrikam SARL", "FR40303265045", None, "FR", "yes"),
)
ORDERS = (
    ("po_number", "vendor_id", "currency", "net_amount", "open_amount"),
    ("PO-1", "V-1", "EUR", 5000, 1000),
    ("PO-2", "V-2", "EUR", 5000, 5000),
    ("PO-3", "V-1", "USD", 5000, 5000),
)
INVOICE = {
    "number": "R-17",
    "issue_date": "2024-03-05",
    "due_date": "2024-04-05",
    "seller": "Muster Werke GmbH",
    "seller_vat": "DE136695976",
    "currency": "EUR",
    "net": "1000.00",
    "tax": "190.00",
    "gross": "1190.00",
    "iban": "DE89370400440532013000",
    "po_number": "PO-1",
}


def save(path: Path, rows: Sequence[Sequence[object]]) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append(list(row))
    workbook.save(path)


@pytest.fixture
def reference_folder(tmp_path: Path) -> Path:
    save(tmp_path / "vendors.xlsx", VENDORS)
    save(tmp_path / "purchase_orders.xlsx", ORDERS)
    return tmp_path


@pytest.fixture
def invoice() -> Callable[..., dict[str, Any]]:
    """The good invoice as the reading bot gives it; changes by field, None removes one."""

    def made(lines: Sequence[str] = (), **changes: str | None) -> dict[str, Any]:
        values = {**INVOICE, **changes}
        fields = {name: {"value": value} for name, value in values.items() if value is not None}
        return {"fields": fields, "lines": [{"amount": amount} for amount in lines]}

    return made


@pytest.fixture
def findings(reference_folder: Path) -> Callable[..., list[Finding]]:
    """Check an invoice on 10 March 2024 against the shipped rules."""
    rules = load_rules(ROOT / "bots" / "data_validation" / "rules.yaml", KINDS)

    def found(invoice: dict[str, Any], known: Sequence[dict[str, Any]] = ()) -> list[Finding]:
        payload = {"invoice": invoice, "known_invoices": list(known)}
        case = case_of(payload, load(reference_folder), dt.date(2024, 3, 10))
        return check(case, rules)

    return found
