"""The command line: read one file."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from robocorp.workitems import BusinessException

from .reader import read


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0; 1 when the file was refused, with the reason on stderr."""
    options = _parser().parse_args(arguments)
    try:
        return _extract(options)
    except BusinessException as refusal:
        sys.stderr.write(f"{refusal.code}: {refusal.message}\n")
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="invoice_entry", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    extract = commands.add_parser(
        "extract", help="print the fields as JSON; a list where there are several"
    )
    extract.add_argument("file", type=Path)
    extract.add_argument("--strip-xml", action="store_true", help="ignore embedded XML")
    return parser


def _extract(options: argparse.Namespace) -> int:
    use_xml = not options.strip_xml
    first = read(options.file, use_xml=use_xml)
    each = [read(options.file, use_xml=use_xml, part=part) for part in first.parts] or [first]
    found = [invoice.as_json() for invoice in each]
    _print(json.dumps(found if len(found) > 1 else found[0], ensure_ascii=False, indent=2))
    return 0


def _print(text: str) -> None:
    sys.stdout.write(text + "\n")
