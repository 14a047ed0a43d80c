"""Each shipped rule finds what it is for, and nothing else."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from bots.data_validation.checking.rules import Finding

Made = Callable[..., dict[str, Any]]
Found = Callable[..., list[Finding]]


def test_a_good_invoice_has_no_findings(invoice: Made, findings: Found) -> None:
    assert findings(invoice(lines=["400.00", "600.00"])) == []


@pytest.mark.parametrize(
    ("changes", "rules"),
    [
        ({"number": None}, ["number.required"]),
        ({"issue_date": None}, ["issue_date.required"]),
        ({"currency": "EURO"}, ["currency.known", "po_number.currency"]),
        ({"gross": "1191.00"}, ["gross.sum"]),
        ({"iban": "DE89370400440532013001"}, ["iban.checksum", "iban.vendor"]),
        ({"iban": "GB82WEST12345698765432"}, ["iban.vendor"]),
        ({"seller_vat": "DE136695977"}, ["seller_vat.checksum", "seller_vat.vendor"]),
        ({"issue_date": "2024-03-15"}, ["issue_date.future"]),
        ({"issue_date": "2021-03-05"}, ["issue_date.old"]),
        ({"due_date": "2024-03-01"}, ["due_date.order"]),
        ({"seller": "Niemand AG", "seller_vat": None}, ["seller.known"]),
        ({"po_number": "PO-9"}, ["po_number.known"]),
        ({"po_number": "PO-2"}, ["po_number.vendor"]),
        ({"po_number": "PO-3"}, ["po_number.currency"]),
        ({"net": "1020.00", "gross": "1210.00"}, []),
        ({"net": "1020.01", "gross": "1210.01"}, ["po_number.amount"]),
        ({"po_number": None, "iban": None, "due_date": None}, []),
    ],
)
def test_a_breach_is_found_by_its_rule(
    changes: dict[str, str | None], rules: Sequence[str], invoice: Made, findings: Found
) -> None:
    assert [finding.rule for finding in findings(invoice(**changes))] == rules


def test_lines_must_make_the_net(invoice: Made, findings: Found) -> None:
    (finding,) = findings(invoice(lines=["400.00", "500.00"]))
    assert finding.rule == "lines.sum"
    assert finding.message == "The lines make 900.00, but the net amount is 1000.00."


def test_a_vendor_is_known_by_a_name_that_is_as_good_as_the_same(
    invoice: Made, findings: Found
) -> None:
    assert findings(invoice(seller="MUSTER WERKE GMBH", seller_vat=None)) == []


def test_a_blocked_vendor_is_an_error(invoice: Made, findings: Found) -> None:
    blocked = invoice(seller="Fabrikam SARL", seller_vat="FR40303265045", po_number=None)
    assert [(each.rule, each.severity) for each in findings(blocked)] == [
        ("seller.blocked", "error")
    ]


@pytest.mark.parametrize(
    ("known", "rules"),
    [
        ({}, ["number.duplicate", "number.reused"]),
        ({"number": "r 17"}, ["number.duplicate", "number.reused"]),
        ({"seller_vat": None}, ["number.duplicate", "number.reused"]),
        ({"gross": "99.00"}, ["number.reused"]),
        ({"number": "R-18"}, []),
        ({"seller": "Fabrikam SARL", "seller_vat": None}, []),
    ],
)
def test_duplicates_are_found_by_vendor_number_and_amount(
    known: dict[str, str | None], rules: Sequence[str], invoice: Made, findings: Found
) -> None:
    found = findings(invoice(), [invoice(**known)])
    assert [finding.rule for finding in found] == rules


def test_known_invoices_may_be_plain_records(invoice: Made, findings: Found) -> None:
    plain = {"seller": "Muster Werke GmbH", "number": "R-17", "gross": "1190.00"}
    assert "number.duplicate" in [finding.rule for finding in findings(invoice(), [plain])]


@pytest.mark.parametrize("broken", ["12,5", "NaN", "Infinity", "", "x" * 50])
def test_malformed_values_do_not_break_the_check(
    broken: str, invoice: Made, findings: Found
) -> None:
    found = findings(invoice(net=broken, issue_date=broken, due_date=broken, po_number=broken))
    assert all(finding.severity in ("error", "warning") for finding in found)
