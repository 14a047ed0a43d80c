"""Real invoices that we did not draw, one of each layout, through the whole path with their vendors
known: none is lost, none is booked wrong, and a person begins where the reader doubts."""

import json
import os
import shutil
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from playwright.sync_api import Page, expect

from orchestrator.cli.feed import Case
from orchestrator.cli.up import Stack
from orchestrator.settings import Settings
from tests.e2e.conftest import Feed, log_in

ROOT = Path(__file__).resolve().parents[2]
INVOICES = ROOT / os.environ.get("DESKHAND_SHARED", "../shared") / "invoices" / "dev"
MAY_PASS = {"booked", "waiting for approval"}
LOOKED_AT = 6  # tasks that are opened in the browser
pytestmark = [
    pytest.mark.e2e,
    pytest.mark.timeout(900),
    pytest.mark.skipif(not INVOICES.is_dir(), reason="no invoices: set DESKHAND_SHARED"),
]
Truth = dict[str, Any]


@pytest.fixture(scope="module")
def truth() -> list[Truth]:
    """Of the first invoice of each layout."""
    all_of_them = json.loads((INVOICES / "truth.json").read_text())
    return list({one["layout"]: one for one in reversed(all_of_them)}.values())


@pytest.fixture(scope="module")
def settings(truth: list[Truth], tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """With the sellers of the invoices as vendors."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["vendor_id", "name", "vat_id", "iban", "country", "blocked"])
    known = {(f.get("seller"), f.get("seller_vat", "")): f for f in (t["fields"] for t in truth)}
    for number, ((seller, vat), fields) in enumerate(known.items()):
        iban = next(iter(fields.get("iban", [])), "")
        sheet.append([f"V{number}", seller, vat, iban, vat[:2] or "DE", "no"])
    folder = tmp_path_factory.mktemp("reference")
    book.save(folder / "vendors.xlsx")
    return Settings(data_dir=tmp_path_factory.mktemp("stack"), reference_dir=folder)


@pytest.fixture(scope="module")
def cases(
    feed: Feed, truth: list[Truth], tmp_path_factory: pytest.TempPathFactory
) -> dict[str, Case]:
    folder = tmp_path_factory.mktemp("in")
    for one in truth:
        shutil.copy(INVOICES / "pdf" / one["file"], folder)
    return feed(folder)


def test_each_is_booked_or_waits_for_a_person_who_is_told_why(
    cases: dict[str, Case], truth: list[Truth]
) -> None:
    assert set(cases) == {one["file"] for one in truth}
    assert {case.outcome for case in cases.values()} <= MAY_PASS | {"waiting for review"}
    assert [case for case in cases.values() if case.outcome != "booked" and not case.reasons] == []
    assert MAY_PASS & {case.outcome for case in cases.values()}


def test_what_passes_without_a_person_is_right_and_booked_once(
    stack: Stack, cases: dict[str, Case], truth: list[Truth]
) -> None:
    true = {one["file"]: one["fields"] for one in truth}
    passed = [case for case in cases.values() if case.outcome in MAY_PASS]
    for case in passed:
        key_fields = ("number", "issue_date", "currency", "net", "tax", "gross", "seller_vat")
        known = {name: true[case.file][name] for name in key_fields if true[case.file].get(name)}
        assert {name: case.fields.get(name) for name in known} == known, case.file
    wanted = Counter(str(case.fields["number"]) for case in passed if case.outcome == "booked")
    with sqlite3.connect(stack.data / "erp.sqlite") as erp:
        rows = erp.execute("SELECT invoice_number FROM booked_invoices")
        assert Counter(number for (number,) in rows) == wanted


def test_a_review_begins_at_the_doubtful_field(
    stack: Stack, cases: dict[str, Case], page: Page
) -> None:
    log_in(page, stack, "clara")
    opened = 0
    for task in stack.client.search("user-tasks", state="CREATED", elementId="review_invoice"):
        key = task["userTaskKey"]
        variables = stack.client.get(f"/v2/user-tasks/{key}")["variables"]
        remarks = [*variables["invoice"]["doubts"], *(variables.get("findings") or [])]
        if not any(r.get("field") in variables["invoice"]["fields"] for r in remarks):
            continue  # it is about the whole invoice
        page.goto(f"/inbox/{key}")
        page.get_by_role("button", name="Claim").click()
        focused = page.locator(".field:focus-within")
        expect(focused.locator(".remark-warning, .remark-error").first).to_be_visible()
        opened += 1
        if opened == LOOKED_AT:
            return
    assert opened
