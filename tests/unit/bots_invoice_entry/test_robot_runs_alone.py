"""The robot runs from its own folder, on a file of work items, and from the repository's root."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BOT = ROOT / "bots" / "invoice_entry"


def run_task(task: str, items: str, output: Path) -> list[dict[str, object]]:
    environment = {
        **os.environ,
        "RC_WORKITEM_ADAPTER": "FileAdapter",
        "RC_WORKITEM_INPUT_PATH": f"devdata/{items}",
        "RC_WORKITEM_OUTPUT_PATH": str(output / "items.json"),
    }
    command = [sys.executable, "-m", "robocorp.tasks", "run", "tasks.py", "-t", task]
    subprocess.run([*command, "-o", str(output)], cwd=BOT, env=environment, check=True)
    return list(json.loads((output / "items.json").read_text(encoding="utf-8")))


def test_the_read_task_turns_a_document_into_an_invoice(tmp_path: Path) -> None:
    (item,) = run_task("read", "work-items.json", tmp_path)
    payload = item["payload"]
    assert isinstance(payload, dict)
    assert payload["trusted"] is True
    values = {name: field["value"] for name, field in payload["invoice"]["fields"].items()}
    assert values["number"] == "NW-2026-0417"
    assert values["po_number"] == "PO-4500017"
    assert values["seller"] == "Northwind Office Supplies Ltd"
    assert len(payload["invoice"]["lines"]) == 2


def test_the_batch_task_answers_each_row_and_one_result_file(tmp_path: Path) -> None:
    first, second = run_task("read_batch", "batch-work-items.json", tmp_path)
    assert isinstance(first["payload"], dict)
    assert isinstance(second["payload"], dict)
    assert (first["payload"]["trusted"], second["payload"]["trusted"]) == (True, False)
    assert first["files"] == {"result-batch.xlsx": "result-batch.xlsx"}
    assert second["files"] == {}


def test_the_command_line_prints_the_fields(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "bots.invoice_entry", "extract"]
    done = subprocess.run(
        [*command, str(BOT / "devdata" / "invoice.pdf")], cwd=ROOT, check=True, capture_output=True
    )
    assert json.loads(done.stdout)["fields"]["gross"]["value"] == "1008.00"
    (tmp_path / "x.pdf").write_text("no")
    refused = subprocess.run(
        [*command, str(tmp_path / "x.pdf")], cwd=ROOT, check=False, capture_output=True
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith(b"document.not_pdf: ")
