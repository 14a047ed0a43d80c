"""The e-invoice XML inside a PDF: Factur-X and ZUGFeRD, every profile, versions 1 and 2."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import pypdfium2
from lxml import etree
from robocorp.workitems import BusinessException

from .amounts import money
from .invoice import InvoiceLine

MAX_BYTES = 10 * 1024 * 1024
_ROOTS = ("CrossIndustryInvoice", "CrossIndustryDocument")
# UNTDID 1001: documents by which the seller gives money back.
_CREDIT_CODES = ("81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532")

_SETTLEMENT = "*[local-name()='ApplicableHeaderTradeSettlement' or local-name()='ApplicableSupplyChainTradeSettlement']"
_SUMS = "*[contains(local-name(),'MonetarySummation')]"


class Unreadable(Exception):
    """The attached XML is not an e-invoice that can be read."""


@dataclass(frozen=True)
class EInvoice:
    """The values of the XML, by field name, and its lines."""

    values: dict[str, str]
    lines: Sequence[InvoiceLine]


def attached_to(document: pypdfium2.PdfDocument) -> bytes | None:
    """The XML attachment that is an e-invoice, if there is one."""
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        if not attachment.get_name().lower().endswith(".xml"):
            continue
        content = bytes(attachment.get_data())
        if any(root.encode() in content[:20_000] for root in _ROOTS) or b"<!" in content[:2000]:
            return content
    return None


def parse(content: bytes) -> EInvoice:
    """The e-invoice; BusinessException `document.xml_unsafe` on a DTD or a huge file, Unreadable."""
    _refuse_unsafe(content)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(str(error)) from error
    if root.getroottree().docinfo.doctype:
        raise _unsafe()
    if etree.QName(root).localname not in _ROOTS:
        raise Unreadable(f"root element {etree.QName(root).localname}")
    return EInvoice(_values(root), _lines(root))


def _refuse_unsafe(content: bytes) -> None:
    if len(content) > MAX_BYTES or re.search(rb"<!\s*(DOCTYPE|ENTITY)", content[:100_000]):
        raise _unsafe()


def _unsafe() -> BusinessException:
    return BusinessException(
        "The e-invoice XML in this PDF declares entities or is far too large, which no e-invoice "
        "does. Treat it as an attack: do not open it, and ask the sender by phone.",
        code="document.xml_unsafe",
    )


def _values(root: etree._Element) -> dict[str, str]:
    settlement = f"//{_SETTLEMENT}"
    sums = f"{settlement}/{_SUMS}"
    currency = _text(root, f"{settlement}/*[local-name()='InvoiceCurrencyCode']")
    found = {
        "number": _text(
            root,
            "//*[contains(local-name(),'ExchangedDocument') and not(contains(local-name(),'Context'))]/*[local-name()='ID']",
        ),
        "issue_date": _date(root, "//*[local-name()='IssueDateTime']/*"),
        "due_date": _date(root, "//*[local-name()='DueDateDateTime']/*"),
        "delivery_date": _date(
            root,
            "//*[local-name()='ApplicableHeaderTradeDelivery' or local-name()='ApplicableSupplyChainTradeDelivery']//*[local-name()='OccurrenceDateTime']/*",
        ),
        "seller": _text(root, "//*[local-name()='SellerTradeParty']/*[local-name()='Name']"),
        "buyer": _text(root, "//*[local-name()='BuyerTradeParty']/*[local-name()='Name']"),
        "seller_vat": _vat(root, "SellerTradeParty"),
        "buyer_vat": _vat(root, "BuyerTradeParty"),
        "currency": currency,
        "net": _amount(root, f"{sums}/*[local-name()='TaxBasisTotalAmount']"),
        "tax": _amount(
            root,
            f"{sums}/*[local-name()='TaxTotalAmount'][not(@currencyID) or @currencyID='{currency}']",
        ),
        "gross": _amount(root, f"{sums}/*[local-name()='GrandTotalAmount']"),
        "iban": _text(root, f"{settlement}//*[local-name()='IBANID']").replace(" ", ""),
        "po_number": _text(
            root,
            "//*[local-name()='ApplicableHeaderTradeAgreement' or local-name()='ApplicableSupplyChainTradeAgreement']/*[local-name()='BuyerOrderReferencedDocument']/*[local-name()='IssuerAssignedID' or local-name()='ID']",
        ),
    }
    values = {name: value for name, value in found.items() if value}
    if "tax" not in values and values.get("net") == values.get("gross") and "net" in values:
        values["tax"] = "0.00"
    values["type"] = _type(root, values)
    return values


def _type(root: etree._Element, values: dict[str, str]) -> str:
    code = _text(root, "//*[contains(local-name(),'ExchangedDocument')]/*[local-name()='TypeCode']")
    negative = values.get("gross", "").startswith("-")
    return "381" if code in _CREDIT_CODES or (code == "384" and negative) else "380"


def _lines(root: etree._Element) -> Sequence[InvoiceLine]:
    items = _all(root, "//*[local-name()='IncludedSupplyChainTradeLineItem']")
    lines = [
        InvoiceLine(
            description=_text(
                item, ".//*[local-name()='SpecifiedTradeProduct']/*[local-name()='Name']"
            ),
            quantity=_amount(item, ".//*[local-name()='BilledQuantity']"),
            unit=_text(item, ".//*[local-name()='BilledQuantity']/@unitCode"),
            unit_price=_amount(
                item,
                ".//*[local-name()='NetPriceProductTradePrice']/*[local-name()='ChargeAmount']",
            ),
            amount=_amount(item, ".//*[local-name()='LineTotalAmount']"),
        )
        for item in items
        # Sub-lines explain a line; their amounts are in it already.
        if _text(item, ".//*[local-name()='LineStatusReasonCode']") not in ("GROUP", "INFORMATION")
    ]
    return [line for line in lines if line.amount]


def _all(node: etree._Element, path: str) -> list[etree._Element]:
    found = node.xpath(path)
    return list(found) if isinstance(found, list) else []


def _text(node: etree._Element, path: str) -> str:
    for found in _all(node, path):
        text = found if isinstance(found, str) else found.text
        if text and text.strip():
            return " ".join(text.split())
    return ""


def _vat(root: etree._Element, party: str) -> str:
    path = f"//*[local-name()='{party}']//*[local-name()='ID'][@schemeID='VA']"
    return re.sub(r"[\s.\-]", "", _text(root, path))


def _date(root: etree._Element, path: str) -> str:
    digits = re.sub(r"\D", "", _text(root, path))[:8]
    return f"{digits[:4]}-{digits[4:6]}-{digits[6:]}" if len(digits) == 8 else ""


def _amount(node: etree._Element, path: str) -> str:
    text = _text(node, path)
    try:
        return money(Decimal(text)) if text else ""
    except InvalidOperation:
        return ""
