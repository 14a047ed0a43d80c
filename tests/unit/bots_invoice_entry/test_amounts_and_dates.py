"""Amounts and dates are read as people print them, or not at all."""

import datetime as dt
from decimal import Decimal

import pytest

from bots.invoice_entry.reading.amounts import amounts_in, decimal_mark, glued, money, parse
from bots.invoice_entry.reading.dates import are_day_first, first_date


@pytest.mark.parametrize(
    ("text", "mark", "value"),
    [
        ("1.234,56", None, "1234.56"),
        ("1,234.56", None, "1234.56"),
        ("1 234,56", None, "1234.56"),
        ("1'234.50", None, "1234.50"),
        ("1.234.567", None, "1234567"),
        ("0,025", None, "0.025"),
        ("2.679", ",", "2679"),
        ("2.679", ".", "2.679"),
        ("12", None, "12"),
    ],
)
def test_a_number_means_what_its_separators_say(text: str, mark: str | None, value: str) -> None:
    assert parse(text, mark) == Decimal(value)


def test_a_number_that_may_mean_two_values_is_not_read() -> None:
    assert parse("1.234") is None


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("€1,000.00", ["1000.00"]),
        ("2535.00 €", ["2535.00"]),
        ("- €10.00", ["-10.00"]),
        ("7,67-", ["-7.67"]),
        ("(12.00)", ["-12.00"]),
        ("19 % 38,00", ["38.00"]),
        ("05.03.2024", []),
        ("RE-2024/17", []),
        ("20 Stk. 9,90 198,00", ["20", "9.90", "198.00"]),
    ],
)
def test_amounts_are_told_from_dates_codes_and_percentages(text: str, values: list[str]) -> None:
    found = [amount.value for amount in amounts_in(text, decimal_mark(text))]
    assert found == [Decimal(value) for value in values]


def test_overprinted_amounts_come_apart() -> None:
    assert glued("163,16183,14", ",") == [Decimal("163.16"), Decimal("183.14")]


def test_money_keeps_cents_and_no_rounding() -> None:
    assert [money(Decimal(text)) for text in ("5", "0.025", "-7.6700")] == [
        "5.00",
        "0.025",
        "-7.67",
    ]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("05.03.2024", "2024-03-05"),
        ("5.3.24", "2024-03-05"),
        ("2024-03-05", "2024-03-05"),
        ("20240305", "2024-03-05"),
        ("March 5, 2024", "2024-03-05"),
        ("5 March 2024", "2024-03-05"),
        ("5. März 2024", "2024-03-05"),
        ("5 août 2024", "2024-08-05"),
        ("1er février 2024", "2024-02-01"),
        ("5 de marzo de 2024", "2024-03-05"),
        ("5 października 2024", "2024-10-05"),
        ("2024年3月5日", "2024-03-05"),
        ("03/25/2024", "2024-03-25"),
    ],
)
def test_a_date_is_read_in_many_spellings(text: str, iso: str) -> None:
    found = first_date(text)
    assert found is not None
    assert str(found.value) == iso
    assert not found.ambiguous


def test_a_date_that_reads_two_ways_is_marked() -> None:
    found = first_date("03/04/2024")
    assert found is not None
    assert found.ambiguous


def test_a_day_that_does_not_exist_has_no_value() -> None:
    found = first_date("30.02.2026")
    assert found is not None
    assert found.value is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("14-Aug-25", "2025-08-14"), ("14-Aug-2025", "2025-08-14"), ("12-31-2024", "2024-12-31")],
)
def test_dates_between_hyphens(text: str, value: str) -> None:
    found = first_date(text)
    assert found
    assert found.value == dt.date.fromisoformat(value)
    assert not found.ambiguous


@pytest.mark.parametrize("text", ["06-07-2025", "06/07/2025", "25-06-03"])
def test_a_date_without_points_may_begin_otherwise(text: str) -> None:
    found = first_date(text)
    assert found
    assert found.ambiguous


@pytest.mark.parametrize(
    ("text", "day_first"),
    [
        ("VAT No 123 4567 89", True),
        ("Portland, OR 97209", False),
        ("London, United Kingdom; Portland, OR 97209", None),
        ("Invoice", None),
    ],
)
def test_the_land_tells_the_day_from_the_month(text: str, day_first: bool | None) -> None:
    assert are_day_first([text], ["Invoice date"]) is day_first
