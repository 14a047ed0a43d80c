"""An e-invoice that comes as XML alone is read whole, and its arithmetic is checked."""

from collections.abc import Callable
from pathlib import Path
from typing import cast

import pytest
from robocorp.workitems import BusinessException

from bots.invoice_entry.reading.memory.service import MemoryService
from bots.invoice_entry.reading.reader import read
from bots.invoice_entry.reading.teaching import teach

Write = Callable[..., Path]
Xml = Callable[..., str]

UBL = """<?xml version="1.0" encoding="UTF-8"?>
<{root} xmlns="urn:oasis:names:specification:ubl:schema:xsd:{root}-2"
  xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2"
  xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2">
 <cbc:CustomizationID>urn:cen.eu:en16931:2017#compliant#urn:fdc:peppol.eu:2017:poacc:billing:3.0</cbc:CustomizationID>
 <cbc:ID>R-77</cbc:ID><cbc:IssueDate>{date}</cbc:IssueDate>{due}{type}
 <cbc:DocumentCurrencyCode>EUR</cbc:DocumentCurrencyCode>
 <cac:OrderReference><cbc:ID>PO-9</cbc:ID></cac:OrderReference>
 <cac:ContractDocumentReference><cbc:ID>V-3</cbc:ID></cac:ContractDocumentReference>
 <cac:AccountingSupplierParty><cac:Party>
  <cac:PostalAddress><cbc:StreetName>Kai 5</cbc:StreetName><cbc:CityName>Bremen</cbc:CityName>
   <cbc:PostalZone>28195</cbc:PostalZone>
   <cac:Country><cbc:IdentificationCode>DE</cbc:IdentificationCode></cac:Country></cac:PostalAddress>
  <cac:PartyTaxScheme><cbc:CompanyID>DE 123456788</cbc:CompanyID>
   <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:PartyTaxScheme>
  <cac:PartyLegalEntity><cbc:RegistrationName>Nordlicht GmbH</cbc:RegistrationName>
  </cac:PartyLegalEntity>
 </cac:Party></cac:AccountingSupplierParty>
 <cac:AccountingCustomerParty><cac:Party>
  <cac:PartyLegalEntity><cbc:RegistrationName>Contoso AG</cbc:RegistrationName>
  </cac:PartyLegalEntity>
 </cac:Party></cac:AccountingCustomerParty>
 <cac:PaymentMeans><cbc:PaymentMeansCode>58</cbc:PaymentMeansCode>
  <cac:PayeeFinancialAccount><cbc:ID>DE02 1203 0000 0000 2020 51</cbc:ID>
   <cac:FinancialInstitutionBranch><cbc:ID>BYLADEM1001</cbc:ID></cac:FinancialInstitutionBranch>
  </cac:PayeeFinancialAccount></cac:PaymentMeans>
 <cac:PaymentTerms><cbc:Note>2 % within 10 days</cbc:Note></cac:PaymentTerms>
 <cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>
  <cbc:Amount currencyID="EUR">{allowance}</cbc:Amount>
  <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent>
   <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:AllowanceCharge>
 <cac:AllowanceCharge><cbc:ChargeIndicator>true</cbc:ChargeIndicator>
  <cbc:Amount currencyID="EUR">{charge}</cbc:Amount>
  <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent>
   <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:AllowanceCharge>
 <cac:TaxTotal><cbc:TaxAmount currencyID="EUR">{tax}</cbc:TaxAmount>
  <cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">{basis}</cbc:TaxableAmount>
   <cbc:TaxAmount currencyID="EUR">{rate_tax}</cbc:TaxAmount>
   <cac:TaxCategory><cbc:ID>S</cbc:ID><cbc:Percent>19</cbc:Percent>
    <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>
  <cac:TaxSubtotal><cbc:TaxableAmount currencyID="EUR">50.00</cbc:TaxableAmount>
   <cbc:TaxAmount currencyID="EUR">{exempt_tax}</cbc:TaxAmount>
   <cac:TaxCategory><cbc:ID>E</cbc:ID><cbc:Percent>0</cbc:Percent>
    <cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme></cac:TaxCategory></cac:TaxSubtotal>
 </cac:TaxTotal>
 <cac:LegalMonetaryTotal>
  <cbc:LineExtensionAmount currencyID="EUR">{lines}</cbc:LineExtensionAmount>
  <cbc:TaxExclusiveAmount currencyID="EUR">{net}</cbc:TaxExclusiveAmount>
  <cbc:TaxInclusiveAmount currencyID="EUR">{gross}</cbc:TaxInclusiveAmount>
  <cbc:AllowanceTotalAmount currencyID="EUR">{allowances}</cbc:AllowanceTotalAmount>
  <cbc:ChargeTotalAmount currencyID="EUR">{charges}</cbc:ChargeTotalAmount>
  <cbc:PrepaidAmount currencyID="EUR">{paid}</cbc:PrepaidAmount>
  <cbc:PayableRoundingAmount currencyID="EUR">{rounding}</cbc:PayableRoundingAmount>
  <cbc:PayableAmount currencyID="EUR">{payable}</cbc:PayableAmount>
 </cac:LegalMonetaryTotal>
 <cac:{line}Line><cbc:ID>1</cbc:ID><cbc:{quantity} unitCode="H87">200</cbc:{quantity}>
  <cbc:LineExtensionAmount currencyID="EUR">{line_net}</cbc:LineExtensionAmount>
  <cac:AllowanceCharge><cbc:ChargeIndicator>false</cbc:ChargeIndicator>
   <cbc:Amount currencyID="EUR">10.00</cbc:Amount></cac:AllowanceCharge>
  <cac:Item><cbc:Name>Bolt</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>S</cbc:ID>
   <cbc:Percent>19</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
   </cac:ClassifiedTaxCategory></cac:Item>
  <cac:Price><cbc:PriceAmount currencyID="EUR">55.00</cbc:PriceAmount>
   <cbc:BaseQuantity unitCode="H87">100</cbc:BaseQuantity></cac:Price></cac:{line}Line>
 <cac:{line}Line><cbc:ID>2</cbc:ID><cbc:{quantity} unitCode="C62">1</cbc:{quantity}>
  <cbc:LineExtensionAmount currencyID="EUR">50.00</cbc:LineExtensionAmount>
  <cac:Item><cbc:Name>Insurance</cbc:Name><cac:ClassifiedTaxCategory><cbc:ID>E</cbc:ID>
   <cbc:Percent>0</cbc:Percent><cac:TaxScheme><cbc:ID>VAT</cbc:ID></cac:TaxScheme>
   </cac:ClassifiedTaxCategory></cac:Item>
  <cac:Price><cbc:PriceAmount currencyID="EUR">50.00</cbc:PriceAmount></cac:Price></cac:{line}Line>
</{root}>"""
RIGHT = {
    "root": "Invoice", "line": "Invoice", "quantity": "InvoicedQuantity", "date": "2026-03-05",
    "due": "<cbc:DueDate>2026-04-04</cbc:DueDate>",
    "type": "<cbc:InvoiceTypeCode>380</cbc:InvoiceTypeCode>",
    "allowance": "5.00", "charge": "15.00", "allowances": "5.00", "charges": "15.00",
    "lines": "150.00", "line_net": "100.00", "basis": "110.00", "rate_tax": "20.90",
    "exempt_tax": "0.00", "net": "160.00", "tax": "20.90", "gross": "180.90", "paid": "80.00",
    "rounding": "0.10", "payable": "101.00",
}  # fmt: skip
CREDIT = {
    "root": "CreditNote", "line": "CreditNote", "quantity": "CreditedQuantity", "due": "",
    "type": "<cbc:CreditNoteTypeCode>381</cbc:CreditNoteTypeCode>",
}  # fmt: skip


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """A UBL file of a right invoice, with whatever the test changes in it."""

    def written(**changes: str) -> Path:
        path = tmp_path / "a.xml"
        path.write_text(UBL.format(**{**RIGHT, **changes}), encoding="utf-8")
        return path

    return written


