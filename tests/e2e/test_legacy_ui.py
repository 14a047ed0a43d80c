"""The legacy_ui robot against the real legacy ERP: real Chromium, real display, own processes."""

import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

pytestmark = pytest.mark.e2e
ROOT = Path(__file__).resolve().parents[2]
BOT = ROOT / "bots" / "legacy_ui"
VENDOR = "Müller & Söhne Straße"
Run = Callable[..., list[dict[str, Any]]]


def invoice(number: str = "R-1", **changed: str) -> dict[str, Any]:
    values = {
        "type": "380",
        "number": number,
        "issue_date": "2026-03-02",
        "due_date": "2026-04-01",
        "seller": VENDOR,
        "seller_vat": "DE123456788",
        "currency": "EUR",
        "net": "1037.40",
        "tax": "197.11",
        "gross": "1234.51",
        "iban": "DE02120300000000202051",
    }
    fields = {name: {"value": value} for name, value in (values | changed).items()}
    return {"payload": {"invoice": {"file": f"{number}.pdf", "fields": fields}}, "files": {}}


class Erp:
    """The web ERP in its own process, its faults and its book."""

    def __init__(self, folder: Path) -> None:
        self.book = folder / "erp.db"
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{port}"
        arguments = ["web", "--port", str(port), "--db", str(self.book)]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "samples.legacy_erp", *arguments], cwd=ROOT
        )
        wait_for(self._answers, "the ERP")

    def faults(self, **values: float) -> None:
        httpx.post(f"{self.url}/_faults", data=values).raise_for_status()

    def stop(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=10)

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/login").status_code == 200
        except httpx.TransportError:
            return False


def wait_for(happened: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + 60
    while not happened():
        assert time.monotonic() < deadline, f"{what} did not come up"
        time.sleep(0.1)


def booked(book: Path) -> list[tuple[str, ...]]:
    connection = sqlite3.connect(book)
    query = "SELECT invoice_number, vendor, gross FROM booked_invoices ORDER BY id"
    rows = connection.execute(query).fetchall()
    connection.close()
    return rows


def run_bot(task: str, folder: Path, items: list[dict[str, Any]], **env: str) -> list[Any]:
    """Run the robot alone, as anyone would from the command line, and give its entries."""
    inputs, outputs = folder / "in.json", folder / "out.json"
    inputs.write_text(json.dumps(items))
    work = {
        "RC_WORKITEM_ADAPTER": "FileAdapter",
        "RC_WORKITEM_INPUT_PATH": str(inputs),
        "RC_WORKITEM_OUTPUT_PATH": str(outputs),
        "ROBOT_ARTIFACTS": str(folder / "artifacts"),
    }
    command = [sys.executable, "-m", "robocorp.tasks", "run", "tasks.py", "-t", task]
    done = subprocess.run(
        [*command, "-o", str(folder / "artifacts")],
        cwd=BOT,
        env={**os.environ, **work, **env},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    written = json.loads(outputs.read_text()) if outputs.exists() else []
    return [item["payload"]["entry"] for item in written]


@pytest.fixture
def erp(tmp_path: Path) -> Iterator[Erp]:
    if not shutil.which("chromium"):
        pytest.skip("no chromium: apt-get install chromium")
    running = Erp(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def enter(erp: Erp, tmp_path: Path) -> Run:
    account = {"DESKHAND_ERP_USER": "robot", "DESKHAND_ERP_PASSWORD": "robot"}
    return lambda *items: run_bot(
        "enter", tmp_path, list(items), DESKHAND_ERP_URL=erp.url, **account
    )


@pytest.fixture
def display(tmp_path: Path) -> Iterator[str]:
    missing = [tool for tool in ("Xvfb", "xdotool", "scrot") if not shutil.which(tool)]
    if missing:
        pytest.skip(f"no {', '.join(missing)}: apt-get install xvfb xdotool scrot")
    read, write = os.pipe()
    screen = ["-screen", "0", "1024x768x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(write), *screen], pass_fds=[write], stderr=subprocess.DEVNULL
    )
    os.close(write)
    with os.fdopen(read) as number:
        name = f":{number.readline().strip()}"
    yield name
    server.terminate()
    server.wait(timeout=10)


@pytest.fixture
def enter_desktop(display: str, tmp_path: Path) -> Run:
    (tmp_path / "xauthority").touch()
    env = {
        "DISPLAY": display,
        "XAUTHORITY": str(tmp_path / "xauthority"),
        "XDG_SESSION_TYPE": "x11",
        "DESKHAND_ERP_DB": str(tmp_path / "erp.db"),
    }
    return lambda *items: run_bot("enter_desktop", tmp_path, list(items), **env)


def test_the_same_invoice_is_booked_once_and_then_found(
    erp: Erp, enter: Run, tmp_path: Path
) -> None:
    first, second = enter(invoice(), invoice())
    assert [first["already_there"], second["already_there"]] == [False, True]
    assert first["read_back"]["seller"] == VENDOR
    assert booked(erp.book) == [("R-1", VENDOR, "1234.51")]
    assert list((tmp_path / "artifacts").glob("R-1-final.png"))


def test_another_gross_is_not_entered(erp: Erp, enter: Run) -> None:
    assert len(enter(invoice(), invoice(gross="1234.52"))) == 1
    assert len(booked(erp.book)) == 1


def test_a_lost_answer_leaves_one_booking(erp: Erp, enter: Run) -> None:
    erp.faults(lose_response=1)
    (entry,) = enter(invoice())
    assert entry["erp_number"] == "ERP-000001"
    assert len(booked(erp.book)) == 1


def test_failing_and_slow_pages_leave_one_booking_each(erp: Erp, enter: Run) -> None:
    erp.faults(fail_rate=0.25, slow_ms=30)
    entries = enter(*(invoice(f"R-{number}") for number in range(4)))
    assert len(entries) == 4
    assert [row[0] for row in booked(erp.book)] == ["R-0", "R-1", "R-2", "R-3"]


def test_ended_sessions_are_logged_in_again(erp: Erp, enter: Run, tmp_path: Path) -> None:
    erp.faults(session_seconds=0)

    def mend() -> None:
        wait_for(lambda: any(tmp_path.glob("artifacts/R-1-trouble-*.png")), "the trouble")
        erp.faults(session_seconds=600)

    mending = threading.Thread(target=mend)
    mending.start()
    (entry,) = enter(invoice())
    mending.join()
    assert not entry["already_there"]
    assert len(booked(erp.book)) == 1


def test_the_desktop_client_takes_every_sign(enter_desktop: Run, tmp_path: Path) -> None:
    special = 'Dvořák & 株式会社 "é" <€>'
    entries = enter_desktop(invoice(), invoice(), invoice("R/2#é", seller=special))
    assert [entry["already_there"] for entry in entries] == [False, True, False]
    assert booked(tmp_path / "erp.db") == [
        ("R-1", VENDOR, "1234.51"),
        ("R/2#é", special, "1234.51"),
    ]
