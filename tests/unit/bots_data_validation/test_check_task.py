"""The check task answers every work item with findings and a verdict."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from robocorp.workitems import BusinessException

from bots.data_validation.checking.cli import main
from bots.data_validation.checking.engine import REFERENCE_VARIABLE, check_payload

BOT = Path(__file__).resolve().parents[3] / "bots" / "data_validation"


def test_the_robot_runs_alone_on_a_file_of_work_items(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "RC_WORKITEM_ADAPTER": "FileAdapter",
        "RC_WORKITEM_INPUT_PATH": "devdata/work-items.json",
        "RC_WORKITEM_OUTPUT_PATH": str(tmp_path / "items.json"),
        REFERENCE_VARIABLE: "devdata/reference",
    }
    command = [sys.executable, "-m", "robocorp.tasks", "run", "tasks.py", "-t", "check"]
    subprocess.run([*command, "-o", str(tmp_path)], cwd=BOT, env=environment, check=True)
    (item,) = json.loads((tmp_path / "items.json").read_text(encoding="utf-8"))
    assert item["payload"]["valid"] in (True, False)
    assert all(finding["severity"] != "error" for finding in item["payload"]["findings"])


def test_an_error_makes_the_invoice_invalid_and_a_warning_does_not(
    invoice: Callable[..., dict[str, Any]],
    reference_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(REFERENCE_VARIABLE, str(reference_folder))
    old = check_payload({"invoice": invoice(issue_date="2020-01-01", due_date=None)})
    assert [finding["severity"] for finding in old["findings"]] == ["warning"]
    assert old["valid"] is True
    wrong = check_payload({"invoice": invoice(gross="1.00")})
    assert wrong["valid"] is False
    assert wrong["findings"][0]["field"] == "gross"


def test_a_payload_without_an_invoice_is_refused(
    reference_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(REFERENCE_VARIABLE, str(reference_folder))
    for payload in (None, {}, {"invoice": "R-17"}):
        with pytest.raises(BusinessException) as refusal:
            check_payload(payload)
        assert refusal.value.code == "invoice.missing"


def test_the_command_line_tells_by_its_exit_code(
    invoice: Callable[..., dict[str, Any]],
    reference_folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv(REFERENCE_VARIABLE, str(reference_folder))
    path = tmp_path / "invoice.json"
    path.write_text(json.dumps(invoice()), encoding="utf-8")
    assert main([str(path)]) == 0
    path.write_text(json.dumps(invoice(seller=None, seller_vat=None)), encoding="utf-8")
    assert main([str(path)]) == 2
    monkeypatch.setenv(REFERENCE_VARIABLE, str(tmp_path / "nowhere"))
    assert main([str(path)]) == 1
