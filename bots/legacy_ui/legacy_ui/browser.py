"""Chromium for the bot: the system's own where there is one."""

import shutil

from playwright.sync_api import Browser, Playwright

FLAGS = [
    "--no-sandbox",  # Chromium refuses to start as root with it, and agents may be root
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def launch(playwright: Playwright) -> Browser:
    """A headless Chromium; Playwright's own when the system has none."""
    system = shutil.which("chromium") or shutil.which("chromium-browser")
    return playwright.chromium.launch(executable_path=system, args=FLAGS)
