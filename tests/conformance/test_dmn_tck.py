"""The DMN TCK, where it is at hand."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / os.environ.get("DESKHAND_SHARED", "../shared")
TCK = SHARED / "conformance" / "dmn-tck"
pytestmark = pytest.mark.skipif(not TCK.is_dir(), reason="the DMN TCK is not in DESKHAND_SHARED")


def score(level: int) -> dict[str, Any]:
    folder = TCK / f"compliance-level-{level}"
    command = [sys.executable, "-m", "tests.conformance.dmn_tck", str(folder)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    found: dict[str, Any] = json.loads(run.stdout)
    return found


def test_level_2_passes() -> None:
    found = score(2)
    assert found["passed"] == found["total"]


def test_level_3_passes_but_for_java_and_nanoseconds() -> None:
    found = score(3)
    assert found["non_null_passed"] >= 0.97 * found["non_null_total"]
