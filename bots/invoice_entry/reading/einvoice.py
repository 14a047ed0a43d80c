"""The e-invoice XML inside a PDF: Factur-X and ZUGFeRD, every profile, versions 1 and 2."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Sequence
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

# Version 1 and 2 name the same elements differently; the namespaces differ as well.
_DOCUMENT = "//*[local-name()='ExchangedDocument' or local-name()='HeaderExchangedDocument']"
_SETTLEMENT = (
    "//*[local-name()='ApplicableHeaderTradeSettlement'"
    " or local-name()='ApplicableSupplyChainTradeSettlement']"
)
_DELIVERY = (
    "//*[local-name()='ApplicableHeaderTradeDelivery'"
    " or local-name()='ApplicableSupplyChainTradeDelivery']"
)
_AGREEMENT = (
    "//*[local-name()='ApplicableHeaderTradeAgreement'"
    " or local-name()='ApplicableSupplyChainTradeAgreement']"
)
_SUMS = f"{_SETTLEMENT}/*[contains(local-name(),'MonetarySummation')]"
_DATES = {
    "issue_date": "//*[local-name()='IssueDateTime']/*",
    "due_date": "//*[local-name()='DueDateDateTime']/*",
    "delivery_date": f"{_DELIVERY}//*[local-name()='OccurrenceDateTime']/*",
}
_TEXTS = {
    "number": f"{_DOCUMENT}/*[local-name()='ID']",
    "seller": "//*[local-name()='SellerTradeParty']/*[local-name()='Name']",
    "buyer": "//*[local-name()='BuyerTradeParty']/*[local-name()='Name']",
    "currency": f"{_SETTLEMENT}/*[local-name()='InvoiceCurrencyCode']",
    "po_number": f"{_AGREEMENT}/*[local-name()='BuyerOrderReferencedDocument']"
    "/*[local-name()='IssuerAssignedID' or local-name()='ID']",
}
_CODES = {
    "iban": f"{_SETTLEMENT}//*[local-name()='IBANID']",
    "seller_vat": "//*[local-name()='SellerTradeParty']//*[local-name()='ID'][@schemeID='VA']",
    "buyer_vat": "//*[local-name()='BuyerTradeParty']//*[local-name()='ID'][@schemeID='VA']",
}
_LINE_ITEM = "IncludedSupplyChainTradeLineItem"
_LINE = ".//*[local-name()='{}']"


class Unreadable(Exception):
    """The attached XML is not an e-invoice that can be read."""


@dataclass(frozen=True)
class EInvoice:
    """The values of the XML by field name, its lines, and dates that no calendar has."""

    values: dict[str, str]
    lines: Sequence[InvoiceLine]
    impossible: dict[str, str]


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
    """The e-invoice in the XML; Unreadable when it is none.

    BusinessException `document.xml_unsafe` when it has a DTD or is huge.
    """
    _refuse_unsafe(content)
    parser = etree.XMLParser(resolve_entities=False, load_dtd=False, no_network=True)
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Unreadable(str(error)) from error
    if etree.QName(root).localname not in _ROOTS:
        raise Unreadable(f"root element {etree.QName(root).localname}")
    dates = {name: _digits(_text(root, path)) for name, path in _DATES.items()}
    impossible = {name: text for name, text in dates.items() if text and not _iso_date(text)}
    return EInvoice(_values(root, dates), _lines(root), impossible)


def _refuse_unsafe(content: bytes) -> None:
    if len(content) > MAX_BYTES or re.search(rb"<!\s*(DOCTYPE|ENTITY)", content[:100_000]):
        raise _unsafe()


def _unsafe() -> BusinessException:
    return BusinessException(
        "The e-invoice XML in this PDF declares entities or is far too large, which no e-invoice "
        "does. Treat it as an attack: do not open it, and ask the sender by phone.",
        code="document.xml_unsafe",
    )


def _values(root: etree._Element, dates: dict[str, str]) -> dict[str, str]:
    found = {name: _text(root, path) for name, path in _TEXTS.items()}
    found |= {name: re.sub(r"[\s.\-]", "", _text(root, path)) for name, path in _CODES.items()}
    found |= {name: _iso_date(text) for name, text in dates.items()}
    found |= _amounts(root, found["currency"])
    return {name: value for name, value in found.items() if value} | {"type": _type(root, found)}


def _amounts(root: etree._Element, currency: str) -> dict[str, str]:
    # The tax may be given a second time, in the currency of the books.
    own = f"[not(@currencyID) or @currencyID='{currency}']" if currency.isalpha() else ""
    net = _amount(root, f"{_SUMS}/*[local-name()='TaxBasisTotalAmount']")
    gross = _amount(root, f"{_SUMS}/*[local-name()='GrandTotalAmount']")
    tax = _amount(root, f"{_SUMS}/*[local-name()='TaxTotalAmount']{own}")
    return {"net": net, "gross": gross, "tax": tax or ("0.00" if net and net == gross else "")}


def _type(root: etree._Element, values: dict[str, str]) -> str:
    code = _text(root, f"{_DOCUMENT}/*[local-name()='TypeCode']")
    negative = values["gross"].startswith("-")
    return "381" if code in _CREDIT_CODES or (code == "384" and negative) else "380"


def _lines(root: etree._Element) -> Sequence[InvoiceLine]:
    items = [each for each in root.iter() if str(each.tag).endswith("}" + _LINE_ITEM)]
    # Sub-lines explain a line; their amounts are in it already.
    counted = [item for item in items if _line_text(item, "LineStatusReasonCode") in ("", "DETAIL")]
    return [line for line in map(_as_line, counted) if line.amount]


def _as_line(item: etree._Element) -> InvoiceLine:
    product, price = _LINE.format("SpecifiedTradeProduct"), "NetPriceProductTradePrice"
    return InvoiceLine(
        description=_text(item, f"{product}/*[local-name()='Name']"),
        quantity=_amount(item, _LINE.format("BilledQuantity")),
        unit=_text(item, f"{_LINE.format('BilledQuantity')}/@unitCode"),
        unit_price=_amount(item, f"{_LINE.format(price)}/*[local-name()='ChargeAmount']"),
        amount=_amount(item, _LINE.format("LineTotalAmount")),
    )


def _line_text(item: etree._Element, name: str) -> str:
    return _text(item, _LINE.format(name))


def _strings(node: etree._Element, path: str) -> Iterator[str]:
    found = node.xpath(path)
    for each in found if isinstance(found, list) else []:
        if isinstance(each, etree._Element):
            yield each.text or ""
        elif isinstance(each, str):
            yield each


def _text(node: etree._Element, path: str) -> str:
    for text in _strings(node, path):
        if text.strip():
            return " ".join(text.split())
    return ""


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)[:8]


def _iso_date(digits: str) -> str:
    """The date of `20240229`; empty when there is no such day."""
    try:
        return dt.datetime.strptime(digits, "%Y%m%d").replace(tzinfo=dt.UTC).date().isoformat()
    except ValueError:
        return ""


def _amount(node: etree._Element, path: str) -> str:
    text = _text(node, path)
    try:
        return money(Decimal(text)) if text else ""
    except InvalidOperation:
        return ""
