"""What bots and the server say in English, the console can say in Chinese too."""

import ast
import json
import re
from collections.abc import Mapping
from pathlib import Path

import yaml
from lxml import etree

from bots.invoice_entry.reading.wording import PHRASES
from tests.architecture.sentences import HOLE, spoken, spoken_in

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


def test_sentences_are_found_however_they_are_said() -> None:
    source = """
class Away(Exception):
    pass

def _why(n):
    return f"{n} is odd"

def refuse(message):
    raise Away(message)

def act(n, frame):
    refuse("handed on")
    words = "one" if n else "other"
    raise Away(f"{n} is {words}", code="not.said")
    warn(frame, _why(n))
    Result(failure="kept for later")
    print("not said")
"""
    assert spoken_in({"a.py": ast.parse(source)}).keys() == {
        "handed on",
        "{} is {}",
        "one",
        "other",
        "{} is odd",
        "kept for later",
    }


def tasks_of_flows() -> dict[str, str]:
    """What people are asked for by the flows that come with Deskhand."""
    tag = "{http://www.omg.org/spec/BPMN/20100524/MODEL}userTask"
    return {
        str(task.get("name")): file.name
        for file in (ROOT / "flows").rglob("*.bpmn")
        for task in etree.parse(file).iter(tag)
    }


def test_every_sentence_in_the_sources_is_told() -> None:
    """Of the server, agents and bots: errors, findings, warnings, incidents, exceptions."""
    folder = ROOT / "orchestrator/console/src/i18n/sentences"
    told = {
        said
        for file in folder.glob("*.zh.json")
        for said in json.loads(file.read_text(encoding="utf-8"))
    }
    said = spoken() | tasks_of_flows()
    untold = {
        text: place
        for text, place in said.items()
        if re.search(r"[^\W\d_]", text.replace(HOLE, "")) and text not in told
    }
    assert not untold, f"say these in Chinese in {folder}"
    assert told - said.keys() == set(), "nobody says these any more"
