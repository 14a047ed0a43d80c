"""Without a label the seller is the company that several signs of a sender point to."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from bots.invoice_entry.reading.invoice import Field
from bots.invoice_entry.reading.reader import read

Text = tuple[float, float, str]
Texts = Sequence[Text]
Draw = Callable[..., Path]

LETTERHEAD = ((50, 60, "Krause Technik GmbH"), (50, 74, "Werkweg 8"), (50, 88, "70327 Stuttgart"))
WINDOW = ((50, 150, "Contoso AG"), (50, 164, "Am Hafen 2"), (50, 178, "20457 Hamburg"))


@pytest.fixture
def seller(draw: Draw, german: Texts) -> Callable[..., Field]:
    """The seller of an invoice that labels none, with these texts."""
    page = [text for text in german if not (text[0] == 50 and text[1] < 100)]
    return lambda *texts: read(draw([*page, *texts])).fields["seller"]


@pytest.mark.parametrize(
    "signs",
    [
        [(50, 780, "Krause Technik GmbH, Amtsgericht Stuttgart HRB 4711, Tel. 0711 5512")],
        [(50, 102, "info@krause.example")],
        [(50, 780, "Kontoinhaber: Krause Technik GmbH")],
    ],
)
def test_the_senders_own_means_tell_it_from_the_buyer(
    signs: list[Text], seller: Callable[..., Field]
) -> None:
    found = seller(*LETTERHEAD, *WINDOW, *signs)
    assert found.value == "Krause Technik GmbH"
    assert found.trusted


def test_the_head_of_a_letter_is_the_sender(seller: Callable[..., Field]) -> None:
    found = seller(*LETTERHEAD, *WINDOW)
    assert (found.value, found.trusted) == ("Krause Technik GmbH", True)


@pytest.mark.parametrize(
    ("right", "down"),
    [(300, -90), (0, 90), (300, -60)],
    ids=["side by side", "both lower than a letterhead", "overlapping"],
)
def test_two_companies_without_a_sign_are_a_guess(
    right: float, down: float, seller: Callable[..., Field]
) -> None:
    head = [(x, y + max(down, 0), text) for x, y, text in LETTERHEAD]
    assert not seller(*head, *((x + right, y + down, text) for x, y, text in WINDOW)).trusted


def test_an_addressee_on_top_is_no_sender_where_another_stands_in_the_foot(
    seller: Callable[..., Field],
) -> None:
    foot = [(50, 750, "Contoso AG"), (50, 764, "Am Hafen 2"), (50, 778, "20457 Hamburg")]
    assert not seller(*LETTERHEAD, *foot).trusted


def test_whom_a_letter_is_for_attention_of_is_the_buyer(seller: Callable[..., Field]) -> None:
    to = [(50, 160, "Contoso AG"), (50, 174, "z. Hd. Frau Rot"), (50, 188, "20457 Hamburg")]
    beside = [(x + 150, y + 100, text) for x, y, text in LETTERHEAD]
    assert seller(*beside, *to).value == "Krause Technik GmbH"


def test_signs_for_both_are_a_guess(seller: Callable[..., Field]) -> None:
    both = [(50, 102, "info@krause.example"), (50, 192, "einkauf@contoso.example")]
    assert not seller(*LETTERHEAD, *WINDOW, *both).trusted


def test_a_street_in_a_return_address_line_is_no_name(seller: Callable[..., Field]) -> None:
    line = (50, 120, "Werkweg 8 · 70327 Stuttgart · St.-Nr. 12/345/678")
    assert seller(*LETTERHEAD, line).value == "Krause Technik GmbH"


def test_a_person_who_is_the_only_one_but_the_labelled_buyer(seller: Callable[..., Field]) -> None:
    person = [(50, 60, "Marta Gómez Ruiz"), (50, 74, "Calle Mayor 18"), (50, 88, "NIF: 98012784Z")]
    found = seller(*person, (50, 150, "Cliente:"), (50, 164, "Talleres Ortega S.A."))
    assert (found.value, found.trusted) == ("Marta Gómez Ruiz", True)


def test_a_mark_in_large_print_stands_for_the_company_of_that_name(
    seller: Callable[..., Field],
) -> None:
    foot = (50, 780, "Krause Technik GmbH, Amtsgericht Stuttgart HRB 4711, Tel. 0711 5512")
    assert seller((50, 60, "Krause"), foot).value == "Krause Technik GmbH"
