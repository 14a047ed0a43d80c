"""E-invoice XML to our fields: Factur-X, ZUGFeRD 1 and 2, XRechnung and Peppol BIS, UBL and CII.

The library factur-x reads both syntaxes into EN 16931's business terms.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import pypdfium2
from facturx import parse_ubl_cii_xml
from lxml import etree

from ..amounts import money
from ..invoice import Doubt, InvoiceLine, TaxRate
from ..safe_xml import Unreadable, local_name, parsed
from . import dates, rules, zugferd
from .business_terms import Terms, amount, groups, party, text
from .lines import lines_of

_CII = ("CrossIndustryInvoice", zugferd.VERSION_1)
_UBL = {"Invoice": "ubl-2.1-invoice", "CreditNote": "ubl-2.1-creditnote"}
_UBL_NAMESPACE = "urn:oasis:names:specification:ubl:schema:xsd:"

# UNTDID 1001: documents by which the seller gives money back.
_CREDIT_CODES = ("81", "83", "261", "262", "296", "308", "381", "396", "420", "458", "532")
_OWN_KINDS = ("384", "386")
"""A correction and a prepayment are named as such; whatever else asks for money is an invoice."""

_TEXTS = {
    "number": "BT-1", "issue_date": "BT-2", "due_date": "BT-9", "delivery_date": "BT-72",
    "currency": "BT-5", "po_number": "BT-13", "contract_number": "BT-12",
    "payment_terms": "BT-20",
}  # fmt: skip
_CODES = {"iban": "BT-84", "bic": "BT-86"}
_AMOUNTS = {
    "net": "BT-109", "tax": "BT-110", "gross": "BT-112", "prepaid": "BT-113", "payable": "BT-115",
}  # fmt: skip
_PARTIES = {"seller": "BG-4", "buyer": "BG-7"}


@dataclass(frozen=True)
class EInvoice:
    """The values of the XML by field name, its lines and tax breakdown, what is wrong in it:
    dates that no calendar has, and rules that do not hold."""

    values: dict[str, str]
    lines: Sequence[InvoiceLine]
    breakdown: Sequence[TaxRate]
    impossible: dict[str, str]
    broken: Sequence[Doubt]


def attached_to(document: pypdfium2.PdfDocument) -> bytes | None:
    """The XML attachment that is an e-invoice, if there is one."""
    for index in range(document.count_attachments()):
        attachment = document.get_attachment(index)
        if not attachment.get_name().lower().endswith(".xml"):
            continue
        content = bytes(attachment.get_data())
        roots = (*_CII, _UBL_NAMESPACE)
        if any(root.encode() in content[:20_000] for root in roots) or b"<!" in content[:2000]:
            return content
    return None


def parse(content: bytes) -> EInvoice:
    """The e-invoice in the XML; Unreadable when it is none.

    BusinessException `document.xml_unsafe` when it has a DTD or is huge.
    """
    return read_root(parsed(content))


def read_root(root: etree._Element) -> EInvoice:
    """The e-invoice of a parsed document; Unreadable when it is none."""
    name = local_name(root)
    # ZUGFeRD 1 came before EN 16931, and its signs are others.
    is_en16931 = name != zugferd.VERSION_1
    if name in _CII:
        root, flavor = zugferd.normalise(root), "factur-x"
    elif name in _UBL and _UBL_NAMESPACE in (etree.QName(root).namespace or ""):
        flavor = _UBL[name]
    else:
        raise Unreadable(f"root element {name}")
    impossible = dates.tidy(root)
    terms = _terms(root, flavor)
    return EInvoice(
        values=_values(terms),
        lines=list(lines_of(terms)),
        breakdown=list(_breakdown(terms)),
        impossible=impossible,
        broken=list(rules.broken(terms)) if is_en16931 else [],
    )


def _terms(root: etree._Element, flavor: str) -> Terms:
    try:
        found: Terms = parse_ubl_cii_xml(
            root,
            flavor=flavor,
            level="extended",
            date_as="string",
            bytes_as="string",
            check_xsd=False,
        )
    # It raises plain exceptions, and XPath's own where a currency is no currency.
    except Exception as error:
        raise Unreadable(str(error)) from error
    return found


def _values(terms: Terms) -> dict[str, str]:
    found = {name: text(terms, term) for name, term in _TEXTS.items()}
    found |= {name: _compact(text(terms, term)) for name, term in _CODES.items()}
    for name, group in _PARTIES.items():
        found |= _party(name, party(terms, group))
    sums = {name: amount(terms, term) for name, term in _AMOUNTS.items()}
    if sums["tax"] is None and sums["net"] == sums["gross"]:
        sums["tax"] = Decimal(0)
    found |= {name: money(value) for name, value in sums.items() if value is not None}
    found["type"] = _type(text(terms, "BT-3"), sums["gross"])
    return {name: value for name, value in found.items() if value}


def _party(name: str, of: Terms) -> dict[str, str]:
    street = [text(of, f"addr_l{n}") for n in (1, 2, 3)]
    town = f"{text(of, 'postcode')} {text(of, 'city')}".strip()
    return {
        name: text(of, "name") or text(of, "biz_name"),
        f"{name}_address": ", ".join(x for x in (*street, town, text(of, "country_code")) if x),
        f"{name}_vat": _compact(text(of, "vat_identifier")),
        f"{name}_tax_number": text(of, "tax_identifier"),
    }


def _compact(code: str) -> str:
    return re.sub(r"[\s.\-]", "", code)


def _type(code: str, gross: Decimal | None) -> str:
    if code in _CREDIT_CODES or (code == "384" and gross is not None and gross < 0):
        return "381"
    return code if code in _OWN_KINDS else "380"


def _breakdown(terms: Terms) -> Iterator[TaxRate]:
    for row in groups(terms, "BG-23"):
        numbers = [amount(row, name) for name in ("BT-119", "BT-116", "BT-117")]
        rate, net, tax = ("" if number is None else money(number) for number in numbers)
        yield TaxRate(text(row, "BT-118"), rate, net, tax)
