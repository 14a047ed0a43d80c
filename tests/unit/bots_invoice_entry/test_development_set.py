"""On real-format invoices, no wrong value of a trusted reading goes unnoticed."""

import json
from pathlib import Path

import pytest

from bots.invoice_entry.reading.evaluate import evaluate


@pytest.mark.parametrize("use_xml", [True, False])
def test_no_error_passes_undetected(
    use_xml: bool, development_invoices: Path, tmp_path: Path
) -> None:
    truth = json.loads((development_invoices / "truth.json").read_text(encoding="utf-8"))
    (tmp_path / "truth.json").write_text(json.dumps(truth[::20]), encoding="utf-8")
    (tmp_path / "pdf").symlink_to(development_invoices / "pdf")
    score = evaluate(tmp_path, use_xml=use_xml)
    assert score.undetected == []
    assert score.refused == []
    assert score.straight_through >= score.files / 2
