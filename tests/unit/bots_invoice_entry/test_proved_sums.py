"""Sums that no label names are read where those that are named prove them, and asked about else."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bots.invoice_entry.reading.invoice import Invoice
from bots.invoice_entry.reading.reader import read

Text = tuple[float, float, str]
Texts = Sequence[Text]
Draw = Callable[..., Path]

HEAD: Texts = (
    (50, 60, "Granite Peak Hosting, Inc."),
    (50, 74, "410 Terry Avenue North"),
    (50, 88, "Seattle, WA 98109"),
    (50, 102, "Tel. (206) 555 0100"),
    (350, 60, "Invoice number:"),
    (450, 60, "GP-8815"),
    (350, 74, "Invoice date:"),
    (450, 74, "March 5, 2024"),
    (50, 240, "Description"),
    (250, 240, "Qty"),
    (330, 240, "Price"),
    (450, 240, "Amount"),
    (50, 256, "Storage"),
    (250, 256, "2"),
    (330, 256, "$500.00"),
    (450, 256, "$1,000.00"),
)


def below(*rows: tuple[str, str]) -> list[Text]:
    """The rows of sums below the items."""
    return [
        (x, 300 + 16 * at, text)
        for at, row in enumerate(rows)
        for x, text in zip((330, 450), row, strict=True)
        if text
    ]


def sums(invoice: Invoice) -> list[str | None]:
    names = ("net", "tax", "gross")
    return [invoice.fields[x].value if x in invoice.fields else None for x in names]


@pytest.mark.parametrize(
    "rows",
    [
        [("Goods and so forth", "$1,000.00"), ("VAT 19 %", "$190.00"), ("Total", "$1,190.00")],
        [("Subtotal", "$1,000.00"), ("VAT 19 %", "$190.00"), ("All together", "$1,190.00")],
        [("Total (excl. VAT)", "$1,000.00"), ("VAT", "$190.00"), ("Total", "$1,190.00")],
        [("Subtotal", "$1,000.00"), ("Total", "$1,190.00 (incl. $190.00 VAT, 19 %)")],
        [("Subtotal", "$1,000.00"), ("GST/TPS 9 %", "$90.00"), ("QST/TVQ 10 %", "$100.00"),
         ("Total USD", "$1,190.00")],
        [("Subtotal", "$1,000.00"), ("VAT 19 %", "$190.00"), ("VAT on shipping", "$0.00"),
         ("Total", "$1,190.00")],
    ],
)  # fmt: skip
def test_the_rate_proves_what_no_label_names(rows: list[tuple[str, str]], draw: Draw) -> None:
    invoice = read(draw([*HEAD, *below(*rows)]))
    assert sums(invoice) == ["1000.00", "190.00", "1190.00"]
    assert invoice.trusted


def test_a_tax_that_is_not_at_its_rate_proves_nothing(draw: Draw) -> None:
    rows = [("Goods", "$1,050.00"), ("VAT 19 %", "$140.00"), ("Total", "$1,190.00")]
    invoice = read(draw([*HEAD, *below(*rows)]))
    assert not invoice.trusted
    assert "net" not in invoice.fields


def test_the_number_of_a_taxpayer_is_no_tax(draw: Draw) -> None:
    rows = [("Subtotal", "$1,000.00"), ("GST 5 %", "$50.00"), ("Total", "$1,050.00")]
    invoice = read(draw([*HEAD, (50, 116, "GST/TPS: 406851796 RT0001"), *below(*rows)]))
    assert sums(invoice) == ["1000.00", "50.00", "1050.00"]


def test_items_that_make_the_total_of_a_page_without_tax(draw: Draw) -> None:
    invoice = read(draw([*HEAD, *below(("Total due", "$1,000.00"))]))
    assert sums(invoice) == ["1000.00", "0.00", "1000.00"]
    assert invoice.trusted


@pytest.mark.parametrize(
    "more",
    [
        (50, 700, "VAT ID: IE6388047V"),
        (330, 316, "moms 25 %"),
        (450, 316, "$200.00"),
        (50, 700, "Rechnung"),
    ],
)
def test_a_total_alone_is_asked_about_where_a_tax_may_be_in_it(more: Text, draw: Draw) -> None:
    invoice = read(draw([*HEAD, *below(("Total due", "$1,000.00")), more]))
    assert not invoice.trusted
    assert "tax" not in invoice.fields


def test_the_row_of_sums_below_the_items(draw: Draw) -> None:
    named = ((330, 320, "Zu zahlen"), (450, 320, "$1,190.00"))
    row = ((50, 280, "Razem"), (200, 280, "1,000.00"), (300, 280, "190.00"), (450, 280, "1,190.00"))
    # Neither a column's heading names its sum, nor the page a rate.
    invoice = read(draw([*HEAD, *row, *named]))
    assert sums(invoice) == ["1000.00", "190.00", "1190.00"]
    assert invoice.fields["tax"].source == "table"
    assert invoice.trusted


def test_the_last_of_a_row_of_sums_is_not_the_net_of_a_page_that_names_no_tax(draw: Draw) -> None:
    named = ((330, 320, "Zu zahlen"), (450, 320, "$1,190.00"))
    row = ((50, 280, "合计"), (200, 280, "1,000.00"), (300, 280, "190.00"), (450, 280, "1,190.00"))
    assert sums(read(draw([*HEAD, *row, *named]))) == ["1000.00", "190.00", "1190.00"]


def test_a_row_of_sums_that_nothing_confirms_proves_nothing(draw: Draw) -> None:
    row = ((50, 280, "Razem"), (200, 280, "1,000.00"), (300, 280, "190.00"), (450, 280, "1,190.00"))
    assert not read(draw([*HEAD, *row])).trusted


def test_no_sum_is_derived_across_a_rounding(draw: Draw) -> None:
    rows = [("Goods", "$1,000.02"), ("VAT 19 %", "$190.00"), ("Rounding", "-$0.02")]
    invoice = read(draw([*HEAD, *below(*rows, ("Total", "$1,190.00"))]))
    assert "net" not in invoice.fields
    assert not invoice.trusted


@pytest.mark.parametrize(
    ("terms", "trusted"), [("Terms: FOB Ningbo 商业发票", True), ("Rechnung 商业发票", False)]
)
def test_what_is_exported_bears_no_tax(terms: str, trusted: bool, draw: Draw) -> None:
    texts = [*HEAD, (50, 180, "Commercial Invoice"), (50, 200, terms)]
    invoice = read(draw([*texts, *below(("Total", "$1,000.00"))]))
    assert invoice.trusted is trusted


@pytest.mark.parametrize(
    "more",
    [
        [("Deposit on bottles", "$5.00"), ("Total", "$1,195.00")],
        [("Voucher", "-$20.00"), ("Total", "$1,170.00")],
        [("Old debts", "$30.00"), ("Total due", "$1,230.00")],
    ],
)
def test_a_total_below_the_one_that_closes_is_asked_about(
    more: list[tuple[str, str]], draw: Draw
) -> None:
    rows = [("Subtotal", "$1,000.00"), ("VAT 19 %", "$190.00"), ("Total incl. VAT", "$1,190.00")]
    assert not read(draw([*HEAD, *below(*rows, *more)])).trusted


def test_what_remains_to_be_paid_is_no_other_total(draw: Draw) -> None:
    rows = [("Subtotal", "$1,000.00"), ("VAT 19 %", "$190.00"), ("Total incl. VAT", "$1,190.00")]
    paid = [("Paid", "-$190.00"), ("Balance due", "$1,000.00")]
    assert read(draw([*HEAD, *below(*rows, *paid)])).trusted


@pytest.mark.parametrize("debt", ["Old debts", "Offene Zahlungen", "Solde antérieur"])
def test_what_was_owed_before_is_no_part_of_the_total(debt: str, draw: Draw) -> None:
    rows = [("Subtotal", "$1,000.00"), ("VAT 19 %", "$190.00"), ("Total incl. VAT", "$1,190.00")]
    invoice = read(draw([*HEAD, *below(*rows, (debt, "$40.00"), ("Total due", "$1,230.00"))]))
    assert sums(invoice) == ["1000.00", "190.00", "1190.00"]
    assert invoice.trusted


def test_a_stamp_duty_is_no_value_added_tax(draw: Draw) -> None:
    rows = [("Imponibile", "$1,000.00"), ("IVA 19 %", "$190.00"), ("Imposta di bollo", "$2.00")]
    assert not read(draw([*HEAD, *below(*rows, ("Totale documento", "$1,192.00"))])).trusted


def recap(*rows: tuple[str, ...]) -> list[Text]:
    """A table of the taxes by rate, below the items."""
    heads = ("Rate", "Net", "VAT", "Gross")
    return [
        (x, 400 + 14 * at, text)
        for at, row in enumerate((heads, *rows))
        for x, text in zip((50, 200, 300, 400), row, strict=True)
    ]


BY_RATE = (("20%", "$600.00", "$120.00", "$720.00"), ("5%", "$400.00", "$20.00", "$420.00"))


def test_the_rows_of_all_rates_make_the_sums_not_the_last(draw: Draw) -> None:
    invoice = read(draw([*HEAD, *recap(*BY_RATE)]))
    assert sums(invoice) == ["1000.00", "140.00", "1140.00"]


def test_the_sum_below_the_rates_is_not_added_to_them(draw: Draw) -> None:
    total = ("20% and 5%", "$1,000.00", "$140.00", "$1,140.00")
    assert sums(read(draw([*HEAD, *recap(*BY_RATE, total)]))) == ["1000.00", "140.00", "1140.00"]


def test_the_last_of_amounts_that_are_no_sum_is_a_guess(draw: Draw) -> None:
    unrated = [("A", *BY_RATE[0][1:]), ("B", *BY_RATE[1][1:])]
    assert not read(draw([*HEAD, *recap(*unrated)])).trusted
