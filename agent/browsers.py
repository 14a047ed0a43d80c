"""Lets Playwright find the system's Chromium where it looks for a browser of its own."""

import json
import shutil
from pathlib import Path

DRIVER = "lib/python*/site-packages/playwright/driver/package/browsers.json"
# Where Playwright's releases have kept the programs within a browser's folder
PLACES = {
    "chromium": ("chrome-linux/chrome", "chrome-linux64/chrome"),
    "chromium-headless-shell": (
        "chrome-linux/headless_shell",
        "chrome-headless-shell-linux64/chrome-headless-shell",
    ),
    "ffmpeg": ("ffmpeg-linux",),
}
PROGRAMS = {"chromium": ("chromium", "chromium-browser", "google-chrome"), "ffmpeg": ("ffmpeg",)}
COMPLETE = "INSTALLATION_COMPLETE"  # Playwright's own mark: it downloads nothing then


def provide(environment: Path) -> dict[str, str]:
    """The variables for a bot whose environment has Playwright; browsers that are there stay."""
    driver = next(iter(environment.glob(DRIVER)), None)
    chromium = _system("chromium")
    if driver is None or chromium is None:
        return {}
    own = environment / "browsers"
    _fill(own, driver, chromium)
    if any(environment.glob("lib/python*/site-packages/robocorp/browser")):
        # It sets the variable itself: to this folder in the home
        _fill(Path.home() / ".robocorp" / "playwright", driver, chromium)
    return {"PLAYWRIGHT_BROWSERS_PATH": str(own)}


def _fill(registry: Path, driver: Path, chromium: str) -> None:
    # Without ffmpeg only videos fail; without its folder `playwright install` would download it.
    programs = {"ffmpeg": _system("ffmpeg") or "/bin/false"}
    for browser in json.loads(driver.read_text())["browsers"]:
        name = str(browser["name"])
        folder = registry / f"{name.replace('-', '_')}-{browser['revision']}"
        if name in PLACES and not (folder / COMPLETE).exists():
            for place in PLACES[name]:
                _launcher(folder / place, programs.get(name, chromium))
            (folder / COMPLETE).touch()


def _launcher(file: Path, program: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f'#!/bin/sh\nexec "{program}" "$@"\n')
    file.chmod(0o755)


def _system(program: str) -> str | None:
    return next(filter(None, map(shutil.which, PROGRAMS[program])), None)
