"""What the legacy ERP keeps, refuses and finds."""

import sqlite3
from decimal import Decimal
from pathlib import Path

import pytest

from samples.legacy_erp.book import Book
from samples.legacy_erp.form import FIELDS, complaints
from samples.legacy_erp.notation import parse_amount, parse_day, show_amount

TYPED = {
    "type": "380",
    "vendor": "Müller & Söhne",
    "vendor_vat": "DE123456788",
    "invoice_number": "R-1",
    "invoice_date": "02.03.2026",
    "currency": "EUR",
    "net": "1.000,00",
    "tax": "190,00",
    "gross": "1.190,00",
}


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return Book(tmp_path / "erp.db")


def test_a_booking_is_kept_as_decimals_and_iso_dates(book: Book, tmp_path: Path) -> None:
    number = book.add(TYPED, "robot")
    with sqlite3.connect(tmp_path / "erp.db") as connection:
        query = "SELECT erp_number, gross, invoice_date, entered_by FROM booked_invoices"
        assert connection.execute(query).fetchall() == [(number, "1190.00", "2026-03-02", "robot")]
    connection.close()


def test_it_lets_you_enter_the_same_invoice_twice(book: Book) -> None:
    assert [book.add(TYPED, "robot") for _ in range(2)] == ["ERP-000001", "ERP-000002"]


def test_search_ignores_case_beyond_ascii_and_wants_the_whole_number(book: Book) -> None:
    book.add(TYPED, "robot")
    assert book.search("MÜLLER", "r-1")
    assert book.search("de123", "R-1")
    assert not book.search("", "R-")


@pytest.mark.parametrize("text", ["1.234,50", "1234,5", "-7", "0,0001"])
def test_european_amounts_are_read(text: str) -> None:
    assert parse_amount(text) == Decimal(text.replace(".", "").replace(",", "."))


@pytest.mark.parametrize("text", ["1,234.50", "1.23", "12 000,00", "EUR 1", "", "٣,٠"])
def test_other_amounts_are_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        parse_amount(text)


def test_amounts_are_shown_grouped() -> None:
    assert show_amount(Decimal("-1234567.5")) == "-1.234.567,50"


def test_an_impossible_day_is_refused() -> None:
    with pytest.raises(ValueError, match="day is out of range"):
        parse_day("30.02.2026")


def test_the_form_says_what_is_missing_and_what_is_malformed() -> None:
    messages = complaints(FIELDS, TYPED | {"vendor": "", "gross": "1190.00"})
    assert [message.partition(":")[0] for message in messages] == ["Vendor", "Gross amount"]
