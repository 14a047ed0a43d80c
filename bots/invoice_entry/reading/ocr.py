"""Reading a scanned page with Tesseract; what it gives is never trusted by itself."""

from __future__ import annotations

from collections.abc import Sequence

import pypdfium2
import pytesseract
from robocorp.workitems import ApplicationException

from .words import Page, Word, rows_of

_DPI = 220
_GLANCE = 0.5
_PAPER = 245
_MAX_PIXELS = 5000
_SECONDS = 90
_LANGUAGES = ("deu", "eng", "fra", "spa", "ita", "nld", "pol", "chi_sim")
_MIN_CONFIDENCE = 30
_MAX_SCANNED_PAGES = 10


def with_scans_read(document: pypdfium2.PdfDocument, pages: Sequence[Page]) -> Sequence[Page]:
    """The pages, those without readable text replaced by what OCR sees on them."""
    scans = [page for page in pages if _is_scan(page) and not _is_blank(document, page)]
    scans = scans[:_MAX_SCANNED_PAGES]
    if len(scans) == len(pages) or (scans and scans[0].number == 1):
        return [_read(document, page) if page in scans else page for page in pages]
    return pages


def _is_scan(page: Page) -> bool:
    text = page.text
    letters = sum(char.isalnum() for char in text)
    return letters < 20 or text.count("(cid:") > 10 or text.count("\ufffd") > letters / 4


def _is_blank(document: pypdfium2.PdfDocument, page: Page) -> bool:
    """Whether nothing is drawn on it, as on the first page that some word processors leave."""
    image = document[page.number - 1].render(scale=_GLANCE).to_pil().convert("L")
    darkest, _ = image.getextrema()
    return not page.rows and darkest > _PAPER


def _read(document: pypdfium2.PdfDocument, page: Page) -> Page:
    scale = min(_DPI / 72, _MAX_PIXELS / max(page.width, page.height))
    image = document[page.number - 1].render(scale=scale).to_pil()
    try:
        data = pytesseract.image_to_data(
            image,
            lang="+".join(_installed()),
            timeout=_SECONDS,
            output_type=pytesseract.Output.DICT,
        )
    except (pytesseract.TesseractError, RuntimeError) as error:
        raise ApplicationException(str(error), code="ocr.failed") from error
    words = [
        Word(text, left / scale, top / scale, (left + width) / scale, (top + height) / scale)
        for text, left, top, width, height, sure in zip(
            data["text"],
            data["left"],
            data["top"],
            data["width"],
            data["height"],
            data["conf"],
            strict=True,
        )
        if text.strip() and float(sure) >= _MIN_CONFIDENCE
    ]
    return Page(page.number, page.width, page.height, rows_of(page.number, words), scanned=True)


def _installed() -> Sequence[str]:
    try:
        available = pytesseract.get_languages()
    except pytesseract.TesseractNotFoundError as error:
        raise ApplicationException(
            "Tesseract is not installed, and this document is a scan: "
            "apt-get install tesseract-ocr tesseract-ocr-deu tesseract-ocr-fra "
            "tesseract-ocr-chi-sim",
            code="ocr.missing",
        ) from error
    return [language for language in _LANGUAGES if language in available] or ["eng"]
