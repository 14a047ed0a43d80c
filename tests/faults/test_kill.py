"""Kill anything, any time: every invoice is booked once or waits for a person."""

import contextlib
import os
import random
import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from rich.console import Console

from orchestrator.app import verify_ledger
from orchestrator.cli.feed import settle
from orchestrator.cli.up import Stack, feed_through
from orchestrator.kernel.errors import Unavailable
from orchestrator.settings import Settings
from samples.invoices.catalog import INVOICES
from samples.invoices.draw import draw, write_reference

pytestmark = [pytest.mark.faults, pytest.mark.timeout(1800)]
INVOICE_COUNT = 100
KILLS, KILL_EVERY = 12, (5.0, 14.0)  # seconds
GIVE_UP = 1500.0
GOOD = [i for i in INVOICES if i.outcome == "booked" and not i.twin and not i.po_number]


def many_invoices(folder: Path) -> dict[str, tuple[str, str]]:
    """`INVOICE_COUNT` good invoices that differ in number; file -> (number, gross)."""
    folder.mkdir(parents=True)
    truth = {}
    for n in range(INVOICE_COUNT):
        model = GOOD[n % len(GOOD)]
        number, issued = f"{model.number}{n:03}", date(2026, 9, 1) + timedelta(days=n % 28)
        invoice = replace(model, file=f"{n:03}.pdf", number=number, issued=issued)
        (folder / invoice.file).write_bytes(draw(invoice))
        truth[invoice.file] = (number, str(invoice.gross))
    return truth


def victims(stack: Stack) -> list[Callable[[], int]]:
    """What may be killed, each as a way to find its pid now."""

    def database() -> int:
        return int((stack.data / "postgres" / "data" / "postmaster.pid").read_text().split()[0])

    _, orchestrator, agent = stack.programs
    return [lambda: agent.pid, lambda: orchestrator.pid, database]


@contextlib.contextmanager
def killing(stack: Stack, seed: int) -> Iterator[list[int]]:
    dice, over, kills = random.Random(seed), threading.Event(), [0]

    def kill() -> None:
        while kills[0] < KILLS and not over.wait(dice.uniform(*KILL_EVERY)):
            with contextlib.suppress(OSError, ValueError, IndexError):
                os.kill(dice.choice(victims(stack))(), signal.SIGKILL)
                kills[0] += 1

    thread = threading.Thread(target=kill)
    thread.start()
    try:
        yield kills
    finally:
        over.set()
        thread.join()


def test_random_kills_lose_and_repeat_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    truth = many_invoices(tmp_path / "in")
    write_reference(tmp_path / "data" / "samples" / "reference")
    monkeypatch.setenv("DESKHAND_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("DESKHAND_LEASE_SECONDS", "10")
    stack, deadline = Stack(Settings(), Console(quiet=True)), time.monotonic() + GIVE_UP
    with stack.running():
        stack.deploy()
        with killing(stack, seed=20261125) as kills:
            cases = feed_through(stack, tmp_path / "in")
            while any(not c.outcome for c in cases) and time.monotonic() < deadline:
                stack.keep_up()
                with contextlib.suppress(Unavailable):
                    settle(stack.client, cases)
                time.sleep(1)
        count, breaks = verify_ledger(Settings())
    assert kills[0] == KILLS, "the run ended before the kills could matter"
    assert count > 0
    assert not breaks
    unsettled = {c.file: (c.outcome, c.reasons) for c in cases if c.outcome in {"", "refused"}}
    assert not unsettled
    with sqlite3.connect(stack.data / "erp.sqlite") as erp:
        entered = Counter(erp.execute("SELECT invoice_number, gross FROM booked_invoices"))
    assert max(entered.values()) == 1, entered.most_common(3)
    for case in cases:
        assert case.outcome != "booked" or entered[truth[case.file]] == 1, case
