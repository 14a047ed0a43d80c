"""The command line: read one file, or measure a folder."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from robocorp.workitems import BusinessException

from .evaluate import Score, evaluate
from .reader import read


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0; 1 when the file was refused, with the reason on stderr."""
    options = _parser().parse_args(arguments)
    try:
        return _extract(options) if options.command == "extract" else _evaluate(options)
    except BusinessException as refusal:
        sys.stderr.write(f"{refusal.code}: {refusal.message}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="invoice_entry", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    extract = commands.add_parser("extract", help="print the fields of one PDF as JSON")
    extract.add_argument("file", type=Path)
    measure = commands.add_parser("evaluate", help="compare DIR/pdf with DIR/truth.json")
    measure.add_argument("folder", type=Path)
    measure.add_argument("--json", type=Path, help="write the whole score to this file")
    for command in (extract, measure):
        command.add_argument("--strip-xml", action="store_true", help="ignore embedded XML")
    return parser


def _extract(options: argparse.Namespace) -> int:
    invoice = read(options.file, use_xml=not options.strip_xml)
    _print(json.dumps(invoice.as_json(), ensure_ascii=False, indent=2))
    return 0


def _evaluate(options: argparse.Namespace) -> int:
    score = evaluate(options.folder, use_xml=not options.strip_xml)
    if options.json:
        text = json.dumps(score.as_json(), ensure_ascii=False, indent=2)
        options.json.write_text(text + "\n", encoding="utf-8")
    _print(_table(score))
    return 0


def _table(score: Score) -> str:
    lines = [f"{'field':<14}{'right':>7}{'wrong':>7}{'missing':>9}"]
    for name, counts in score.per_field.items():
        lines.append(f"{name:<14}{counts['right']:>7}{counts['wrong']:>7}{counts['missing']:>9}")
    share = score.straight_through / max(score.files, 1)
    lines.append(f"straight-through {score.straight_through} of {score.files} ({share:.1%})")
    lines.append(f"undetected errors {len(score.undetected)}, refused {len(score.refused)}")
    return "\n".join(lines)


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
