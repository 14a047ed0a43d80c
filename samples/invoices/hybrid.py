"""Factur-X: the invoice as XML inside its own PDF (profile BASIC WL, CII D16B)."""

from typing import Any

from facturx import generate_from_binary
from lxml import etree
from lxml.builder import ElementMaker

from samples.invoices.catalog import BUYER, Invoice

PROFILE = "urn:factur-x.eu:1p0:basicwl"
RSM = "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100"
RAM = "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100"
UDT = "urn:un:unece:uncefact:data:standard:UnqualifiedDataType:100"
_SPACES = {"rsm": RSM, "ram": RAM, "udt": UDT}
rsm = ElementMaker(namespace=RSM, nsmap=_SPACES)
ram = ElementMaker(namespace=RAM, nsmap=_SPACES)
udt = ElementMaker(namespace=UDT, nsmap=_SPACES)


def attach(pdf: bytes, invoice: Invoice) -> bytes:
    xml = etree.tostring(_invoice(invoice), xml_declaration=True, encoding="UTF-8")
    return bytes(generate_from_binary(pdf, xml, flavor="factur-x", level="basicwl"))


def _invoice(invoice: Invoice) -> Any:
    return rsm.CrossIndustryInvoice(
        rsm.ExchangedDocumentContext(
            ram.GuidelineSpecifiedDocumentContextParameter(ram.ID(PROFILE))
        ),
        rsm.ExchangedDocument(
            ram.ID(invoice.xml_number or invoice.number),
            ram.TypeCode("380"),
            ram.IssueDateTime(_day(invoice.issued.strftime("%Y%m%d"))),
        ),
        rsm.SupplyChainTradeTransaction(
            ram.ApplicableHeaderTradeAgreement(*_parties(invoice)),
            ram.ApplicableHeaderTradeDelivery(),
            _settlement(invoice),
        ),
    )


def _day(text: str) -> Any:
    return udt.DateTimeString(text, format="102")


def _parties(invoice: Invoice) -> list[Any]:
    vendor = invoice.vendor
    return [
        ram.SellerTradeParty(
            ram.Name(vendor.name),
            ram.PostalTradeAddress(ram.CountryID(vendor.country)),
            ram.SpecifiedTaxRegistration(ram.ID(vendor.vat_id, schemeID="VA")),
        ),
        ram.BuyerTradeParty(ram.Name(BUYER[0]), ram.PostalTradeAddress(ram.CountryID("DE"))),
    ]


def _settlement(invoice: Invoice) -> Any:
    currency = invoice.vendor.currency
    return ram.ApplicableHeaderTradeSettlement(
        ram.InvoiceCurrencyCode(currency),
        ram.SpecifiedTradeSettlementPaymentMeans(
            ram.TypeCode("58"),
            ram.PayeePartyCreditorFinancialAccount(ram.IBANID(invoice.vendor.iban)),
        ),
        ram.ApplicableTradeTax(
            ram.CalculatedAmount(str(invoice.tax)),
            ram.TypeCode("VAT"),
            ram.BasisAmount(str(invoice.net)),
            ram.CategoryCode("S"),
            ram.RateApplicablePercent(str(invoice.vendor.rate)),
        ),
        ram.SpecifiedTradePaymentTerms(ram.DueDateDateTime(_day(invoice.due.strftime("%Y%m%d")))),
        ram.SpecifiedTradeSettlementHeaderMonetarySummation(
            ram.LineTotalAmount(str(invoice.net)),
            ram.TaxBasisTotalAmount(str(invoice.net)),
            ram.TaxTotalAmount(str(invoice.tax), currencyID=currency),
            ram.GrandTotalAmount(str(invoice.gross)),
            ram.DuePayableAmount(str(invoice.gross)),
        ),
    )
