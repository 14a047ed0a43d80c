"""The ERP's desktop client as a program: started, found on the display, ended."""

import os
import shlex
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from .entry import ScreenTrouble

WINDOW = "LEGACY ERP - Invoices"
START_SECONDS = 30
SAMPLES_ROOT = Path(__file__).resolve().parents[3]


class Client:
    """The running client. A start after stop() is another process on the same book."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None

    def focus(self) -> None:
        """Have the client running and its window under the keyboard."""
        if self._process is None or self._process.poll() is not None:
            env = os.environ | {"PYTHONPATH": str(SAMPLES_ROOT)}
            self._process = subprocess.Popen(self._command, env=env)
        xdotool("windowfocus", "--sync", self._window())

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=10)
        self._process = None

    def _window(self) -> str:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            search = ["xdotool", "search", "--onlyvisible", "--name", f"^{WINDOW}$"]
            found = subprocess.run(search, capture_output=True, text=True, check=False)
            if found.stdout.strip():
                return found.stdout.split()[0]
            time.sleep(0.1)
        raise ScreenTrouble(f"The window {WINDOW!r} does not appear")


@contextmanager
def open_client(book: Path) -> Iterator[Client]:
    """The client over the book, ended with the block.

    DESKHAND_ERP_DESKTOP is its command line when it is not the sample.
    """
    default = shlex.join([sys.executable, "-m", "samples.legacy_erp", "desktop"])
    command = shlex.split(os.environ.get("DESKHAND_ERP_DESKTOP") or default)
    client = Client([*command, "--db", str(book.resolve())])
    try:
        yield client
    finally:
        client.stop()


def xdotool(*arguments: str) -> None:
    """Run xdotool; ScreenTrouble when it fails."""
    try:
        subprocess.run(["xdotool", *arguments], check=True, capture_output=True, timeout=30)
    except (subprocess.SubprocessError, OSError) as error:
        raise ScreenTrouble(f"xdotool: {error}") from error
