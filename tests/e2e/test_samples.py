"""The promise of `make run`: every sample ends as expected, each booked exactly once."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
OUTCOMES = {
    "booked": "booked",
    "review": "waiting for review",
    "approval": "waiting for approval",
}
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(900)]


def up(data: Path, *arguments: str) -> list[dict[str, object]]:
    report = data / "report.json"
    command = [sys.executable, "-m", "orchestrator.cli", "up", "--once", "--report", str(report)]
    env = {**os.environ, "DESKHAND_DATA_DIR": str(data)}
    done = subprocess.run(
        [*command, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    cases: list[dict[str, object]] = json.loads(report.read_text())
    return cases


def booked(data: Path) -> Counter[tuple[str, str]]:
    with sqlite3.connect(data / "erp.sqlite") as erp:
        return Counter(erp.execute("SELECT invoice_number, gross FROM booked_invoices").fetchall())


@pytest.fixture(scope="module")
def first_run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, object]]]:
    data = tmp_path_factory.mktemp("run")
    return data, up(data)


def test_every_sample_ends_as_expected(first_run: tuple[Path, list[dict[str, object]]]) -> None:
    data, cases = first_run
    by_file = {c["file"]: c["outcome"] for c in cases}
    expected = json.loads((data / "samples" / "expected.json").read_text())
    plain = {e["file"]: OUTCOMES[e["outcome"]] for e in expected if not e["twin"]}
    assert {f: by_file[f] for f in plain} == plain
    twins = Counter(by_file[e["file"]] for e in expected if e["twin"])
    assert twins == {"booked": 1, "waiting for review": 1}
    assert len(cases) == len(expected)


def test_what_is_booked_is_in_the_erp_once_and_right(
    first_run: tuple[Path, list[dict[str, object]]],
) -> None:
    data, cases = first_run
    expected = json.loads((data / "samples" / "expected.json").read_text())
    truth = {e["file"]: (e["number"], e["gross"]) for e in expected}
    wanted = Counter(truth[str(c["file"])] for c in cases if c["outcome"] == "booked")
    assert booked(data) == wanted


def test_a_second_run_enters_nothing_twice(
    first_run: tuple[Path, list[dict[str, object]]],
) -> None:
    data, cases = first_run
    before = booked(data)
    again = up(data)
    assert booked(data) == before
    assert [(c["file"], c["outcome"]) for c in again] == [(c["file"], c["outcome"]) for c in cases]
