"""What is titled otherwise than an invoice is asked about, however well its sums add up."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bots.invoice_entry.reading.invoice import Invoice
from bots.invoice_entry.reading.reader import read

Texts = Sequence[tuple[float, float, str]]
Draw = Callable[..., Path]


def codes(invoice: Invoice) -> set[str]:
    return {doubt.code for doubt in invoice.doubts}


@pytest.mark.parametrize(
    "title",
    [
        "Angebot",
        "Angebot Nr. A-1107",
        "Auftragsbestätigung",
        "2. Mahnung",
        "Zahlungserinnerung",
        "Quotation",
        "Pro forma invoice",
        "Proforma-Rechnung",
        "Order confirmation",
        "Statement of account",
        "Final reminder",
        "Remittance advice",
        "Devis N° D-2025-99",
        "Relance : facture impayée",
        "Presupuesto",
        "Sollecito di pagamento",
        "Offerte",
        "Wezwanie do zapłaty",
    ],
)
def test_other_papers_are_asked_about(title: str, draw: Draw, german: Texts) -> None:
    named = [(x, y, text.replace("Rechnungs", "Beleg")) for x, y, text in german]
    invoice = read(draw([(50, 30, title), *named]))
    assert "type.not_invoice" in codes(invoice)
    assert not invoice.trusted


@pytest.mark.parametrize("label", ["Lieferschein", "Bestellung", "Angebot Nr. A-1107", "Quote"])
def test_the_papers_that_an_invoice_refers_to_do_not_make_it_one(
    label: str, draw: Draw, german: Texts
) -> None:
    invoice = read(draw([(50, 30, "Rechnung"), (350, 102, label), *german]))
    assert invoice.trusted


def test_what_nowhere_says_invoice_is_asked_about(draw: Draw, german: Texts) -> None:
    unnamed = [(x, y, text.replace("Rechnungs", "Beleg")) for x, y, text in german]
    without = [(x, y, text.replace("Belegersteller", "Verkäufer")) for x, y, text in unnamed]
    assert "type.unnamed" in codes(read(draw(without)))
