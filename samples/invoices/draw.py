"""Turn the catalogue into files: PDFs, scans, hybrids, reference data, expected outcomes."""

import json
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from samples.invoices import catalog, hybrid
from samples.invoices.catalog import Invoice
from samples.invoices.layouts import HEIGHT, LAYOUTS, WIDTH, Page
from samples.scan import scanned

CHINESE = "STSong-Light"


def draw_all(folder: Path) -> list[Path]:
    """Write every sample below `folder`: pdf/*.pdf and expected.json. Same bytes every time."""
    pdfs = folder / "pdf"
    pdfs.mkdir(parents=True, exist_ok=True)
    for invoice in catalog.INVOICES:
        (pdfs / invoice.file).write_bytes(draw(invoice))
    (folder / "expected.json").write_text(json.dumps(expected(), indent=1, ensure_ascii=False))
    return sorted(pdfs.glob("*.pdf"))


def draw(invoice: Invoice) -> bytes:
    pdf = _page(invoice)
    if invoice.form == "scan":
        return scanned(pdf, lambda image: image.rotate(0.4, fillcolor=255))
    if invoice.form == "hybrid":
        return hybrid.attach(pdf, invoice)
    return pdf


def expected() -> list[dict[str, str]]:
    return [
        {
            "file": i.file,
            "vendor": i.vendor.name,
            "number": i.number,
            "gross": str(i.gross),
            "currency": i.vendor.currency,
            "outcome": i.outcome,
            "twin": i.twin,
        }
        for i in catalog.INVOICES
    ]


def write_reference(folder: Path) -> None:
    """The vendor master and the purchase orders, as the ERP's owners would export them."""
    folder.mkdir(parents=True, exist_ok=True)
    _sheet(
        folder / "vendors.xlsx",
        ("vendor_id", "name", "vat_id", "iban", "country", "blocked"),
        [
            (v.vendor_id, v.name, v.vat_id, v.iban, v.country, v.blocked)
            for v in catalog.VENDORS.values()
        ],
    )
    _sheet(
        folder / "purchase_orders.xlsx",
        ("po_number", "vendor_id", "currency", "net_amount", "open_amount"),
        catalog.PURCHASE_ORDERS,
    )


def _page(invoice: Invoice) -> bytes:
    buffer = BytesIO()
    canvas = Canvas(buffer, pagesize=(WIDTH, HEIGHT), invariant=True)
    canvas.setTitle(f"{invoice.vendor.name} {invoice.number}")
    font, bold = "Helvetica", "Helvetica-Bold"
    if invoice.vendor.language == "zh":
        pdfmetrics.registerFont(UnicodeCIDFont(CHINESE))
        font = bold = CHINESE
    LAYOUTS[invoice.layout](Page(canvas, invoice, font, bold))
    canvas.save()
    return buffer.getvalue()


def _sheet(path: Path, head: tuple[str, ...], rows: object) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None  # noqa: S101  a new workbook has a sheet
    sheet.append(head)
    for row in rows:  # type: ignore[attr-defined]
        sheet.append(row)
    book.save(path)
