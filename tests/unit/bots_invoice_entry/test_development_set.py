"""On real-format invoices, no wrong value of a trusted reading goes unnoticed."""

import json
from pathlib import Path

import pytest

from bots.invoice_entry.evaluate.bounds import upper_bound
from bots.invoice_entry.evaluate.command import main


@pytest.mark.parametrize("strip", [[], ["--strip-xml"]])
def test_no_error_passes_undetected(
    strip: list[str], development_invoices: Path, tmp_path: Path
) -> None:
    truth = json.loads((development_invoices / "truth.json").read_text(encoding="utf-8"))
    (tmp_path / "truth.json").write_text(json.dumps(truth[::20]), encoding="utf-8")
    (tmp_path / "pdf").symlink_to(development_invoices / "pdf")
    written = tmp_path / "score.json"
    assert main([str(tmp_path), "--json", str(written), *strip]) == 0
    score = json.loads(written.read_text(encoding="utf-8"))
    assert score["undetected"] == []
    assert score["refused"] == score["crashed"] == {}
    assert score["straight_through"] >= score["invoices"] / 2


def test_the_bound_is_the_exact_one() -> None:
    assert upper_bound(0, 3000) == pytest.approx(1 - 0.05 ** (1 / 3000))
    assert upper_bound(2, 50) == pytest.approx(0.1206, abs=1e-4)  # a table's value
    assert upper_bound(0, 0) == 1.0


def test_a_file_that_cannot_be_read_is_counted_as_asked_about(tmp_path: Path) -> None:
    (tmp_path / "pdf").mkdir()
    (tmp_path / "pdf" / "a.pdf").write_bytes(b"no pdf at all")
    truth = [{"file": "a.pdf", "family": "x", "pages": 1, "fields": {"number": "1"}}]
    (tmp_path / "truth.json").write_text(json.dumps(truth), encoding="utf-8")
    pictures, written = tmp_path / "wrong.html", tmp_path / "score.json"
    arguments = [str(tmp_path), "--json", str(written), "--pictures", str(pictures)]
    assert main(arguments) == 0
    score = json.loads(written.read_text(encoding="utf-8"))
    assert (score["invoices"], score["straight_through"]) == (1, 0)
    assert score["refused"] == {"a.pdf": "document.not_pdf"}
    assert "No field was read wrong" in pictures.read_text(encoding="utf-8")
