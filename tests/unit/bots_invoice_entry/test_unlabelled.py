"""Number, date and currency that the form of the page tells, where no label of their own does."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bots.invoice_entry.reading.reader import read

Text = tuple[float, float, str]
Texts = Sequence[Text]
Draw = Callable[..., Path]
FACTS = ("Rechnungsnummer:", "2024-0815", "Rechnungsdatum:", "05.03.2024", "Währung:", "EUR")


@pytest.fixture
def bare(german: Texts) -> Texts:
    """The plain German invoice without number, date and currency."""
    return [text for text in german if text[2] not in FACTS]


@pytest.fixture
def value(draw: Draw, bare: Texts) -> Callable[..., str | None]:
    """A field of the bare invoice with these texts, None when it is not trusted enough."""

    def valued(name: str, *texts: Text) -> str | None:
        found = read(draw([*bare, *texts])).fields.get(name)
        return found.value if found and found.confidence >= 0.75 else None

    return valued


@pytest.mark.parametrize(
    "pair",
    [
        [(350, 120, "Nummer/Datum"), (350, 132, "90012345 / 05.03.2024")],
        [(350, 120, "Beleg-Nr./Datum: 90012345 / 05.03.2024")],
        [(350, 120, "Invoice No./Date"), (460, 120, "90012345 / 05.03.2024")],
    ],
)
def test_a_pair_of_number_and_date(pair: list[Text], value: Callable[..., str | None]) -> None:
    assert value("number", *pair) == "90012345"
    assert value("issue_date", *pair) == "2024-03-05"


def test_the_pair_of_an_order_is_not_the_invoices(value: Callable[..., str | None]) -> None:
    pair = [(350, 120, "Auftragsnr./Datum"), (350, 132, "80012345 / 05.03.2024")]
    assert value("number", *pair) is None
    assert value("issue_date", *pair) is None


def test_the_only_hash_below_a_title(value: Callable[..., str | None]) -> None:
    title, number = (50, 120, "Factura"), (250, 150, "#F240815")
    assert value("number", title, number) == "F240815"
    assert value("number", title, number, (50, 170, "#C-7")) is None


def test_the_date_of_a_letter(value: Callable[..., str | None]) -> None:
    assert value("issue_date", (50, 150, "5. März 2024")) == "2024-03-05"
    assert value("issue_date", (50, 138, "Wien, am 5. März 2024")) == "2024-03-05"


@pytest.mark.parametrize(
    "beside", [(50, 138, "Bestellt"), (150, 150, "Bestellt"), (50, 200, "7. März 2024")]
)
def test_a_date_beside_something_may_be_of_it(
    beside: Text, value: Callable[..., str | None]
) -> None:
    assert value("issue_date", (50, 150, "5. März 2024"), beside) is None


@pytest.mark.parametrize(
    ("label", "name", "read_as"),
    [
        ("Rechnungskennung: 20240305", "number", "20240305"),
        ("Référence de la facture : FR-77", "number", "FR-77"),
        ("INVOICE Invoice No: 4711", "number", "4711"),
        ("Issuing Date: 2024-03-05", "issue_date", "2024-03-05"),
        ("Date/Tax Point: 25/03/2024", "issue_date", "2024-03-25"),
        ("Next invoice date: 2024-04-05", "issue_date", None),
        ("Date paid: 2024-04-05", "issue_date", None),
    ],
)
def test_labels_put_together(
    label: str, name: str, read_as: str | None, value: Callable[..., str | None]
) -> None:
    assert value(name, (350, 120, label)) == read_as


def test_a_currency_in_words(value: Callable[..., str | None]) -> None:
    assert value("currency", (350, 200, "Montants exprimés en Euros")) == "EUR"
    assert value("currency", (350, 200, "Zahlbar in Schweizer Franken")) is None


def test_the_currency_of_a_land_where_all_are_registered(
    value: Callable[..., str | None],
) -> None:
    account = (50, 760, "IBAN DE89 3704 0044 0532 0130 00")
    assert value("currency", account, (50, 774, "USt-IdNr. DE843703279")) == "EUR"
    assert value("currency", account, (50, 774, "USt-IdNr. DE843703279, NIP PL5261040828")) is None
    assert value("currency", account) is None


@pytest.mark.parametrize(
    "texts",
    [
        [(50, 120, "Faktura numer 85/09/2025")],
        [(50, 120, "Invoice / Faktura 7244/2024")],
        # Named by none, it is printed once more for who pays.
        [(50, 120, "Factuur"), (50, 134, "73518941"), (50, 700, "onder vermelding van 73518941")],
        # The lines of another column stand between.
        [(50, 120, "Facture"), (350, 127, "4 bis avenue Foch"), (50, 134, "Référence : 202502-93"),
         (50, 700, "A rappeler : 202502-93")],
    ],
)  # fmt: skip
def test_the_number_of_a_title(texts: list[Text], value: Callable[..., str | None]) -> None:
    number = next(word for word in texts[-1][2].split() if any(map(str.isdigit, word)))
    assert value("number", *texts) == number


def test_a_number_that_nothing_names_may_be_the_customers(
    value: Callable[..., str | None],
) -> None:
    assert value("number", (50, 120, "Factuur"), (50, 134, "73518941")) is None
    assert value("number", (50, 120, "Invoice"), (50, 134, "Reference: PO-1153")) is None


def test_a_reference_is_no_number_where_it_may_be_the_orders(
    value: Callable[..., str | None],
) -> None:
    texts = [(50, 120, "Facture"), (50, 134, "Référence : 202502-93"), (50, 700, "202502-93")]
    assert value("number", *texts, (50, 160, "Bon de commande")) is None
    assert value("number", (50, 134, "Référence : 202502-93")) is None


def test_a_date_with_the_month_in_words_under_the_number(value: Callable[..., str | None]) -> None:
    title = (250, 120, "Invoice #4711")
    assert value("issue_date", title, (250, 132, "July 16, 2025")) == "2025-07-16"
    assert value("issue_date", title, (250, 150, "July 16, 2025"), (250, 132, "Paid")) is None


@pytest.mark.parametrize("pair", ["202411/2610 / 09.11.2023", "2610 / 9. November 2023"])
def test_a_pair_with_a_slash_or_a_month_in_words(
    pair: str, value: Callable[..., str | None]
) -> None:
    texts = ((350, 120, "Numer/Data"), (350, 132, pair))
    assert value("number", *texts) == pair.partition(" ")[0]
    assert value("issue_date", *texts) == "2023-11-09"


def test_a_number_in_a_title_ends_where_words_begin(value: Callable[..., str | None]) -> None:
    assert value("number", (50, 120, "Factura nº F23.423 de 09/11/2023")) == "F23.423"
    assert value("number", (50, 120, "Factura nº F23.423 pendiente 7")) is None
    assert value("number", (50, 120, "Rechnung Nr. 2023 A 17")) == "2023 A 17"


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Faktura VAT FV 12/03/2024", "FV 12/03/2024"),
        ("Faktura FS 1234/2024", "FS 1234/2024"),
        ("Numer faktury: 12/03/2024", "12/03/2024"),
        ("Nummer / Numéro : VF/2024/0012", "VF/2024/0012"),
        ("Rechnung vom 12/03/2024", None),
        ("Invoice May 2024", None),
    ],
)
def test_numbers_with_months_and_abbreviations(
    text: str, number: str | None, value: Callable[..., str | None]
) -> None:
    assert value("number", (50, 120, text)) == number
