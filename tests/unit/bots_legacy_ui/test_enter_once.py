"""An invoice is entered once, whatever the screens do."""

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from robocorp.workitems import ApplicationException, BusinessException

INVOICE = {
    "fields": {
        "number": {"value": "R-1"},
        "seller": {"value": "Müller & Söhne"},
        "seller_vat": {"value": "DE123456788"},
        "issue_date": {"value": "2026-03-02"},
        "currency": {"value": "EUR"},
        "gross": {"value": "1190.00"},
    }
}


class MemoryScreens:
    """An ERP in memory whose actions do what a test tells them to."""

    def __init__(self) -> None:
        self.booked: list[dict[str, str]] = []
        self.before_booking: list[Exception] = []
        self.after_booking: list[Exception] = []
        self.misread: dict[str, str] = {}

    def search(self, number: str) -> list[Any]:
        from legacy_ui.document import Found

        return [
            Found(
                f"ERP-{place}",
                row["type"],
                row["seller"],
                row["seller_vat"],
                row["number"],
                row["gross"],
            )
            for place, row in enumerate(self.booked)
            if row["number"] == number
        ]

    def book(self, document: Mapping[str, str]) -> str:
        if self.before_booking:
            raise self.before_booking.pop()
        self.booked.append(dict(document))
        if self.after_booking:
            raise self.after_booking.pop()
        return f"ERP-{len(self.booked) - 1}"

    def read(self, document: Mapping[str, str], erp_number: str) -> dict[str, str]:
        return self.booked[int(erp_number.removeprefix("ERP-"))] | self.misread

    def recover(self) -> None: ...

    def photograph(self, label: str) -> None: ...


Enter = Callable[..., dict[str, Any]]


@pytest.fixture
def screens() -> MemoryScreens:
    return MemoryScreens()


@pytest.fixture
def enter(screens: MemoryScreens) -> Enter:
    from legacy_ui.document import document_from
    from legacy_ui.entry import enter

    def enter_invoice(**changed: str) -> dict[str, Any]:
        fields = INVOICE["fields"] | {name: {"value": value} for name, value in changed.items()}
        return enter(document_from({"fields": fields}), screens, pause=lambda _: None)

    return enter_invoice


def trouble() -> Exception:
    from legacy_ui.entry import ScreenTrouble

    return ScreenTrouble("ORA-00060")


def test_the_second_entry_finds_the_first(enter: Enter, screens: MemoryScreens) -> None:
    assert [enter()["already_there"], enter()["already_there"]] == [False, True]
    assert len(screens.booked) == 1


def test_a_lost_answer_does_not_book_again(enter: Enter, screens: MemoryScreens) -> None:
    screens.after_booking = [trouble()]
    assert enter()["already_there"] is False
    assert len(screens.booked) == 1


def test_a_failed_booking_is_tried_again(enter: Enter, screens: MemoryScreens) -> None:
    screens.before_booking = [trouble(), trouble()]
    enter()
    assert len(screens.booked) == 1


def test_lasting_trouble_is_the_machinery_s(enter: Enter, screens: MemoryScreens) -> None:
    screens.before_booking = [trouble() for _ in range(20)]
    with pytest.raises(ApplicationException) as caught:
        enter()
    assert caught.value.code == "erp.unavailable"


def test_another_gross_under_the_number_is_a_conflict(enter: Enter, screens: MemoryScreens) -> None:
    enter()
    with pytest.raises(BusinessException) as caught:
        enter(gross="1190.01")
    assert caught.value.code == "erp.conflict"
    assert len(screens.booked) == 1


def test_the_number_of_another_vendor_is_no_conflict(enter: Enter, screens: MemoryScreens) -> None:
    enter()
    enter(seller="Weber AG", seller_vat="DE999999999")
    assert len(screens.booked) == 2


@pytest.mark.parametrize(
    "changed", [{"seller_vat": ""}, {"seller": "Mueller"}, {"seller": "MÜLLER  &  SÖHNE"}]
)
def test_the_vendor_is_known_by_vat_number_or_by_name(
    enter: Enter, screens: MemoryScreens, changed: dict[str, str]
) -> None:
    enter()
    assert enter(**changed)["already_there"]


def test_what_reads_back_differently_goes_to_a_person(enter: Enter, screens: MemoryScreens) -> None:
    screens.misread = {"gross": "119.00"}
    with pytest.raises(BusinessException) as caught:
        enter()
    assert caught.value.code == "erp.read_back_differs"
    assert "gross" in str(caught.value.message)


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"gross": ""}, "invoice.incomplete"),
        ({"gross": "1.190,00"}, "invoice.malformed"),
        ({"issue_date": "02.03.2026"}, "invoice.malformed"),
        ({"type": "999"}, "invoice.malformed"),
    ],
)
def test_what_the_erp_cannot_take_is_never_typed(
    enter: Enter, screens: MemoryScreens, changed: dict[str, str], code: str
) -> None:
    with pytest.raises(BusinessException) as caught:
        enter(**changed)
    assert caught.value.code == code
    assert screens.booked == []


def test_values_survive_the_screens_notation() -> None:
    from legacy_ui.document import FIELDS, shown, typed

    by_name = {field.name: field for field in FIELDS}
    assert typed(by_name["gross"], "1234.50") == "1234,50"
    assert shown(by_name["gross"], "-1.234,50") == "-1234.50"
    assert typed(by_name["due_date"], "2026-12-31") == "31.12.2026"
    assert shown(by_name["due_date"], "31.12.2026") == "2026-12-31"
