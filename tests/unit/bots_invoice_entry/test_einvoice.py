"""Embedded e-invoices are read, compared with the page, and never obeyed blindly."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from robocorp.workitems import BusinessException

from bots.invoice_entry.reading.reader import read

Texts = Sequence[tuple[float, float, str]]
Draw = Callable[..., Path]
Xml = Callable[..., str]

BOMB = """<?xml version="1.0"?>
<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]>
<CrossIndustryInvoice>&c;</CrossIndustryInvoice>"""


def test_xml_and_page_that_agree_are_trusted(draw: Draw, german: Texts, german_xml: Xml) -> None:
    invoice = read(draw(german, xml=german_xml()))
    assert invoice.trusted
    assert invoice.fields["gross"].source == "xml"
    assert invoice.fields["gross"].box is not None
    assert invoice.fields["buyer"].value == "Contoso AG"
    assert invoice.fields["tax"].value == "190.00"


@pytest.mark.parametrize(
    "change",
    [
        {"number": "2024-0816"},
        {"date": "20240306"},
        {"seller": "Ganz Anders AG"},
        {"net": "900.00", "gross": "1090.00"},
    ],
)
def test_xml_that_the_page_contradicts_is_doubted(
    change: dict[str, str], draw: Draw, german: Texts, german_xml: Xml
) -> None:
    invoice = read(draw(german, xml=german_xml(**change)))
    assert "xml.page_differs" in {doubt.code for doubt in invoice.doubts}
    assert not invoice.trusted


def test_the_page_alone_is_read_on_demand(draw: Draw, german: Texts, german_xml: Xml) -> None:
    invoice = read(draw(german, xml=german_xml(number="other")), use_xml=False)
    assert invoice.fields["number"].value == "2024-0815"
    assert invoice.trusted


def test_an_xml_bomb_is_refused(draw: Draw, german: Texts) -> None:
    with pytest.raises(BusinessException) as refusal:
        read(draw(german, xml=BOMB))
    assert refusal.value.code == "document.xml_unsafe"


def test_broken_xml_leaves_the_page_and_a_doubt(draw: Draw, german: Texts, german_xml: Xml) -> None:
    invoice = read(draw(german, xml=german_xml()[:-40]))
    assert invoice.fields["number"].value == "2024-0815"
    assert {doubt.code for doubt in invoice.doubts} == {"xml.unreadable"}


def test_a_date_that_no_calendar_has_is_doubted(draw: Draw, german: Texts, german_xml: Xml) -> None:
    invoice = read(draw(german, xml=german_xml(date="20240230")))
    assert "issue_date.impossible" in {doubt.code for doubt in invoice.doubts}
    assert not invoice.trusted
