"""Every case of the DMN TCK's compliance level 2 holds."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHARED = ROOT / os.environ.get("DESKHAND_SHARED", "../shared")
LEVEL_2 = SHARED / "conformance" / "dmn-tck" / "compliance-level-2"


@pytest.mark.skipif(not LEVEL_2.is_dir(), reason="the DMN TCK is not in DESKHAND_SHARED")
def test_level_2_passes() -> None:
    command = [sys.executable, "-m", "tests.conformance.dmn_tck", str(LEVEL_2), "--failures"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout
