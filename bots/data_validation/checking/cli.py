"""The command line: check one read invoice."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from robocorp.workitems import ApplicationException, BusinessException

from .engine import check_payload


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0 when the invoice is valid, 2 when it has errors, 1 when it was not checked."""
    parser = argparse.ArgumentParser(prog="data_validation", description=__doc__)
    parser.add_argument("file", type=Path, help="JSON as `invoice_entry extract` prints it")
    options = parser.parse_args(arguments)
    invoice = json.loads(options.file.read_text(encoding="utf-8"))
    try:
        result = check_payload({"invoice": invoice})
    except (ApplicationException, BusinessException) as refusal:
        sys.stderr.write(f"{refusal.code}: {refusal.message}\n")
        return 1
    sys.stdout.write(json.dumps(result, ensure_ascii=False, indent=2) + "\n")
    return 0 if result["valid"] else 2
