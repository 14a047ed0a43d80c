"""The BPMN conformance suites, where they are at hand."""

import os
from pathlib import Path

import pytest

from orchestrator.bpmn.rules import check
from orchestrator.kernel.xml import parse_xml
from tests.conformance import betsy, must_reject

ROOT = Path(__file__).resolve().parents[2]
SUITES = ROOT / os.environ.get("DESKHAND_SHARED", "../shared") / "conformance"
ARGUED = {
    "MultiInstance_NoneBehavior",
    "MultiInstance_OneBehavior",
    "MultiInstance_ComplexBehavior",
    "AdHocSubProcess_Sequential",
    "AdHocSubProcess_Parallel",
}
"""What README.md argues against the standard."""


def suite(name: str) -> Path:
    if not (SUITES / name).is_dir():
        pytest.skip(f"{name} is not in DESKHAND_SHARED")
    return SUITES / name


def test_all_of_betsy_passes_but_what_the_standard_contradicts() -> None:
    result = betsy.run(suite("betsy"))
    assert {failure["test"] for failure in result["failed"]} <= ARGUED


def test_invalid_models_are_refused() -> None:
    result = must_reject.run(suite("betsy-must-reject"))
    assert result["refused"] >= 0.95 * result["total"], result["accepted"]


@pytest.mark.parametrize("name", ["miwg-reference", "betsy"])
def test_valid_models_are_not_refused(name: str) -> None:
    for file in sorted(suite(name).rglob("*.bpmn")):
        assert check(parse_xml(file.read_bytes(), file.name)) == [], file.name