def test_a_ubl_invoice_is_read_whole(write: Write) -> None:
    invoice = read(write())
    assert not invoice.doubts
    assert invoice.trusted
    assert {name: field.value for name, field in invoice.fields.items()} == {
        "number": "R-77",
        "type": "380",
        "issue_date": "2026-03-05",
        "due_date": "2026-04-04",
        "currency": "EUR",
        "seller": "Nordlicht GmbH",
        "seller_address": "Kai 5, 28195 Bremen, DE",
        "seller_vat": "DE123456788",
        "buyer": "Contoso AG",
        "iban": "DE02120300000000202051",
        "bic": "BYLADEM1001",
        "po_number": "PO-9",
        "contract_number": "V-3",
        "payment_terms": "2 % within 10 days",
        "net": "160.00",
        "tax": "20.90",
        "gross": "180.90",
        "prepaid": "80.00",
        "payable": "101.00",
    }
    assert [(row.category, row.rate, row.net, row.tax) for row in invoice.breakdown] == [
        ("S", "19.00", "110.00", "20.90"),
        ("E", "0.00", "50.00", "0.00"),
    ]


def test_a_line_holds_the_price_of_one_and_what_was_taken_off(write: Write) -> None:
    bolt = read(write()).lines[0]
    assert (bolt.description, bolt.quantity, bolt.unit) == ("Bolt", "200.00", "H87")
    assert (bolt.unit_price, bolt.discount, bolt.amount) == ("0.55", "10.00", "100.00")
    assert bolt.tax_rate == "19"


