"""An invoice in each of the languages is read completely and trusted."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bots.invoice_entry.reading.reader import read

SHEETS = {
    "German": (
        ("Lieferant:", "Muster Werke GmbH"),
        ("Rechnungsnummer", "RE-2024/17"),
        ("Rechnungsdatum", "5. März 2024"),
        ("Währung", "EUR"),
        ("Nettobetrag", "1.000,00"),
        ("zzgl. 19 % Umsatzsteuer", "190,00"),
        ("Rechnungsbetrag", "1.190,00"),
    ),
    "English": (
        ("From:", "Muster Works Ltd"),
        ("Invoice No.", "RE-2024/17"),
        ("Invoice date", "March 5, 2024"),
        ("Currency", "EUR"),
        ("Subtotal", "1,000.00"),
        ("VAT 19%", "190.00"),
        ("Total", "1,190.00"),
    ),
    "French": (
        ("Fournisseur :", "Atelier Muster SARL"),
        ("Facture n°", "RE-2024/17"),
        ("Date de facture", "5 mars 2024"),
        ("Devise", "EUR"),
        ("Total HT", "1 000,00"),
        ("TVA 19 %", "190,00"),
        ("Total TTC", "1 190,00"),
    ),
    "Chinese": (
        ("销售方：", "上海样品有限公司"),
        ("发票号码：", "RE-2024/17"),
        ("开票日期：", "2024年3月5日"),
        ("币种：", "EUR"),
        ("不含税金额：", "1,000.00"),
        ("税额：", "190.00"),
        ("价税合计：", "1,190.00"),
    ),
    "Spanish": (
        ("Proveedor:", "Talleres Muster S.L."),
        ("Número de factura", "RE-2024/17"),
        ("Fecha de factura", "5 de marzo de 2024"),
        ("Moneda", "EUR"),
        ("Base imponible", "1.000,00"),
        ("IVA 19 %", "190,00"),
        ("Total factura", "1.190,00"),
    ),
    "Italian": (
        ("Fornitore:", "Officine Muster S.r.l."),
        ("Numero fattura", "RE-2024/17"),
        ("Data fattura", "5 marzo 2024"),
        ("Valuta", "EUR"),
        ("Imponibile", "1.000,00"),
        ("IVA 19%", "190,00"),
        ("Totale fattura", "1.190,00"),
    ),
    "Dutch": (
        ("Leverancier:", "Muster Techniek B.V."),
        ("Factuurnummer", "RE-2024/17"),
        ("Factuurdatum", "5 maart 2024"),
        ("Valuta", "EUR"),
        ("Totaal excl. btw", "1.000,00"),
        ("Btw 19%", "190,00"),
        ("Totaal incl. btw", "1.190,00"),
    ),
    "Polish": (
        ("Sprzedawca:", "Muster Sp. z o.o."),
        ("Numer faktury", "RE-2024/17"),
        ("Data wystawienia", "5 marca 2024"),
        ("Waluta", "EUR"),
        ("Razem netto", "1 000,00"),
        ("Kwota VAT", "190,00"),
        ("Do zapłaty", "1 190,00"),
    ),
}
HEADINGS = {
    "German": ("Bezeichnung", "Menge", "Einzelpreis", "Betrag"),
    "English": ("Description", "Quantity", "Unit price", "Amount"),
    "French": ("Désignation", "Qté", "Prix unitaire", "Montant HT"),
    "Chinese": ("项目名称", "数量", "单价", "金额"),
    "Spanish": ("Descripción", "Cantidad", "Precio", "Importe"),
    "Italian": ("Descrizione", "Quantità", "Prezzo", "Importo"),
    "Dutch": ("Omschrijving", "Aantal", "Prijs", "Bedrag"),
    "Polish": ("Nazwa", "Ilość", "Cena netto", "Wartość netto"),
}
EXPECTED = {
    "number": "RE-2024/17",
    "issue_date": "2024-03-05",
    "currency": "EUR",
    "net": "1000.00",
    "tax": "190.00",
    "gross": "1190.00",
}


@pytest.mark.parametrize("language", SHEETS)
def test_the_labels_of_the_language_are_known(language: str, draw: Callable[..., Path]) -> None:
    texts = _sheet(language)
    invoice = read(draw(texts))
    assert {name: invoice.fields[name].value for name in EXPECTED} == EXPECTED
    assert invoice.fields["seller"].value == SHEETS[language][0][1]
    line = invoice.lines[0]
    assert (line.quantity, line.unit_price, line.amount) == ("2.00", "500.00", "1000.00")
    assert invoice.doubts == ()
    assert invoice.trusted


def _sheet(language: str) -> list[tuple[float, float, str]]:
    """Labels beside values, and an item of 2 × 500 between the heading and the sums."""
    item = ("Muster", "2", "500,00", "1.000,00")
    if language in ("English", "Chinese"):
        item = ("Muster", "2", "500.00", "1,000.00")
    rows: list[tuple[str, ...]] = [*SHEETS[language]]
    rows[4:4] = [HEADINGS[language], item]
    places = {2: (50, 300), 4: (50, 220, 300, 420)}
    return [
        (x, 60 + 20 * at, text)
        for at, row in enumerate(rows)
        for x, text in zip(places[len(row)], row, strict=True)
    ]


@pytest.mark.parametrize("title", ["Gutschrift", "CREDIT NOTE", "AVOIR", "Nota di credito"])
def test_a_credit_note_is_known_by_its_title(
    title: str, draw: Callable[..., Path], german: Sequence[tuple[float, float, str]]
) -> None:
    assert read(draw([(50, 30, title), *german])).fields["type"].value == "381"
