"""The whole of Deskhand on one machine, for one test module."""

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rich.console import Console

from orchestrator.cli.feed import Case, settle
from orchestrator.cli.up import Stack, feed_through
from orchestrator.settings import Settings
from samples.invoices.draw import write_reference

PATIENCE = 600.0
Feed = Callable[[Path], dict[str, Case]]


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    settings = Settings(data_dir=tmp_path_factory.mktemp("stack"))
    write_reference(settings.reference)
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
