"""The words that a PDF holds as text."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pdfplumber

from .document import corrupt
from .words import Page, Word, rows_of


def pages_of(path: Path) -> Sequence[Page]:
    """The pages with their upright text; BusinessException `document.corrupt` when unreadable."""
    try:
        with pdfplumber.open(path) as document:
            return [_page(page) for page in document.pages]
    # pdfminer raises anything from KeyError to its own classes on damaged files.
    except Exception as error:
        raise corrupt(path.name) from error


def _page(page: pdfplumber.page.Page) -> Page:
    words = [
        Word(word["text"], word["x0"], word["top"], word["x1"], word["bottom"])
        for word in page.extract_words(x_tolerance_ratio=0.15, extra_attrs=["upright"])
        # Text up the margin is decoration, and mixes with the rows it crosses.
        if word["upright"]
    ]
    page.close()
    return Page(
        page.page_number, float(page.width), float(page.height), rows_of(page.page_number, words)
    )
