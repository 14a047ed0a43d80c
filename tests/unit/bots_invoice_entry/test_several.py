"""Several invoices in one PDF, and papers behind an invoice: each is read as its own, or asked
about."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

from bots.invoice_entry.reading.invoice import Part
from bots.invoice_entry.reading.reader import observe, read

Text = tuple[float, float, str]
Bind = Callable[..., Path]
DELIVERY_NOTE: Sequence[Text] = (
    (50, 60, "Lieferschein"),
    (50, 74, "Ihre Bestellung"),
    (50, 300, "Summe"),
    (450, 300, "77,00"),
)


def invoice(number: str, net: int, count: str = "") -> list[Text]:
    """A German invoice of one page; `count` as in `Seite 1 von 1`."""
    tax = net * 19 // 100
    texts: list[Text] = [
        (50, 60, "Rechnungsersteller:"),
        (50, 74, "Beispiel Werkzeugbau GmbH"),
        (350, 60, "Rechnungsnummer:"),
        (450, 60, number),
        (350, 74, "Rechnungsdatum:"),
        (450, 74, "05.03.2024"),
        (350, 88, "Währung:"),
        (450, 88, "EUR"),
        (50, 270, "Beschreibung"),
        (200, 270, "Menge"),
        (300, 270, "Einzelpreis"),
        (450, 270, "Betrag"),
        (50, 284, "Fräser"),
        (200, 284, "1"),
        (300, 284, f"{net},00"),
        (450, 284, f"{net},00"),
        (50, 300, "Summe netto"),
        (450, 300, f"{net},00"),
        (50, 316, "zzgl. 19 % MwSt"),
        (450, 316, f"{tax},00"),
        (50, 332, "Gesamtbetrag"),
        (450, 332, f"{net + tax},00"),
    ]
    return [*texts, (450, 800, count)] if count else texts


@pytest.fixture
def bind(draw: Callable[..., Path], tmp_path: Path) -> Bind:
    """One PDF of these pages."""

    def bound(*pages: Sequence[Text]) -> Path:
        writer = PdfWriter()
        for texts in pages:
            writer.append(PdfReader(draw(texts, name="page.pdf")))
        path = tmp_path / "bound.pdf"
        writer.write(path)
        return path

    return bound


def test_two_invoices_are_each_read_as_their_own(bind: Bind) -> None:
    path = bind(invoice("R-100", 100), invoice("R-200", 200))
    whole = read(path)
    assert list(whole.parts) == [Part(1, 1), Part(2, 2)]
    assert not whole.trusted
    assert {doubt.code for doubt in whole.doubts} == {"document.one_of_several"}
    first, second = (read(path, part=part) for part in whole.parts)
    assert (first.fields["number"].value, first.fields["gross"].value) == ("R-100", "119.00")
    assert (second.fields["number"].value, second.fields["gross"].value) == ("R-200", "238.00")
    assert first.trusted
    assert second.trusted
    assert second.fields["gross"].page == 2
    assert len({observe(path, part=part).digest for part in whole.parts}) == 2


def test_a_page_count_keeps_the_pages_of_an_invoice_together(bind: Bind) -> None:
    head = [x for x in invoice("R-100", 100, "Seite 1 von 2") if not 270 <= x[1] < 400]
    tail = [x for x in invoice("R-100", 100, "Seite 2 von 2") if x[1] >= 270]
    path = bind(head, tail, invoice("R-200", 200, "Seite 1 von 1"))
    parts = read(path).parts
    assert list(parts) == [Part(1, 2), Part(3, 3)]
    assert read(path, part=parts[0]).fields["gross"].value == "119.00"


@pytest.mark.parametrize("count", ["Seite 1 von 1", "Page 1 of 1", "第 1 页 共 1 页", "1 / 1"])
def test_papers_behind_an_invoice_whose_count_is_full_are_left_out(count: str, bind: Bind) -> None:
    whole = read(bind(invoice("R-100", 100, count), DELIVERY_NOTE))
    assert not whole.parts
    assert whole.trusted
    assert len(whole.page_sizes) == 1


def test_a_second_number_without_sums_of_its_own_is_asked_about(bind: Bind) -> None:
    stray = [text for text in invoice("R-200", 200) if text[1] < 270]
    whole = read(bind(invoice("R-100", 100), stray))
    assert "document.several" in {doubt.code for doubt in whole.doubts}
    assert not whole.parts
    assert not whole.trusted


def test_pages_of_one_number_are_one_invoice(bind: Bind) -> None:
    head = [text for text in invoice("R-100", 100) if text[1] < 270]
    whole = read(bind(head, invoice("R-100", 100)))
    assert not whole.parts
    assert whole.trusted
