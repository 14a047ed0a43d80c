"""A scan is read by OCR, and a person always looks at it."""

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from bots.invoice_entry.reading.reader import read


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_a_scan_is_read_but_never_trusted(
    draw: Callable[..., Path], german: Sequence[tuple[float, float, str]], tmp_path: Path
) -> None:
    with pypdfium2.PdfDocument(draw(german)) as printed:
        image = printed[0].render(scale=200 / 72).to_pil()
    path = tmp_path / "scan.pdf"
    canvas = Canvas(str(path), pagesize=A4)
    canvas.drawImage(ImageReader(image), 0, 0, *A4)
    canvas.save()

    invoice = read(path)
    assert invoice.fields["number"].value == "2024-0815"
    assert invoice.fields["gross"].value == "1190.00"
    assert invoice.fields["gross"].source == "ocr"
    assert "document.scanned" in {doubt.code for doubt in invoice.doubts}
    assert not invoice.trusted
    assert not any(field.trusted for field in invoice.fields.values())
