"""The whole of Deskhand on one machine, for one test module."""

import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect, sync_playwright
from rich.console import Console

from orchestrator.cli.feed import Case, settle
from orchestrator.cli.up import Stack, feed_through
from orchestrator.settings import Settings
from samples.invoices.draw import write_reference

PATIENCE = 600.0
Feed = Callable[[Path], dict[str, Case]]


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """With the samples' vendors and orders; a module with others defines its own."""
    settings = Settings(data_dir=tmp_path_factory.mktemp("stack"))
    write_reference(settings.reference)
    return settings


@pytest.fixture(scope="module")
def stack(settings: Settings) -> Iterator[Stack]:
    stack = Stack(settings, Console(quiet=True))
    with stack.running():
        stack.deploy()
        yield stack


@pytest.fixture(scope="module")
def feed(stack: Stack) -> Feed:
    """Feeds a folder; gives its cases by file once only a person can move them."""

    def fed(folder: Path) -> dict[str, Case]:
        cases, deadline = feed_through(stack, folder), time.monotonic() + PATIENCE
        while any(not case.outcome for case in cases):
            assert time.monotonic() < deadline, [case for case in cases if not case.outcome]
            stack.keep_up()
            settle(stack.client, cases)
            time.sleep(1)
        return {case.file: case for case in cases}

    return fed


@pytest.fixture
def page(stack: Stack) -> Iterator[Page]:
    """The console before anybody has logged in."""
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("no chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium)
        # The page's own policy keeps strange scripts out, a test's too.
        context = browser.new_context(bypass_csp=True, locale="en", base_url=stack.url)
        yield context.new_page()
        browser.close()


def log_in(page: Page, stack: Stack, username: str) -> None:
    page.goto("/")
    expect(page.get_by_label("User name")).to_be_focused()
    page.keyboard.type(username)
    page.keyboard.press("Tab")
    page.keyboard.type(stack.password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation")).to_be_visible()
