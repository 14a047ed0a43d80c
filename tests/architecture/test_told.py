"""What bots and the server say in English, the console can say in Chinese too."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import yaml

from bots.invoice_entry.reading.wording import PHRASES

ROOT = Path(__file__).resolve().parents[2]
TOLD: Mapping[str, str] = json.loads(
    (ROOT / "orchestrator/console/src/i18n/told.zh.json").read_text(encoding="utf-8")
)


def holes(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def assert_told(by: str, said: Mapping[str, str]) -> None:
    """Each is told, and by the same values."""
    told = {key: text for key, text in TOLD.items() if key.startswith(f"{by}.")}
    wanted = {f"{by}.{key}": holes(text) for key, text in said.items()}
    assert {key: holes(text) for key, text in told.items()} == wanted


def test_every_phrase_of_the_reader_is_told() -> None:
    assert_told("reader", PHRASES)


def test_every_rule_over_invoices_is_told() -> None:
    file = ROOT / "bots/data_validation/rules.yaml"
    rules = yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]
    assert_told("rule", {rule["id"]: rule["message"] for rule in rules})


def test_every_problem_of_the_server_is_told() -> None:
    table = (ROOT / "docs/errors.md").read_text(encoding="utf-8").partition("\n## ")[0]
    codes = {
        code
        for line in table.splitlines()
        if line.startswith("| `")
        for code in re.findall(r"`([a-z_.]+)`", line.split("|")[1])
    }
    untold = {"request.refused", "unsupported_grant_type"}  # never answered to a browser
    assert {key.removeprefix("problem.") for key in TOLD if key.startswith("problem.")} == (
        codes - untold
    )


def test_every_problem_of_an_agent_is_told() -> None:
    source = (ROOT / "agent/robot_yaml.py").read_text(encoding="utf-8")
    codes = set(re.findall(r'"(robot\.(?!yaml)[a-z]+)"', source))
    assert {f"agent.{code}" for code in codes} == {k for k in TOLD if k.startswith("agent.")}
