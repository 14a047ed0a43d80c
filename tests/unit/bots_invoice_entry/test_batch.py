"""A workbook of invoices is read row by row, and its result says which rows can be used."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from robocorp.workitems import BusinessException

from bots.invoice_entry.reading.batch import read_batch_file

Sheet = Callable[[Sequence[Sequence[object]]], Path]


@pytest.fixture
def sheet(tmp_path: Path) -> Sheet:
    def saved(rows: Sequence[Sequence[object]]) -> Path:
        workbook = Workbook()
        worksheet = workbook.active
        assert worksheet is not None
        for row in rows:
            worksheet.append(list(row))
        path = tmp_path / "batch.xlsx"
        workbook.save(path)
        return path

    return saved


def test_each_row_becomes_an_invoice_with_its_own_verdict(sheet: Sheet, tmp_path: Path) -> None:
    path = sheet(
        [
            ("Rechnungsnummer", "Datum", "Lieferant", "Währung", "Netto", "MwSt", "Brutto"),
            ("R-1", date(2024, 3, 5), "Muster GmbH", "EUR", 100, 19, 119),
            (None,) * 7,
            ("R-2", "30.02.2024", "Muster GmbH", "EUR", "1.000,50", "190,10", "1.190,61"),
        ]
    )
    batch = read_batch_file(path, tmp_path / "result.xlsx")
    first, second = batch.rows
    assert (first.row, first.invoice.trusted) == (2, True)
    assert first.invoice.fields["issue_date"].value == "2024-03-05"
    assert second.row == 4
    assert second.invoice.fields["net"].value == "1000.50"
    codes = {doubt.code for doubt in second.invoice.doubts}
    assert codes == {"issue_date.unreadable", "issue_date.missing", "arithmetic.gross"}

    written = list(load_workbook(batch.result)["Result"].iter_rows(values_only=True))
    assert written[0][:4] == ("row", "status", "errors", "number")
    assert [row[1] for row in written[1:]] == ["read", "doubtful"]
    assert "1190.61" in str(written[2][2])


@pytest.mark.parametrize(
    "headings",
    [
        ("Invoice number", "Invoice date", "Seller", "Currency", "Net", "VAT", "Gross"),
        ("Facture n°", "Date de facture", "Fournisseur", "Devise", "Total HT", "TVA", "Total TTC"),
        ("发票号码", "开票日期", "销售方", "币种", "不含税金额", "税额", "价税合计"),
    ],
)
def test_headings_are_known_in_several_languages(
    headings: Sequence[str], sheet: Sheet, tmp_path: Path
) -> None:
    row = ("N-7", "2024-03-05", "Muster", "EUR", 10, 2, 12)
    batch = read_batch_file(sheet([headings, row]), tmp_path / "result.xlsx")
    assert batch.rows[0].invoice.trusted


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([("what", "ever", "this")], "batch.no_headings"),
        ([("Invoice number", "Net", "Gross")], "batch.empty"),
    ],
)
def test_a_sheet_that_is_no_batch_is_refused(
    rows: Sequence[Sequence[object]], code: str, sheet: Sheet, tmp_path: Path
) -> None:
    with pytest.raises(BusinessException) as refusal:
        read_batch_file(sheet(rows), tmp_path / "result.xlsx")
    assert refusal.value.code == code


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "batch.xlsx"
    path.write_text("a;b")
    with pytest.raises(BusinessException) as refusal:
        read_batch_file(path, tmp_path / "result.xlsx")
    assert refusal.value.code == "batch.not_xlsx"
