"""Invoices of styles that nobody tuned for: asked about, or right."""

import json
from pathlib import Path

from bots.invoice_entry.evaluate.command import main
from samples.generator.__main__ import make

COUNT = 40


def test_unseen_styles_hold_no_undetected_error(tmp_path: Path) -> None:
    (tmp_path / "pdf").mkdir()
    truths = [make(tmp_path, "test", seed=5, vendors=0, number=number) for number in range(COUNT)]
    (tmp_path / "truth.json").write_text(json.dumps(truths), encoding="utf-8")
    written = tmp_path / "score.json"
    main([str(tmp_path), "--json", str(written)])
    score = json.loads(written.read_text(encoding="utf-8"))
    assert score["undetected"] == []
    assert score["crashed"] == {}
    assert score["straight_through"] >= 0.6 * COUNT


def test_the_same_seed_gives_the_same_invoice(tmp_path: Path) -> None:
    (tmp_path / "pdf").mkdir()
    first, again, other = (make(tmp_path, "dev", seed, 0, 3) for seed in (1, 1, 2))
    assert first == again
    assert first["fields"] != other["fields"]
