"""How the legacy ERP's pages behave, faults included."""

import asyncio
from pathlib import Path

import httpx
import pytest

from samples.legacy_erp.book import Book
from samples.legacy_erp.web import create_app

HEADER = {"F0101": "380", "F0102": "<b>Müller</b>", "F0104": "R-1", "F0105": "02.03.2026"}
AMOUNTS = {"F0201": "EUR", "F0204": "11,90"}


class Browser:
    """Asks the ERP in process, keeping its cookies."""

    def __init__(self, file: Path) -> None:
        transport = httpx.ASGITransport(create_app(file, "robot", "word"))
        self._client = httpx.AsyncClient(
            transport=transport, base_url="http://erp", follow_redirects=True
        )

    def get(self, path: str, params: dict[str, str] | None = None) -> httpx.Response:
        return asyncio.run(self._client.get(path, params=params))

    def post(self, path: str, data: dict[str, str] | None = None) -> httpx.Response:
        return asyncio.run(self._client.post(path, data=data))


@pytest.fixture
def stranger(tmp_path: Path) -> Browser:
    return Browser(tmp_path / "erp.db")


@pytest.fixture
def browser(stranger: Browser) -> Browser:
    stranger.post("/login", data={"user": "robot", "password": "word"})
    return stranger


def enter(browser: Browser) -> str:
    browser.get("/invoice/new")
    browser.post("/invoice/header", data=HEADER)
    browser.post("/invoice/amounts", data=AMOUNTS)
    return browser.post("/invoice/book").text


def test_an_invoice_goes_through_the_steps_into_the_book(browser: Browser) -> None:
    assert "ERP-000001" in enter(browser)
    assert "11,90" in browser.get("/invoice/ERP-000001").text


def test_what_was_typed_is_escaped(browser: Browser) -> None:
    enter(browser)
    found = browser.get("/search", params={"S02": "R-1"}).text
    assert "&lt;b&gt;Müller" in found
    assert "<b>Müller" not in found


def test_a_malformed_step_comes_back_with_the_reason(browser: Browser) -> None:
    text = browser.post("/invoice/header", data=HEADER | {"F0105": "2026-03-02"}).text
    assert "Invoice date" in text
    assert "(1/3)" in text


def test_a_wrong_password_is_refused(stranger: Browser) -> None:
    answer = stranger.post("/login", data={"user": "robot", "password": "x"})
    assert "ERP-0403" in answer.text
    assert "Session ended" in stranger.get("/menu").text


def test_a_session_ends_when_it_is_not_used(browser: Browser) -> None:
    browser.post("/_faults", data={"session_seconds": "0"})
    assert "ERP-0401" in browser.get("/search").text


def test_pages_fail_as_often_as_told(browser: Browser) -> None:
    browser.post("/_faults", data={"fail_rate": "0.5"})
    statuses = [browser.get("/welcome").status_code for _ in range(60)]
    assert 15 < statuses.count(500) < 45


def test_a_lost_response_is_a_booking_all_the_same(browser: Browser, tmp_path: Path) -> None:
    browser.post("/_faults", data={"lose_response": "1"})
    browser.post("/invoice/header", data=HEADER)
    browser.post("/invoice/amounts", data=AMOUNTS)
    with pytest.raises(AssertionError):  # the transport's way to say: no whole response came
        browser.post("/invoice/book")
    assert len(Book(tmp_path / "erp.db").search("", "R-1")) == 1


def test_a_fault_that_is_no_number_is_refused(browser: Browser) -> None:
    assert browser.post("/_faults", data={"slow_ms": "soon"}).status_code == 400
