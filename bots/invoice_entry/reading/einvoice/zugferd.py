"""CII as people write it, brought to what EN 16931's binding (CEN/TS 16931-3-3) names.

ZUGFeRD 1 has the same elements under other names. Both versions know logistics charges, which
EN 16931 calls charges like any other.
"""

from __future__ import annotations

from lxml import etree

from ..safe_xml import local_name

VERSION_1 = "CrossIndustryDocument"
_URN = "urn:un:unece:uncefact:data:standard:"
_AGGREGATES = f"{_URN}ReusableAggregateBusinessInformationEntity:100"
_UNQUALIFIED = f"{_URN}UnqualifiedDataType:100"
_NAMESPACES = {
    "urn:ferd:CrossIndustryDocument:invoice:1p0": f"{_URN}CrossIndustryInvoice:100",
    f"{_URN}ReusableAggregateBusinessInformationEntity:12": _AGGREGATES,
    f"{_URN}UnqualifiedDataType:15": _UNQUALIFIED,
}
_NAMES = {
    VERSION_1: "CrossIndustryInvoice",
    "SpecifiedExchangedDocumentContext": "ExchangedDocumentContext",
    "HeaderExchangedDocument": "ExchangedDocument",
    "SpecifiedSupplyChainTradeTransaction": "SupplyChainTradeTransaction",
    "ApplicableSupplyChainTradeAgreement": "ApplicableHeaderTradeAgreement",
    "ApplicableSupplyChainTradeDelivery": "ApplicableHeaderTradeDelivery",
    "ApplicableSupplyChainTradeSettlement": "ApplicableHeaderTradeSettlement",
    "SpecifiedSupplyChainTradeAgreement": "SpecifiedLineTradeAgreement",
    "SpecifiedSupplyChainTradeDelivery": "SpecifiedLineTradeDelivery",
    "SpecifiedSupplyChainTradeSettlement": "SpecifiedLineTradeSettlement",
    "ApplicablePercent": "RateApplicablePercent",
}
_SUMS = {
    "ApplicableHeaderTradeSettlement": "SpecifiedTradeSettlementHeaderMonetarySummation",
    "SpecifiedLineTradeSettlement": "SpecifiedTradeSettlementLineMonetarySummation",
}
_LOGISTICS = {
    "SpecifiedLogisticsServiceCharge": "SpecifiedTradeAllowanceCharge",
    "AppliedAmount": "ActualAmount",
    "AppliedTradeTax": "CategoryTradeTax",
}


def normalise(root: etree._Element) -> etree._Element:
    """A CII document with EN 16931's names; the tree is changed in place.

    Amounts of tax without a currency get the invoice's.
    """
    if local_name(root) == VERSION_1:
        for element in root.iter("*"):
            _rename(element)
        # XPath by prefix sees the new names only in a tree that is read anew.
        root = etree.fromstring(etree.tostring(root))
    for charge in root.iter(f"{{{_AGGREGATES}}}SpecifiedLogisticsServiceCharge"):
        _as_charge(charge)
    currency = root.findtext(f".//{{{_AGGREGATES}}}InvoiceCurrencyCode", "").strip()
    for amount in root.iter(f"{{{_AGGREGATES}}}TaxTotalAmount"):
        if not amount.get("currencyID"):
            amount.set("currencyID", currency)
    return root


def _rename(element: etree._Element) -> None:
    name = etree.QName(element)
    parent = element.getparent()
    above = "" if parent is None else local_name(parent)
    local = _NAMES.get(name.localname, name.localname)
    if local == "SpecifiedTradeSettlementMonetarySummation":
        local = _SUMS.get(above, local)
    if local == "ID" and above.endswith("ReferencedDocument"):
        local = "IssuerAssignedID"
    namespace = _NAMESPACES.get(name.namespace or "", name.namespace)
    element.tag = etree.QName(namespace, local).text


def _as_charge(charge: etree._Element) -> None:
    for element in charge.iter("*"):
        local = _LOGISTICS.get(local_name(element))
        if local:
            element.tag = f"{{{_AGGREGATES}}}{local}"
    indicator = etree.Element(f"{{{_AGGREGATES}}}ChargeIndicator")
    etree.SubElement(indicator, f"{{{_UNQUALIFIED}}}Indicator").text = "true"
    charge.insert(0, indicator)
