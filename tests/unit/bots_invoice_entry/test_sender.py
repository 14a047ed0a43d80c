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


def test_two_companies_without_a_sign_are_a_guess(seller: Callable[..., Field]) -> None:
    assert not seller(*LETTERHEAD, *WINDOW).trusted


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
