"""What the command line says and gives, without a server."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator.cli.feed import Case
from orchestrator.cli.report import write
from orchestrator.cli.stack import Program, free_port, stop_leftover
from orchestrator.kernel.errors import Unavailable

ROOT = Path(__file__).resolve().parents[3]


def deskhand(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "DESKHAND_DATA_DIR": str(data), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "orchestrator.cli", *arguments]
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_help_names_every_command(tmp_path: Path) -> None:
    shown = deskhand(tmp_path, "--help").stdout
    for command in ("up", "orchestrator", "agent", "deploy", "start", "extract", "audit", "db"):
        assert f" {command} " in shown


def test_an_expected_error_is_a_message_not_a_traceback(tmp_path: Path) -> None:
    (tmp_path / "demo-password").write_text("x")
    done = deskhand(tmp_path, "start", "p", "--server", "http://127.0.0.1:9")
    assert done.returncode == 2
    assert "unavailable" in done.stderr
    assert "Is the orchestrator running?" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_variable_that_is_no_pair_is_refused(tmp_path: Path) -> None:
    (tmp_path / "demo-password").write_text("x")
    done = deskhand(tmp_path, "start", "p", "--var", "nonsense")
    assert (done.returncode, "NAME=VALUE" in done.stderr) == (2, True)


def test_reference_data_that_are_not_there_are_said_before_anything_starts(
    tmp_path: Path,
) -> None:
    (tmp_path / "mine").mkdir()
    done = deskhand(tmp_path / "data", "up", "--once", "--reference", str(tmp_path / "mine"))
    assert done.returncode == 2
    said = " ".join(done.stderr.split())
    assert f"There is no vendors.xlsx in {tmp_path / 'mine'}." in said
    assert not (tmp_path / "data").exists()


def test_a_program_that_keeps_failing_is_said_with_its_log(tmp_path: Path) -> None:
    argv = [sys.executable, "-c", "import sys; print('no luck'); sys.exit(1)"]
    program = Program("thing", argv, tmp_path, {})
    program.start()
    with pytest.raises(Unavailable, match="no luck"):
        program.wait()


def test_only_the_very_process_that_a_killed_up_left_is_stopped(tmp_path: Path) -> None:
    pid_file = tmp_path / "other.pid"
    pid_file.write_text(f"{os.getpid()} 1")  # our pid, but started at another time
    stop_leftover(pid_file)  # would end this test run if it trusted the pid alone
    assert not pid_file.exists()


def test_ports_that_are_taken_are_passed_over() -> None:
    port = free_port(0)
    assert 0 < port < 65536


def test_the_report_is_json(tmp_path: Path) -> None:
    write([Case("a.pdf", outcome="booked", erp_number="ERP-1")], tmp_path / "r.json")
    (case,) = json.loads((tmp_path / "r.json").read_text())
    assert (case["file"], case["outcome"], case["erp_number"]) == ("a.pdf", "booked", "ERP-1")
