"""Reference data that cannot be read is the machinery's fault, not the invoice's."""

from pathlib import Path

import pytest
from openpyxl import Workbook
from robocorp.workitems import ApplicationException

from bots.data_validation.checking.reference import load


def test_codes_are_compared_without_spaces(reference_folder: Path) -> None:
    first = load(reference_folder).vendors[0]
    assert first.iban == "DE89370400440532013000"
    assert not first.blocked


def test_a_missing_workbook_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(ApplicationException) as failure:
        load(tmp_path)
    assert failure.value.code == "reference.unreadable"
    assert "DESKHAND_REFERENCE_DIR" in str(failure.value.message)


def test_who_places_no_orders_needs_no_workbook_of_them(reference_folder: Path) -> None:
    (reference_folder / "purchase_orders.xlsx").unlink()
    assert load(reference_folder).orders == {}


def test_an_amount_that_is_no_number_is_named(reference_folder: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(
        ["po_number", "vendor_id", "currency", "net_amount", "open_amount"]
    )
    workbook.worksheets[0].append(["PO-7", "V1", "EUR", "about 100", None])
    workbook.save(reference_folder / "purchase_orders.xlsx")
    with pytest.raises(ApplicationException) as failure:
        load(reference_folder)
    assert failure.value.code == "reference.amount"
    assert "PO-7" in str(failure.value.message)


def test_a_missing_column_is_named(reference_folder: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(["vendor_id", "name"])
    workbook.save(reference_folder / "vendors.xlsx")
    with pytest.raises(ApplicationException) as failure:
        load(reference_folder)
    assert "blocked, country, iban, vat_id" in str(failure.value.message)


def test_vendors_may_have_groups(reference_folder: Path) -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(
        ["vendor_id", "name", "vat_id", "iban", "country", "blocked", "group"]
    )
    workbook.worksheets[0].append(["V-1", "Muster Werke GmbH", None, None, "DE", "no", "utilities"])
    workbook.save(reference_folder / "vendors.xlsx")
    assert load(reference_folder).vendors[0].group == "utilities"
