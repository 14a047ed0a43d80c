"""What a page of a text invoice costs, whole, against pdfplumber's own pass over its words."""

import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber
import pypdfium2

from bots.invoice_entry.reading.reader import read
from samples.generator.__main__ import make

ROOT = Path(__file__).resolve().parents[1]
REAL = ROOT / os.environ.get("DESKHAND_SHARED", "../shared") / "invoices" / "dev" / "pdf"
FILES = 40
TARGET = 1.3


def main() -> None:
    """Print milliseconds per page and the ratio; real invoices where they are, else drawn ones."""
    with tempfile.TemporaryDirectory() as folder:
        files = [file for file in _files(Path(folder)) if _has_text(file)][:FILES]
        pages = sum(_pages(file) for file in files)
        read(files[0])
        words, whole = (_seconds(work, files) / pages for work in (_words, _read))
    print(f"Reading an invoice ({len(files)} files, {pages} pages)")  # noqa: T201
    print(f"  {'pdfplumber, words only':<34} {words * 1000:8.1f} ms/page")  # noqa: T201
    ratio = whole / words
    print(f"  {'the whole reading':<34} {whole * 1000:8.1f} ms/page  {ratio:5.2f} x")  # noqa: T201
    verdict = "reached" if ratio <= TARGET else "missed"
    print(f"  target {TARGET} x pdfplumber's words: {verdict}")  # noqa: T201


def _files(folder: Path) -> Sequence[Path]:
    if REAL.is_dir():
        return sorted(REAL.glob("*.pdf"))
    (folder / "pdf").mkdir()
    for number in range(FILES):
        make(folder, "dev", 1, number)
    return sorted((folder / "pdf").iterdir())


def _has_text(file: Path) -> bool:
    # Time of scans is Tesseract's.
    with pypdfium2.PdfDocument(file) as document:
        return all(page.get_textpage().count_chars() > 20 for page in document)


def _pages(file: Path) -> int:
    with pypdfium2.PdfDocument(file) as document:
        return len(document)


def _words(file: Path) -> None:
    with pdfplumber.open(file) as document:
        for page in document.pages:
            page.extract_words()


def _read(file: Path) -> None:
    read(file, use_xml=False)


def _seconds(work: Callable[[Path], None], files: Sequence[Path]) -> float:
    begun = time.perf_counter()
    for file in files:
        work(file)
    return time.perf_counter() - begun
