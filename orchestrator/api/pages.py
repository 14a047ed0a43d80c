"""Pages of PDF documents as pictures."""

import io
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock

import pypdfium2 as pdfium

from orchestrator.kernel.errors import InvalidInput, NotFound, TooLarge

MAX_PIXELS = 25_000_000
CACHE_BYTES = 64 * 1024 * 1024
MAX_PAGES = 2000


@dataclass(frozen=True, slots=True)
class PageSize:
    """In points, as shown (rotation applied)."""

    width: float
    height: float


class PageRenderer:
    """Renders pages and keeps the last ones. PDFium is not thread-safe: one call at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._cache: OrderedDict[tuple[str, int, int], bytes] = OrderedDict()
        self._cached = 0

    def sizes(self, load: Callable[[], bytes]) -> list[PageSize]:
        """Raises `InvalidInput` (document.not_pdf) for what cannot be opened."""
        content = load()
        with self._lock, _opened(content) as pdf:
            if len(pdf) > MAX_PAGES:
                raise TooLarge(f"the document has {len(pdf)} pages; {MAX_PAGES} can be shown")
            return [PageSize(*pdf.get_page_size(n)) for n in range(len(pdf))]

    def png(self, digest: str, number: int, dpi: int, load: Callable[[], bytes]) -> bytes:
        """Page `number` (from 1) of the document whose bytes `load` gives.

        Raises `NotFound` when there is no such page, `TooLarge` for a picture over the limit.
        """
        name = (digest, number, dpi)
        with self._lock:
            if name in self._cache:
                self._cache.move_to_end(name)
                return self._cache[name]
        content = load()
        with self._lock:
            picture = _render(content, number, dpi)
            self._keep(name, picture)
        return picture

    def _keep(self, name: tuple[str, int, int], picture: bytes) -> None:
        self._cached += len(picture) - len(self._cache.pop(name, b""))
        self._cache[name] = picture
        while self._cached > CACHE_BYTES:
            self._cached -= len(self._cache.popitem(last=False)[1])


def _render(content: bytes, number: int, dpi: int) -> bytes:
    with _opened(content) as pdf:
        if not 1 <= number <= len(pdf):
            raise NotFound(f"the document has {len(pdf)} pages, and no page {number}")
        width, height = pdf.get_page_size(number - 1)
        scale = dpi / 72
        if width * height * scale * scale > MAX_PIXELS:
            raise TooLarge("the page is too large for this resolution; ask for a lower dpi")
        buffer = io.BytesIO()
        pdf[number - 1].render(scale=scale).to_pil().save(buffer, "PNG")
        return buffer.getvalue()


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        return pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise InvalidInput(
            f"the document cannot be shown as PDF pages: {error}", code="document.not_pdf"
        ) from error
