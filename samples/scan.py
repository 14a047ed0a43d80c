"""A PDF as a scanner would give it: each page a picture, a little askew."""

from collections.abc import Callable
from io import BytesIO

import pypdfium2
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

DPI = 150
SIZE = (595.0, 842.0)


def scanned(pdf: bytes, age: Callable[[Image.Image], Image.Image]) -> bytes:
    """`age` does to each page's grey picture what time and the machine do."""
    document, buffer = pypdfium2.PdfDocument(pdf), BytesIO()
    canvas = Canvas(buffer, pagesize=SIZE, invariant=True)
    for page in document:
        image = age(page.render(scale=DPI / 72).to_pil().convert("L"))
        canvas.drawImage(ImageReader(image), 0, 0, *SIZE)
        canvas.showPage()
    document.close()
    canvas.save()
    return buffer.getvalue()
