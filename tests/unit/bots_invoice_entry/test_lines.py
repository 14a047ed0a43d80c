"""The items are read when they add up to a printed sum, and asked about when they do not."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bots.invoice_entry.reading.invoice import Invoice
from bots.invoice_entry.reading.reader import read

Text = tuple[float, float, str]
Texts = Sequence[Text]
Draw = Callable[..., Path]


@pytest.fixture
def without_items(german: Texts) -> Texts:
    """The plain German invoice without its item table."""
    return [text for text in german if not 230 < text[1] < 260]


def table(*rows: Sequence[str], top: float = 150) -> list[Text]:
    """Rows of four cells, 14 points apart; an empty cell is not drawn."""
    places = (50, 250, 330, 450)
    return [
        (x, top + 14 * at, text)
        for at, row in enumerate(rows)
        for x, text in zip(places, row, strict=False)
        if text
    ]


def amounts(invoice: Invoice) -> list[str]:
    return [line.amount for line in invoice.lines]


HEADING = ("Beschreibung", "Menge", "Preis", "Betrag")


def test_an_item_says_what_stands_beside_and_below_it(draw: Draw, without_items: Texts) -> None:
    rows = table(
        HEADING, ("Fräser", "2 Stk", "300,00", "600,00"), ("gehärtet",),
        ("Bohrer", "4 Stk", "100,00", "400,00"),
    )  # fmt: skip
    line = read(draw([*without_items, *rows])).lines[0]
    assert vars(line) == {
        "description": "Fräser gehärtet",
        "quantity": "2.00",
        "unit": "Stk",
        "unit_price": "300.00",
        "amount": "600.00",
        "discount": "",
        "tax_rate": "",
    }


def test_a_table_without_quantities_is_read(draw: Draw, without_items: Texts) -> None:
    rows = table(HEADING, ("Wartung", "", "", "750,00"), ("Anfahrt", "", "", "250,00"))
    invoice = read(draw([*without_items, *rows]))
    assert amounts(invoice) == ["750.00", "250.00"]
    assert invoice.trusted


def test_a_price_per_hundred_is_taken_from_its_column(draw: Draw, without_items: Texts) -> None:
    rows = table(HEADING, ("Schrauben", "500", "200,00", "1.000,00"))
    line = read(draw([*without_items, *rows])).lines[0]
    assert (line.quantity, line.unit_price) == ("500.00", "200.00")


def test_a_free_item_is_an_item(draw: Draw, without_items: Texts) -> None:
    rows = table(HEADING, ("Fräser", "2", "500,00", "1.000,00"), ("Muster", "1", "0,00", "0,00"))
    assert amounts(read(draw([*without_items, *rows]))) == ["1000.00", "0.00"]


def test_a_reduction_is_taken_off_its_item(draw: Draw, without_items: Texts) -> None:
    rows = table(
        HEADING, ("Fräser", "2", "600,00", "1.200,00"), ("abzgl. Rabatt", "", "", "-200,00")
    )
    line = read(draw([*without_items, *rows])).lines[0]
    assert (line.discount, line.amount) == ("200.00", "1000.00")


def test_a_sum_before_a_discount_on_the_whole_closes_the_items(
    draw: Draw, without_items: Texts
) -> None:
    rows = table(
        HEADING, ("Fräser", "2", "600,00", "1.200,00"), ("Zwischensumme", "", "", "1.200,00"),
        ("Nachlass", "", "", "-200,00"),
    )  # fmt: skip
    assert amounts(read(draw([*without_items, *rows]))) == ["1200.00"]


@pytest.mark.parametrize("carried", ["Übertrag", "carried forward"])
def test_a_sum_carried_to_the_next_page_is_no_item(
    carried: str, draw: Draw, without_items: Texts
) -> None:
    rows = table(
        HEADING, ("Fräser", "2", "300,00", "600,00"), (carried, "", "", "600,00"),
        HEADING, (carried, "", "", "600,00"), ("Bohrer", "4", "100,00", "400,00"),
    )  # fmt: skip
    assert amounts(read(draw([*without_items, *rows]))) == ["600.00", "400.00"]


def test_the_bases_of_the_taxes_are_no_items(draw: Draw, without_items: Texts) -> None:
    """They add up to the net amount too."""
    rows = table(
        HEADING, ("Fräser", "2", "unlesbar", "500,00"),
        ("Art", "Steuersatz", "Steuer", "Basisbetrag"), ("S", "19", "190,00", "1.000,00"),
    )  # fmt: skip
    assert amounts(read(draw([*without_items, *rows]))) == []


def test_sums_set_side_by_side_are_no_items(draw: Draw, without_items: Texts) -> None:
    plain = [text for text in without_items if text[1] < 290]
    rows = table(
        HEADING, ("Fräser", "2", "300,00", "600,00"), ("Bohrer", "4", "100,00", "400,00"),
        ("", "Summe netto", "MwSt 19 %", "Gesamtbetrag"), ("", "1.000,00", "190,00", "1.190,00"),
    )  # fmt: skip
    assert amounts(read(draw([*plain, *rows]))) == ["600.00", "400.00"]


def test_half_a_table_is_asked_about_not_read(draw: Draw, without_items: Texts) -> None:
    rows = table(HEADING, ("Fräser", "2", "500,00", "1.000,00"), ("Bohrer", "1", "70,00", "70,00"))
    invoice = read(draw([*without_items, *rows]))
    assert amounts(invoice) == []
    assert [doubt.code for doubt in invoice.doubts] == ["lines.unproven"]


def test_an_invoice_without_items_is_asked_about(draw: Draw, without_items: Texts) -> None:
    assert [doubt.code for doubt in read(draw(without_items)).doubts] == ["lines.unproven"]


def test_the_sum_of_the_columns_is_no_item(draw: Draw, without_items: Texts) -> None:
    rows = table(
        HEADING, ("Fräser", "2", "300,00", "600,00"), ("Bohrer", "2", "200,00", "400,00"),
        ("Summe", "", "500,00", "1.000,00"),
    )  # fmt: skip
    assert amounts(read(draw([*without_items, *rows]))) == ["600.00", "400.00"]


@pytest.mark.parametrize(
    "steps",
    [
        [("", "", "Rabatt 20 %", "250,00")],
        [("", "", "Waren", "1.250,00"), ("", "", "Rabatt", "300,00"), ("", "", "Fracht", "50,00")],
    ],
)
def test_discounts_and_charges_lead_from_the_items_to_the_net(
    steps: list[tuple[str, ...]], draw: Draw, without_items: Texts
) -> None:
    rows = table(HEADING, ("Fräser", "1", "1.250,00", "1.250,00"), ("",), *steps)
    invoice = read(draw([*without_items, *rows]))
    assert invoice.trusted
    assert amounts(invoice) == ["1250.00"]


def test_an_item_in_between_is_no_charge(draw: Draw, without_items: Texts) -> None:
    """It would lead to the net amount too, but its row is built like an item."""
    rows = table(HEADING, ("Fräser", "9", "100,00", "900,00"), ("Bohrer", "1", "100,00", "100,00"))
    assert len(read(draw([*without_items, *rows])).lines) == 2


def test_items_without_a_heading_are_read(draw: Draw, without_items: Texts) -> None:
    rows = table(("Grundgebühr", "", "", "750,00"), ("Verbrauch", "", "", "250,00"))
    invoice = read(draw([*without_items, *rows]))
    assert amounts(invoice) == ["750.00", "250.00"]
    assert invoice.trusted


def test_a_page_of_sums_alone_has_no_items(draw: Draw, without_items: Texts) -> None:
    texts = [
        (x, y, text.replace("zzgl. 19 % MwSt", "Steuerbetrag")) for x, y, text in without_items
    ]
    invoice = read(draw([*texts, *table(HEADING)]))
    assert invoice.lines == []
    assert invoice.trusted


def test_a_letter_that_tells_the_tax_stands_at_an_amount(draw: Draw, german: Texts) -> None:
    taxed = [(x, y, "1.000,00T" if (x, y) == (450, 256) else text) for x, y, text in german]
    invoice = read(draw(taxed))
    assert [line.amount for line in invoice.lines] == ["1000.00"]
    assert invoice.trusted


def test_details_below_the_summary(draw: Draw, without_items: Texts) -> None:
    """A summary comes first; the items below it have no heading."""
    details = [(50, 400, "Miete"), (450, 400, "600,00"), (50, 414, "Strom"), (450, 414, "400,00")]
    invoice = read(draw([*without_items, (50, 370, "Einzelheiten"), *details]))
    assert [line.amount for line in invoice.lines] == ["600.00", "400.00"]
    assert not read(draw([*without_items, *details[:3], (450, 414, "401,00")])).trusted


def test_a_column_may_be_headed_like_a_sum(draw: Draw, without_items: Texts) -> None:
    head = ((50, 240, "Leistung"), (450, 240, "Betrag ohne MwSt"))
    rows = ((50, 256, "Fräsen"), (450, 256, "400,00"), (50, 270, "Bohren"), (450, 270, "600,00"))
    assert [line.amount for line in read(draw([*without_items, *head, *rows])).lines] == [
        "400.00",
        "600.00",
    ]
