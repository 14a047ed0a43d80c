"""From a file to an invoice: read the page and the XML, compare, decide on trust."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from . import checks, data_file, einvoice, memory, ocr, splitting, text_layer
from .amounts import decimal_mark
from .document import Kind, kind_of, opened
from .einvoice import EInvoice
from .invoice import KEY_FIELDS, TRUSTWORTHY, Doubt, Field, Invoice, Part
from .judging import judged
from .lines import read_lines
from .locate import Place, locate
from .memory import VendorMemory
from .page_reading import PageReading, read_pages
from .safe_xml import Unreadable
from .wording import say
from .words import Page


@dataclass(frozen=True)
class Observed:
    """What the document itself says, before anything is known about its vendor: an invoice that is
    not judged yet, its lines those of its XML, if it has one."""

    digest: str
    pages: Sequence[Page]
    invoice: Invoice
    has_xml: bool

    @property
    def signs(self) -> Sequence[str]:
        """By what its vendor may be remembered."""
        return memory.signs_on(self.pages, self.invoice.fields)


Recall = Callable[[Sequence[str]], Sequence[VendorMemory]]
"""The vendors that are remembered by any of these signs."""


def read(
    path: Path, *, use_xml: bool = True, recall: Recall | None = None, part: Part | None = None
) -> Invoice:
    """The invoice in the file; BusinessException `document.*` when the file cannot be one.

    Without `use_xml` an embedded e-invoice is ignored, as if only the paper had come. Without
    `recall` the vendor is a stranger. Of several invoices in a file, that on the pages of `part`.
    """
    observed = observe(path, use_xml=use_xml, part=part)
    return conclude(observed, recall(observed.signs) if recall else ())


def observe(path: Path, *, use_xml: bool = True, part: Part | None = None) -> Observed:
    """Everything in the file: the slow part. Raises as `read`."""
    kind = kind_of(path)
    if kind is not Kind.PDF:
        return Observed(_digest(path), (), data_file.read_data(path, kind), has_xml=True)
    with opened(path) as document:
        attachment = einvoice.attached_to(document) if use_xml else None
        xml, doubts = _parse(attachment)
        pages = ocr.with_scans_read(document, text_layer.pages_of(document, path.name))
    parts, unsure = ((), []) if xml or part else splitting.parts_of(pages)
    if mine := part or next(iter(parts), None):
        pages = splitting.within(mine, pages)
    fields, more = _merge(pages, read_pages(pages), xml)
    doubts += [*unsure, *more, *checks.scanned(any(page.scanned for page in pages))]
    sizes = [(page.width, page.height) for page in pages]
    lines, breakdown = (xml.lines, xml.breakdown) if xml else ((), ())
    invoice = Invoice(path.name, sizes, fields, lines, breakdown, tuple(doubts))
    if len(parts) > 1:
        invoice = replace(invoice, parts=parts, doubts=(*doubts, splitting.one_of(parts)))
    return Observed(_digest(path, part), pages, invoice, has_xml=xml is not None)


def conclude(observed: Observed, remembered: Sequence[VendorMemory]) -> Invoice:
    """The invoice that was observed, in the light of the vendors that it may be of."""
    pages, invoice = observed.pages, observed.invoice
    memories = [vendor.without(observed.digest) for vendor in remembered]
    vendor = memory.recognise(pages, invoice.fields, memories)
    if vendor:
        fields, doubts = memory.weigh(pages, invoice.fields, invoice.doubts, vendor)
        invoice = replace(invoice, fields=fields, doubts=tuple(doubts))
    if not observed.has_xml:
        lines, doubts = read_lines(pages, invoice.fields)
        if doubts and vendor:
            known = memory.weigh_items(pages, invoice.fields.get("net"), vendor.memory)
            lines, doubts = (lines, doubts) if known is None else (known, [])
        invoice = replace(invoice, lines=lines, doubts=(*invoice.doubts, *doubts))
    return judged(invoice)


def _digest(path: Path, part: Part | None = None) -> str:
    """What tells one invoice from another, also where a file holds several."""
    pages = f"{part.first}-{part.last}" if part else ""
    return hashlib.sha256(path.read_bytes() + pages.encode()).hexdigest()


def _parse(attachment: bytes | None) -> tuple[EInvoice | None, list[Doubt]]:
    if attachment is None:
        return None, []
    try:
        return einvoice.parse(attachment), []
    except Unreadable as error:
        return None, [Doubt(None, "xml.unreadable", say("xml.unreadable", error=error))]


def _merge(
    pages: Sequence[Page], page: PageReading, xml: EInvoice | None
) -> tuple[dict[str, Field], list[Doubt]]:
    if xml is None:
        return page.fields, list(page.doubts)
    mark = decimal_mark("\n".join(each.text for each in pages))
    doubts = checks.page_against_xml(page.fields, xml.values)
    fields = dict(page.fields)
    for name, value in xml.values.items():
        on_page = page.fields.get(name)
        fields[name] = _from_xml(value, on_page, locate(pages, name, value, mark), name)
        if name in KEY_FIELDS and fields[name].confidence < TRUSTWORTHY:
            doubts.append(Doubt(name, "xml.not_on_page", say("xml.unseen", value=value)))
    return fields, [*doubts, *data_file.faults(xml)]


def _from_xml(value: str, on_page: Field | None, place: Place | None, name: str) -> Field:
    if on_page and checks.same(name, on_page.value, value):
        reason = say("xml.page") + on_page.reason
        return replace(on_page, value=value, source="xml", confidence=0.99, reason=reason)
    if place is None:
        return Field(value, 1, None, "xml", 0.7, say("xml.only"))
    return Field(value, *place, "xml", 0.95, say("xml.page"))