def test_a_ubl_credit_note_is_one(write: Write) -> None:
    invoice = read(write(**CREDIT))
    assert invoice.trusted
    assert invoice.fields["type"].value == "381"
    assert [line.quantity for line in invoice.lines] == ["200.00", "1.00"]


def test_a_cii_file_is_read_as_the_one_inside_a_pdf(tmp_path: Path, german_xml: Xml) -> None:
    path = tmp_path / "a.xml"
    path.write_text(german_xml(), encoding="utf-8")
    invoice = read(path)
    assert invoice.trusted
    assert invoice.fields["gross"].value == "1190.00"
    assert invoice.fields["tax"].value == "190.00"


@pytest.mark.parametrize(
    ("rule", "field", "change"),
    [
        ("BR-CO-10", None, {"lines": "151.00"}),
        ("BR-CO-11", None, {"allowances": "4.00"}),
        ("BR-CO-12", None, {"charges": "16.00"}),
        ("BR-CO-13", "net", {"net": "161.00", "gross": "181.90", "payable": "102.00"}),
        ("BR-CO-14", "tax", {"tax": "21.90", "gross": "181.90", "payable": "102.00"}),
        ("BR-CO-15", "gross", {"gross": "180.91", "payable": "101.01"}),
        ("BR-CO-16", "payable", {"payable": "100.90"}),
        ("BR-CO-16", "payable", {"rounding": "0.00"}),
        ("BR-CO-17", "tax", {"rate_tax": "20.80", "tax": "20.80", "gross": "180.80"}),
        ("BR-S-08", "net", {"basis": "120.00", "rate_tax": "22.80", "tax": "22.80"}),
        ("BR-E-09", "tax", {"exempt_tax": "9.50", "tax": "30.40", "gross": "190.40"}),
        ("PEPPOL-EN16931-R120", None, {"line_net": "90.00", "lines": "140.00"}),
    ],
)
def test_a_broken_rule_is_asked_about(
    rule: str, field: str | None, change: dict[str, str], write: Write
) -> None:
    invoice = read(write(**change))
    assert (field, f"en16931.{rule}") in {(doubt.field, doubt.code) for doubt in invoice.doubts}
    assert not invoice.trusted


def test_tax_rounded_line_by_line_is_right(write: Write) -> None:
    rounded = {"rate_tax": "20.91", "tax": "20.91", "gross": "180.91", "payable": "101.01"}
    assert read(write(**rounded)).trusted


def test_a_time_zone_behind_the_date_is_no_doubt(write: Write) -> None:
    assert read(write(date="2026-03-05+01:00")).fields["issue_date"].value == "2026-03-05"


def test_a_day_that_no_calendar_has_is_asked_about(write: Write) -> None:
    invoice = read(write(date="2026-02-30"))
    assert "issue_date.impossible" in {doubt.code for doubt in invoice.doubts}
    assert "issue_date" not in invoice.fields


def test_a_missing_number_is_asked_about(tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_text(UBL.format(**RIGHT).replace("<cbc:ID>R-77</cbc:ID>", ""), encoding="utf-8")
    assert "number.missing" in {doubt.code for doubt in read(path).doubts}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<html><body>Invoice</body></html>", "document.not_invoice"),
        (b"<Invoice><ID>1</ID></Invoice>", "document.not_invoice"),
        (b"<Invoice", "document.not_invoice"),
        (b"<!DOCTYPE a SYSTEM 'file:///etc/passwd'><Invoice/>", "document.xml_unsafe"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>".encode("utf-16"), "document.xml_unsafe"),
        (b"number;date", "document.not_pdf"),
    ],
)
def test_what_is_no_e_invoice_is_refused(content: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    path.write_bytes(content)
    with pytest.raises(BusinessException) as refusal:
        read(path)
    assert refusal.value.code == code


def test_a_file_without_pages_teaches_no_places(write: Write) -> None:
    path, nobody = write(), cast(MemoryService, None)
    assert teach(path, {"invoice": read(path).as_json(), "reviewed": True}, nobody) is False
