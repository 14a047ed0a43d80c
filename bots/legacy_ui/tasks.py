"""The robot's tasks: enter invoices through the web client or the desktop client."""

import os
from pathlib import Path

# This folder is the import root of a running robot.
from legacy_ui.work import enter_all  # type: ignore[import-not-found]
from robocorp import log
from robocorp.tasks import task


@task  # type: ignore[untyped-decorator]
def enter() -> None:
    """Enter the run's invoices through the web client, with one browser session."""
    from legacy_ui.site import Account, Site  # type: ignore[import-not-found]
    from legacy_ui.web import WebScreens  # type: ignore[import-not-found]
    from playwright.sync_api import sync_playwright

    log.hide_from_output(os.environ["DESKHAND_ERP_PASSWORD"])  # the run's log is kept
    account = Account(
        os.environ["DESKHAND_ERP_URL"].rstrip("/"),
        os.environ["DESKHAND_ERP_USER"],
        os.environ["DESKHAND_ERP_PASSWORD"],
    )
    with sync_playwright() as playwright:
        enter_all(WebScreens(Site(playwright, account)))


@task  # type: ignore[untyped-decorator]
def enter_desktop() -> None:
    """Enter the run's invoices through the desktop client, on the display of DISPLAY."""
    from legacy_ui.client import open_client  # type: ignore[import-not-found]
    from legacy_ui.desktop import DesktopScreens  # type: ignore[import-not-found]

    with open_client(Path(os.environ["DESKHAND_ERP_DB"])) as client:
        enter_all(DesktopScreens(client))
