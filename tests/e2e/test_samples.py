"""The promise of `make run`: every sample ends as expected, each booked exactly once."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from pypdf import PdfReader, PdfWriter

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


def test_e_invoice_files_and_bound_invoices_are_booked_each_once(tmp_path: Path) -> None:
    samples, folder, data = tmp_path / "samples", tmp_path / "in", tmp_path / "data"
    folder.mkdir()
    command = [sys.executable, "-m", "samples.invoices", str(samples)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    bound = PdfWriter()
    for name in ("de-nordlicht-2.pdf", "fr-rhone-1.pdf"):
        bound.append(PdfReader(samples / "pdf" / name))
    bound.write(folder / "bound.pdf")
    hybrid = PdfReader(samples / "pdf" / "hybrid-nordlicht.pdf")
    ((content,),) = hybrid.attachments.values()
    (folder / "alone.xml").write_bytes(content)
    cases = {str(case["file"]): case for case in up(data, "--input", str(folder))}
    assert {name: case["outcome"] for name, case in cases.items()} == {
        "alone.xml": "booked",
        "bound.pdf": "split",
        "bound.pdf (1 of 2)": "booked",
        "bound.pdf (2 of 2)": "booked",
    }
    numbers = Counter(number for number, _ in booked(data).elements())
    assert numbers == {"RE-2026-0440": 1, "RE-2026-0431": 1, "F2026-1187": 1}
