"""Net, tax, gross and currency where they are printed otherwise than beside three labels."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bots.invoice_entry.reading.invoice import Invoice
from bots.invoice_entry.reading.reader import read

Text = tuple[float, float, str]
Texts = Sequence[Text]
Draw = Callable[..., Path]

SUMS = ("net", "tax", "gross")


@pytest.fixture
def without_sums(german: Texts) -> Texts:
    """The plain German invoice, whose one item costs 1.000,00, without its sums."""
    return [text for text in german if text[1] < 290]


def sums(invoice: Invoice) -> list[str | None]:
    return [invoice.fields[x].value if x in invoice.fields else None for x in SUMS]


def codes(invoice: Invoice) -> set[str]:
    return {doubt.code for doubt in invoice.doubts}


def test_sums_in_a_row_below_their_headings(draw: Draw, without_sums: Texts) -> None:
    """The headings begin, and the values end, where their columns do."""
    heads = ("Warenwert", "Netto", "MwSt-Betrag 19 %", "MwSt-Betrag 7 %", "Endbetrag EUR")
    values = ("1.000,00", "1.000,00", "95,00", "35,00", "1.130,00")
    strip = [
        (50 + 100 * at + shift, top, text)
        for top, shift, row in ((320, 0, heads), (334, 50, values))
        for at, text in enumerate(row)
    ]
    invoice = read(draw([*without_sums, *strip]))
    assert sums(invoice) == ["1000.00", "130.00", "1130.00"]
    assert invoice.trusted


@pytest.mark.parametrize(
    "words",
    [
        "Gemäß § 19 UStG wird keine Umsatzsteuer berechnet.",
        "Differenzbesteuerung nach § 25a UStG",
        "TVA non applicable, art. 293 B du CGI",
        "I am not VAT registered.",
        "BTW verlegd",
    ],
)
def test_one_sum_without_tax_is_net_and_gross(words: str, draw: Draw, without_sums: Texts) -> None:
    invoice = read(draw([*without_sums, (50, 320, "Gesamtbetrag 1.000,00"), (50, 350, words)]))
    assert sums(invoice) == ["1000.00", "0.00", "1000.00"]
    assert invoice.trusted


@pytest.mark.parametrize("words", ["", "VAT registered: yes", "inkl. 19 % MwSt"])
def test_one_sum_alone_does_not_tell_the_tax(words: str, draw: Draw, without_sums: Texts) -> None:
    invoice = read(draw([*without_sums, (50, 320, "Gesamtbetrag 1.000,00"), (50, 350, words)]))
    assert "net.missing" in codes(invoice)


def test_equal_sums_on_a_page_without_tax(draw: Draw, without_sums: Texts) -> None:
    both = [
        (50, 320, "Subtotal"),
        (150, 320, "1.000,00"),
        (50, 334, "Total"),
        (150, 334, "1.000,00"),
    ]
    assert sums(read(draw([*without_sums, *both]))) == ["1000.00", "0.00", "1000.00"]
    taxed = read(draw([*without_sums, *both, (50, 350, "MwSt enthalten")]))
    assert "tax.missing" in codes(taxed)


@pytest.fixture
def dollars(german: Texts) -> Texts:
    """The invoice with dollar signs at its amounts, and no label of the currency."""
    plain = [text for text in german if text[2] not in ("Währung:", "EUR")]
    return [
        (x, y, f"${text.replace('.', '').replace(',', '.')}" if text.endswith("00") else text)
        for x, y, text in plain
    ]


@pytest.mark.parametrize(
    ("address", "currency", "trusted"),
    [
        ("Portland, OR 97209", "USD", True),
        ("Melbourne VIC 3001, Australia", "USD", False),
        ("", "USD", False),
    ],
)
def test_whose_dollars_they_are(
    address: str, currency: str, trusted: bool, draw: Draw, dollars: Texts
) -> None:
    found = read(draw([*dollars, (50, 102, address)])).fields["currency"]
    assert found.value == currency
    assert (found.confidence >= 0.75) is trusted


def test_the_heading_of_the_amounts_names_the_currency(draw: Draw, german: Texts) -> None:
    plain = [text for text in german if text[2] not in ("Währung:", "EUR")]
    headed = [(x, y, "Betrag €" if text == "Betrag" else text) for x, y, text in plain]
    assert read(draw(headed)).fields["currency"].value == "EUR"


def test_the_code_behind_the_amount_says_more_than_its_sign(draw: Draw, dollars: Texts) -> None:
    named = [(x, y, f"{text} CAD" if "$" in text else text) for x, y, text in dollars]
    assert read(draw(named)).fields["currency"].value == "CAD"


def test_the_dollar_that_is_named_at_one_amount_is_that_of_all(draw: Draw, dollars: Texts) -> None:
    named = [*dollars, (50, 500, "Card ending 4242: $1,190.00 AUD")]
    assert read(draw(named)).fields["currency"].value == "AUD"


def test_sums_in_two_currencies_are_a_guess(draw: Draw, without_sums: Texts) -> None:
    rows = [
        ("Netto", "1.000,00", "80,00"),
        ("MwSt", "190,00", "15,20"),
        ("Gesamt", "1.190,00", "95,20"),
    ]
    sums = [
        (x, 320 + 14 * at, text)
        for at, row in enumerate(rows)
        for x, text in zip((50, 150, 250), row, strict=True)
    ]
    assert "amounts.ambiguous" in codes(read(draw([*without_sums, *sums])))


def test_a_rate_may_come_before_its_tax(draw: Draw, without_sums: Texts) -> None:
    sums = ["Netto 1.000,00", "7 % MwSt aus 500,00 35,00", "19 % MwSt aus 500,00 95,00",
            "Gesamtbetrag 1.130,00"]  # fmt: skip
    lines = [(50, 320 + 14 * at, text) for at, text in enumerate(sums)]
    assert read(draw([*without_sums, *lines])).fields["tax"].value == "130.00"
