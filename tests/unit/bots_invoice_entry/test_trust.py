"""A reading is trusted only when nothing speaks against it."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdf import PdfWriter

from bots.invoice_entry.reading.invoice import Invoice
from bots.invoice_entry.reading.reader import read

Texts = Sequence[tuple[float, float, str]]
Draw = Callable[..., Path]


def changed(texts: Texts, old: str, new: str) -> Texts:
    return [(x, y, new if text == old else text) for x, y, text in texts]


def codes(invoice: Invoice) -> set[str]:
    return {doubt.code for doubt in invoice.doubts}


def test_a_clean_page_is_trusted_and_says_where_each_value_stands(
    draw: Draw, german: Texts
) -> None:
    invoice = read(draw(german))
    assert invoice.trusted
    number = invoice.fields["number"]
    assert number.page == 1
    assert number.box == pytest.approx((450, 51, 497, 62), abs=3)
    assert number.source == "label"


def test_a_sum_that_does_not_close_is_doubted(draw: Draw, german: Texts) -> None:
    invoice = read(draw(changed(german, "1.190,00", "1.199,00")))
    assert "arithmetic.gross" in codes(invoice)
    assert not invoice.trusted
    assert not invoice.fields["gross"].trusted


@pytest.mark.parametrize(
    ("label", "field"),
    [("Rechnungsnummer:", "number"), ("Rechnungsdatum:", "issue_date")],
)
def test_a_key_value_without_its_label_is_missed_not_guessed(
    label: str, field: str, draw: Draw, german: Texts
) -> None:
    invoice = read(draw(changed(german, label, "")))
    assert f"{field}.missing" in codes(invoice)
    assert not invoice.trusted


def test_two_invoice_numbers_are_one_too_many(draw: Draw, german: Texts) -> None:
    invoice = read(draw([*german, (50, 400, "Rechnungsnummer: 2024-0999")]))
    assert "number.ambiguous" in codes(invoice)
    assert not invoice.trusted


def test_a_date_that_reads_two_ways_is_doubted(draw: Draw, german: Texts) -> None:
    english = changed(german, "Rechnungsdatum:", "Invoice date:")
    invoice = read(draw(changed(english, "05.03.2024", "05/03/2024")))
    assert "issue_date.weak" in codes(invoice)


def test_language_and_other_dates_tell_the_day_from_the_month(draw: Draw, german: Texts) -> None:
    slashed = changed(german, "05.03.2024", "05/03/2024")
    assert read(draw(slashed)).fields["issue_date"].value == "2024-03-05"
    assert "issue_date.weak" not in codes(read(draw(slashed)))
    english = changed(slashed, "Rechnungsdatum:", "Invoice date:")
    shown = read(draw([*english, (50, 400, "Due date: 25/03/2024")]))
    assert "issue_date.weak" not in codes(shown)


def test_lines_that_do_not_make_the_net_are_asked_about(draw: Draw, german: Texts) -> None:
    more = [(50, 272, "Bohrer"), (250, 272, "3 Stk"), (330, 272, "100,00"), (450, 272, "300,00")]
    invoice = read(draw([*german, *more]))
    assert codes(invoice) == {"lines.unproven"}
    assert invoice.lines == []
    assert not invoice.trusted


def test_an_order_number_keeps_its_letters(draw: Draw, german: Texts) -> None:
    invoice = read(draw([*german, (50, 120, "Bestellnummer:"), (200, 120, "PO-4500017")]))
    assert invoice.fields["po_number"].value == "PO-4500017"


def test_a_vat_id_under_the_buyer_is_the_buyers(draw: Draw, german: Texts) -> None:
    more = [
        (50, 102, "USt-IdNr.: DE136695976"),
        (50, 160, "Rechnungsempfänger:"),
        (50, 174, "Contoso AG"),
        (50, 188, "USt-IdNr.: DE811569869"),
    ]
    fields = read(draw([*german, *more])).fields
    assert fields["seller_vat"].value == "DE136695976"
    assert fields["buyer_vat"].value == "DE811569869"
    assert fields["buyer"].value == "Contoso AG"


def test_a_company_on_top_alone_may_be_the_buyer(draw: Draw, german: Texts) -> None:
    texts = changed(german, "Rechnungsersteller:", "")
    invoice = read(draw(texts))
    assert "seller.weak" in codes(invoice)
    assert not invoice.trusted
    with_foot = read(
        draw([*texts, (50, 780, "Beispiel Werkzeugbau GmbH, Amtsgericht Musterstadt")])
    )
    assert with_foot.trusted


@pytest.mark.parametrize(
    ("printed", "seller"),
    [
        ("Krause GmbH & Co. KG", "Krause GmbH & Co. KG"),
        ("Krause GmbH - Werkweg 8 - 70327 Stuttgart", "Krause GmbH"),
    ],
)
def test_the_seller_keeps_its_whole_name_and_no_address(
    printed: str, seller: str, draw: Draw, german: Texts
) -> None:
    buyer = [(50, 130, "Rechnung an:"), (50, 144, "Contoso AG"), (50, 158, "Am Hafen 2")]
    page = changed(german, "Beispiel Werkzeugbau GmbH", printed)
    invoice = read(draw([*page, *buyer]))
    assert invoice.fields["seller"].value == seller


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("12 345 678 901", "12 345 678 901"),
        ("4711 vom 05.03.2024", "4711"),
        ("4711 05.03.2024", "4711"),
        ("4711 Kundennummer", "4711"),
        ("(4711)", None),
    ],
)
def test_a_number_is_read_up_to_its_end(
    printed: str, number: str | None, draw: Draw, german: Texts
) -> None:
    invoice = read(draw(changed(german, "2024-0815", printed)))
    found = invoice.fields.get("number")
    assert (found.value if found else None) == number
    assert invoice.trusted is (number is not None)


@pytest.mark.parametrize(
    "printed", ["2024-0815-", "548 Market Street", "INV 2025 001", "4711 2", "20457 Hamburg"]
)
def test_a_number_that_may_go_on_is_doubted(printed: str, draw: Draw, german: Texts) -> None:
    assert codes(read(draw(changed(german, "2024-0815", printed)))) == {"number.weak"}


def test_the_dates_of_the_items_do_not_date_the_invoice(draw: Draw, german: Texts) -> None:
    texts = changed(german, "Rechnungsdatum:", "")
    dated = [*changed(texts, "05.03.2024", ""), (180, 240, "Datum"), (180, 256, "01.02.2024")]
    assert "issue_date.missing" in codes(read(draw(dated)))


@pytest.mark.parametrize(
    ("heading", "number", "date"),
    [
        ("Rechnung 17/2025 ", "17/2025", None),
        ("Schlussrechnung Nr. SR-44 vom 18.07.2025", "SR-44", "2025-07-18"),
        ("Fattura n. 12 del 03/03/2025", "12", "2025-03-03"),
        ("Avoir sur facture n° F-9912 du 02/06/2025", None, None),
        ("Rechnung 03/2025", "03/2025", None),
    ],
)
def test_the_heading_holds_number_and_date(
    heading: str, number: str | None, date: str | None, draw: Draw
) -> None:
    fields = read(draw([(50, 60, heading), (50, 100, "Summe")])).fields
    found = [fields[name].value if name in fields else None for name in ("number", "issue_date")]
    assert found == [number, date]


def test_a_letter_is_dated_behind_its_place(draw: Draw, german: Texts) -> None:
    texts = changed(changed(german, "Rechnungsdatum:", ""), "05.03.2024", "Kempten, den 5.3.2024")
    found = read(draw(texts)).fields["issue_date"]
    assert found.value == "2024-03-05"


@pytest.mark.parametrize(
    "heading",
    [
        [(50, 120, "RECHNUNG"), (200, 120, "CH-5521")],
        [(50, 120, "2. Abschlagsrechnung"), (50, 134, "Nr. CH-5521")],
        [(50, 120, "Factuur CH-5521")],
    ],
)
def test_a_title_has_the_number_beside_or_below_it(
    heading: Texts, draw: Draw, german: Texts
) -> None:
    plain = [text for text in german if text[2] not in ("Rechnungsnummer:", "2024-0815")]
    assert read(draw([*plain, *heading])).fields["number"].value == "CH-5521"


@pytest.mark.parametrize(
    ("above", "below", "date"),
    [
        ("Rechnung 17-2024", "5. März 2024", "2024-03-05"),
        ("Rechnung Nr.: 17-2024", "vom: 05.03.2024", "2024-03-05"),
        ("zu Rechnung Nr.: 17-2024", "vom: 05.03.2024", None),
        ("Rechnung Nr.: 17-2024", "05.03.2024", None),
    ],
)
def test_a_title_has_the_date_below_it(
    above: str, below: str, date: str | None, draw: Draw, german: Texts
) -> None:
    plain = [text for text in german if text[2] not in ("Rechnungsdatum:", "05.03.2024")]
    found = read(draw([*plain, (50, 120, above), (50, 134, below)])).fields.get("issue_date")
    assert (found.value if found else None) == date


def test_a_title_is_no_sum(draw: Draw, german: Texts) -> None:
    plain = [text for text in german if text[2] not in ("Rechnungsnummer:", "2024-0815")]
    assert "number.missing" in codes(read(draw([*plain, (50, 120, "Rechnungsbetrag 1190.00")])))


def test_a_blank_first_page_is_no_scan(draw: Draw, german: Texts, tmp_path: Path) -> None:
    pages = PdfWriter()
    pages.add_blank_page(595, 842)
    pages.append(str(draw(german)))
    file = tmp_path / "blank-first.pdf"
    pages.write(file)
    invoice = read(file)
    assert invoice.fields["number"].page == 2
    assert invoice.trusted


def test_a_number_that_wraps_in_its_column_is_doubted(draw: Draw, german: Texts) -> None:
    lower = [(x, y + 12 if 70 < y < 100 else y, text) for x, y, text in german]
    invoice = read(draw([*lower, (450, 72, "0012")]))
    assert codes(invoice) == {"number.weak"}


def test_another_invoices_number_is_not_this_ones(draw: Draw, german: Texts) -> None:
    plain = [text for text in german if text[2] not in ("Rechnungsnummer:", "2024-0815")]
    texts = [*plain, (350, 60, "Related invoice number: 7001"), (350, 46, "Invoice: 7055")]
    assert read(draw(texts)).fields["number"].value == "7055"


@pytest.mark.parametrize("paper", ["Lieferschein LS 5512", "Ihre Bestellung B-77", "Order 99"])
def test_a_date_below_another_papers_number_is_doubted(
    paper: str, draw: Draw, german: Texts
) -> None:
    texts = changed(german, "Rechnungsdatum:", "Datum:")
    assert read(draw(texts)).trusted
    moved = [(x, y + 14 if 70 < y < 100 else y, text) for x, y, text in texts]
    assert codes(read(draw([*moved, (350, 74, paper)]))) == {"issue_date.weak"}


@pytest.mark.parametrize(
    "values",
    [
        [(350, 116, "nach Ihrem Auftrag vom 17.10.2023")],
        [(350, 116, "05.03.202"), (354, 116, "17.10.2023")],
    ],
)
def test_a_date_is_read_below_its_own_label_alone(values: Texts, draw: Draw, german: Texts) -> None:
    """Texts that run into one another, or over one another, are one text to the eye."""
    plain = [text for text in german if text[2] not in ("Rechnungsdatum:", "05.03.2024")]
    assert not read(draw([*plain, (350, 102, "Rechnungsdatum"), *values])).trusted
