"""Files that hold an invoice as data and nothing to look at: e-invoice XML, and OFD."""

from __future__ import annotations

from pathlib import Path

from robocorp.workitems import BusinessException

from . import einvoice, fapiao
from .document import Kind
from .einvoice import EInvoice
from .invoice import Doubt, Field, Invoice
from .safe_xml import Unreadable, parsed
from .wording import say

_SURE = 0.99


def read_data(path: Path, kind: Kind) -> Invoice:
    """The invoice in an XML or OFD file, not judged yet; BusinessException `document.not_invoice`
    when it holds none."""
    try:
        found = fapiao.read_ofd(path) if kind is Kind.OFD else _read_xml(path)
    except Unreadable as error:
        raise BusinessException(
            f"{path.name} is no e-invoice that can be read ({error}). UBL, CII and 数电票 are: "
            "ask the sender for XRechnung, Peppol BIS, Factur-X, or the XML of the 发票.",
            code="document.not_invoice",
        ) from error
    fields = {
        name: Field(value, 1, None, "xml", _SURE, say("xml.file"))
        for name, value in found.values.items()
    }
    return Invoice(path.name, (), fields, found.lines, found.breakdown, faults(found))


def _read_xml(path: Path) -> EInvoice:
    root = parsed(path.read_bytes())
    return fapiao.read_root(root) if fapiao.is_fapiao(root) else einvoice.read_root(root)


def faults(xml: EInvoice) -> tuple[Doubt, ...]:
    """What the e-invoice contradicts by itself: days that no calendar has, broken rules."""
    return (
        *(
            Doubt(name, f"{name}.impossible", say("xml.impossible", value=text))
            for name, text in xml.impossible.items()
        ),
        *xml.broken,
    )
