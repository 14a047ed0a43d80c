"""Files that hold an invoice as data and nothing to look at: e-invoice XML."""

from __future__ import annotations

from pathlib import Path

from robocorp.workitems import BusinessException

from . import einvoice
from .einvoice import EInvoice
from .invoice import Doubt, Field, Invoice
from .safe_xml import Unreadable

_SURE = 0.99


def read_xml(path: Path) -> Invoice:
    """The invoice in an XML file, not judged yet; BusinessException `document.not_invoice` when it
    holds none."""
    try:
        found = einvoice.parse(path.read_bytes())
    except Unreadable as error:
        raise BusinessException(
            f"{path.name} is no e-invoice that can be read ({error}). UBL and CII invoices are: "
            "ask the sender for XRechnung, Peppol BIS or Factur-X.",
            code="document.not_invoice",
        ) from error
    fields = {
        name: Field(value, 1, None, "xml", _SURE, "in the e-invoice")
        for name, value in found.values.items()
    }
    return Invoice(path.name, (), fields, found.lines, found.breakdown, faults(found))


def faults(xml: EInvoice) -> tuple[Doubt, ...]:
    """What the e-invoice contradicts by itself: days that no calendar has, broken rules."""
    return (
        *(
            Doubt(name, f"{name}.impossible", f"The e-invoice XML holds {text}, which is no day.")
            for name, text in xml.impossible.items()
        ),
        *(Doubt(rule.field, f"en16931.{rule.rule}", rule.message) for rule in xml.broken),
    )
