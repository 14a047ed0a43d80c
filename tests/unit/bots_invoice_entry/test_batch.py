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


GERMAN = """Rechnungsnummer;Datum;Lieferant;Währung;Netto;MwSt;Brutto
R-1;05.03.2024;"Müller; Söhne GmbH";EUR;1.000,00;190;1.190
R-2;06.03.2024;Jörg Größe e. K.;EUR;10,50;2,00;12,50
"""
CHINESE = """发票号码\t开票日期\t销售方\t币种\t不含税金额\t税额\t价税合计
0001\t2024-03-05\t上海示例有限公司\tCNY\t1000.00\t130.00\t1130.00
"""
POLISH = """Nr faktury,Data wystawienia,Sprzedawca,Waluta,Razem netto,Kwota VAT,Razem brutto
F-1,2024-03-05,Zażółć Gęślą Jaźń Sp. z o.o.,PLN,"1 000,00","230,00","1 230,00"
"""


@pytest.mark.parametrize(
    ("text", "encoding", "seller", "gross"),
    [
        (GERMAN, "utf-8", "Müller; Söhne GmbH", "1190.00"),
        (GERMAN, "cp1252", "Müller; Söhne GmbH", "1190.00"),
        (GERMAN, "utf-16", "Müller; Söhne GmbH", "1190.00"),
        (CHINESE, "gb18030", "上海示例有限公司", "1130.00"),
        (POLISH, "cp1250", "Zażółć Gęślą Jaźń Sp. z o.o.", "1230.00"),
        (POLISH, "utf-8-sig", "Zażółć Gęślą Jaźń Sp. z o.o.", "1230.00"),
    ],
)
def test_a_csv_file_is_read_whatever_wrote_it(
    text: str, encoding: str, seller: str, gross: str, tmp_path: Path
) -> None:
    path = tmp_path / "batch.csv"
    path.write_bytes(text.encode(encoding))
    batch = read_batch_file(path, tmp_path / "result.xlsx")
    assert all(row.invoice.trusted for row in batch.rows)
    first = batch.rows[0].invoice.fields
    assert (first["seller"].value, first["gross"].value) == (seller, gross)


def test_an_amount_that_could_be_two_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "batch.csv"
    path.write_text("Invoice number,Net,Gross\nR-1,1.000,1.190\n", encoding="utf-8")
    (row,) = read_batch_file(path, tmp_path / "result.xlsx").rows
    assert {"net.unreadable", "gross.unreadable"} <= {doubt.code for doubt in row.invoice.doubts}
