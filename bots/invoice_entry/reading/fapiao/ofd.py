"""OFD (GB/T 33190-2016), the fixed-layout format of Chinese e-invoices: a ZIP of XML files.

Nothing is unpacked to disk; names inside are only compared, never opened as paths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from lxml import etree
from robocorp.workitems import BusinessException

from ..checks import COMPARED, same
from ..document import corrupt
from ..einvoice import EInvoice
from ..invoice import Doubt
from ..safe_xml import MAX_BYTES, Unreadable, local_name, parsed
from ..wording import say
from . import capitals
from .data import is_fapiao, read_root, words_against_figures

MAX_FILES = 1000
MAX_UNPACKED = 50 * 1024 * 1024
_REFERENCE = "ObjectRef"
_ON_PAGE = (*COMPARED, "buyer_vat", "invoice_code", "check_code")


@dataclass(frozen=True)
class _Parts:
    """What matters in the archive: the invoice as data, what its tags call which text object,
    and the text of those."""

    data: etree._Element | None
    tags: etree._Element | None
    texts: Mapping[str, str]


def read_ofd(path: Path) -> EInvoice:
    """The invoice in an OFD file; Unreadable when it holds none.

    Data and page are compared where both are there. BusinessException `document.ofd_unsafe` or
    `document.corrupt` for what cannot be opened.
    """
    parts = _parts_of(list(_trees(path)))
    data = read_root(parts.data) if parts.data is not None else None
    page = read_root(_filled(parts.tags, parts.texts)) if parts.tags is not None else None
    found = data or page
    if found is None:
        raise Unreadable("the OFD file holds neither an invoice as data nor tagged text")
    doubts = [*found.broken, *_differences(data, page), *_words_on_page(found, parts.texts)]
    return replace(found, broken=doubts)


def _trees(path: Path) -> Iterator[etree._Element]:
    try:
        with ZipFile(path) as archive:
            _refuse_unsafe(path.name, archive)
            for entry in archive.infolist():
                if entry.filename.lower().endswith(".xml"):
                    with archive.open(entry) as file:
                        yield parsed(file.read(MAX_BYTES + 1))
    except BusinessException:
        raise
    # An encrypted entry is a RuntimeError to zipfile, as a refusal is to its base class.
    except (BadZipFile, EOFError, NotImplementedError, RuntimeError, Unreadable) as error:
        raise corrupt(path.name) from error


def _refuse_unsafe(name: str, archive: ZipFile) -> None:
    entries = archive.infolist()
    outside = any(
        entry.filename.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", entry.filename)
        for entry in entries
    )
    size = sum(entry.file_size for entry in entries)
    if outside or len(entries) > MAX_FILES or size > MAX_UNPACKED:
        raise BusinessException(
            f"{name} unpacks to far more than an invoice, or to places outside itself. "
            "Treat it as an attack: do not open it, and ask the sender by phone.",
            code="document.ofd_unsafe",
        )


def _parts_of(trees: Sequence[etree._Element]) -> _Parts:
    data = tags = None
    texts: dict[str, str] = {}
    for root in trees:
        if next(root.iter(f"{{*}}{_REFERENCE}"), None) is not None:
            tags = root if tags is None else tags
        elif is_fapiao(root):
            data = root if data is None else data
        elif local_name(root) == "Page":
            texts |= _texts(root)
    return _Parts(data, tags, texts)


def _texts(page: etree._Element) -> Iterator[tuple[str, str]]:
    for each in page.iter("{*}TextObject"):
        yield each.get("ID", ""), "".join(code.text or "" for code in each.iter("{*}TextCode"))


def _filled(tags: etree._Element, texts: Mapping[str, str]) -> etree._Element:
    """The tree of tags, with the text that they point at in place of the pointers."""
    for reference in list(tags.iter(f"{{*}}{_REFERENCE}")):
        reference.text = texts.get((reference.text or "").strip(), "")
    return tags


def _differences(data: EInvoice | None, page: EInvoice | None) -> Iterator[Doubt]:
    if data is None or page is None:
        return
    for name, value in page.values.items():
        held = data.values.get(name)
        if name in _ON_PAGE and held and not same(name, value, held):
            wording = say("fapiao.differs", page=value, data=held)
            yield Doubt(name, "xml.page_differs", wording)


def _words_on_page(found: EInvoice, texts: Mapping[str, str]) -> Iterator[Doubt]:
    """The amount in words, which only the page has."""
    printed = next((text for text in texts.values() if capitals.find(text)), "")
    if "gross_in_words" not in found.values and "gross" in found.values:
        yield from words_against_figures(printed, Decimal(found.values["gross"]))
