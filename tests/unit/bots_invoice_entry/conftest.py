"""Invoices drawn for the tests, and PDFs with an e-invoice inside."""

import os
from collections.abc import Callable, Sequence
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

Text = tuple[float, float, str]
Draw = Callable[..., Path]

CII = """<?xml version="1.0" encoding="UTF-8"?>
<rsm:CrossIndustryInvoice
  xmlns:rsm="urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
  xmlns:ram="urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
  xmlns:udt="urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100">
 <rsm:ExchangedDocument><ram:ID>{number}</ram:ID><ram:TypeCode>380</ram:TypeCode>
  <ram:IssueDateTime>
   <udt:DateTimeString format="102">{date}</udt:DateTimeString>
  </ram:IssueDateTime>
 </rsm:ExchangedDocument>
 <rsm:SupplyChainTradeTransaction>
  <ram:ApplicableHeaderTradeAgreement>
   <ram:SellerTradeParty><ram:Name>{seller}</ram:Name></ram:SellerTradeParty>
   <ram:BuyerTradeParty><ram:Name>Contoso AG</ram:Name></ram:BuyerTradeParty>
  </ram:ApplicableHeaderTradeAgreement>
  <ram:ApplicableHeaderTradeSettlement>
   <ram:InvoiceCurrencyCode>EUR</ram:InvoiceCurrencyCode>
   <ram:SpecifiedTradeSettlementHeaderMonetarySummation>
    <ram:TaxBasisTotalAmount>{net}</ram:TaxBasisTotalAmount>
    <ram:TaxTotalAmount currencyID="EUR">{tax}</ram:TaxTotalAmount>
    <ram:TaxTotalAmount currencyID="USD">999.99</ram:TaxTotalAmount>
    <ram:GrandTotalAmount>{gross}</ram:GrandTotalAmount>
   </ram:SpecifiedTradeSettlementHeaderMonetarySummation>
  </ram:ApplicableHeaderTradeSettlement>
 </rsm:SupplyChainTradeTransaction>
</rsm:CrossIndustryInvoice>"""

GERMAN: Sequence[Text] = (
    (50, 60, "Rechnungsersteller:"),
    (50, 74, "Beispiel Werkzeugbau GmbH"),
    (50, 88, "Hauptstraße 3"),
    (350, 60, "Rechnungsnummer:"),
    (450, 60, "2024-0815"),
    (350, 74, "Rechnungsdatum:"),
    (450, 74, "05.03.2024"),
    (350, 88, "Währung:"),
    (450, 88, "EUR"),
    (50, 240, "Beschreibung"),
    (250, 240, "Menge"),
    (330, 240, "Preis"),
    (450, 240, "Betrag"),
    (50, 256, "Fräser"),
    (250, 256, "2 Stk"),
    (330, 256, "500,00"),
    (450, 256, "1.000,00"),
    (50, 300, "Summe netto"),
    (450, 300, "1.000,00"),
    (50, 316, "zzgl. 19 % MwSt"),
    (450, 316, "190,00"),
    (50, 332, "Gesamtbetrag"),
    (450, 332, "1.190,00"),
)
GERMAN_XML = {
    "number": "2024-0815",
    "date": "20240305",
    "seller": "Beispiel Werkzeugbau GmbH",
    "net": "1000.00",
    "tax": "190.00",
    "gross": "1190.00",
}


def _font(texts: Sequence[Text]) -> str:
    characters = "".join(text for _, _, text in texts)
    if any("\u3400" <= char <= "\u9fff" for char in characters):
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
        return "STSong-Light"
    if any(ord(char) > 255 and char not in "€–“”" for char in characters):
        pdfmetrics.registerFont(TTFont("Vera", "Vera.ttf"))
        return "Vera"
    return "Helvetica"


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    """Draw texts at (x, y from the top) on a page; with `xml`, attach it as an e-invoice."""

    def drawn(texts: Sequence[Text], *, xml: str | None = None, name: str = "a.pdf") -> Path:
        buffer = BytesIO()
        canvas = Canvas(buffer, pagesize=A4, invariant=1)
        canvas.setFont(_font(texts), 10)
        for x, y, text in texts:
            canvas.drawString(x, A4[1] - y, text)
        canvas.save()
        path = tmp_path / name
        path.write_bytes(buffer.getvalue())
        if xml is not None:
            writer = PdfWriter(clone_from=PdfReader(path))
            writer.add_attachment("factur-x.xml", xml.encode())
            writer.write(path)
        return path

    return drawn


@pytest.fixture
def german() -> Sequence[Text]:
    """A plain German invoice over 1.190,00 EUR."""
    return GERMAN


@pytest.fixture
def german_xml() -> Callable[..., str]:
    """The e-invoice that agrees with `german`, with whatever the test changes in it."""

    def xml(**changes: str) -> str:
        return CII.format(**{**GERMAN_XML, **changes})

    return xml


@pytest.fixture
def development_invoices() -> Path:
    """The folder of real-format invoices beside the repository."""
    root = Path(__file__).resolve().parents[3]
    shared = root / os.environ.get("DESKHAND_SHARED", "../shared")
    folder = shared / "invoices" / "dev"
    if not folder.is_dir():
        pytest.skip(f"no invoices in {folder}: set DESKHAND_SHARED")
    return folder
