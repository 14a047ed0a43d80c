"""Run Betsy's BPMN conformance tests: `python -m tests.conformance.betsy DIR`.

DIR holds `cases.json` and the models. Scripts are tokens that the worker below acts on; conditions
in other languages are translated to FEEL.
"""

import argparse
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from lxml import etree

from orchestrator import bpmn
from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from orchestrator.kernel.errors import InvalidModel
from orchestrator.kernel.xml import local, parse_xml
from tests.conformance.world import Instance, Worker, World

BPMN = "{http://www.omg.org/spec/BPMN/20100524/MODEL}"
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"
CONDITIONS = ("conditionExpression", "condition", "loopCondition", "completionCondition",
              "activationCondition", "loopCardinality")  # fmt: skip
WORK_SECONDS = 10.0
TEXT = "a text"


def translated(xml: bytes) -> bytes:
    """The model with its scripts as task types and its conditions in FEEL."""
    root = parse_xml(xml, "The model")
    for node in list(root.iter()):
        if local(node) == "script":
            _type(node)
        elif local(node) in CONDITIONS and node.text:
            node.text = condition(node.text)
    return etree.tostring(root)


def _type(script: etree._Element) -> None:
    task = script.getparent()
    if task is None:
        return
    holder = task.find(f"{BPMN}extensionElements")
    if holder is None:
        holder = etree.Element(f"{BPMN}extensionElements")
        task.insert(0, holder)
    etree.SubElement(holder, f"{ZEEBE}taskDefinition", type=(script.text or "").strip())
    task.remove(script)


def condition(text: str) -> str:
    text = re.sub(r"\$\{(.*?)\}", r"\1", text.strip())
    text = text.removesuffix(">")  # one model's slip of the pen, behind a complete condition
    text = re.sub(r'!\s*(\w+)\.contains\(("[^"]*")\)', r"not(contains(\1, \2))", text)
    return re.sub(r'(\w+)\.contains\(("[^"]*")\)', r"contains(\1, \2)", text)


class Case:
    """One case at work: its log, and what the scripts do."""

    def __init__(self, world: Callable[[Worker], Any]) -> None:
        self.log: list[str] = []
        self._marker = False
        self._spans: list[tuple[float, float]] = []
        self._world = world(self._work)

    def run(self, process_id: str, variables: Mapping[str, Any], *, parallel: bool) -> list[str]:
        self._world.start(process_id, variables)
        if parallel:
            self._world.start("ParallelProcess", variables)
        self._world.run()
        self._conclude()
        return sorted(self.log)

    def _conclude(self) -> None:
        if self._marker:
            self.log.append("MARKER_exists")
        for incident in self._world.incidents:
            thrown = incident.error_type == "UNHANDLED_ERROR_EVENT"
            self.log.append("ERROR_thrownErrorEvent" if thrown else "ERROR_runtime")
        for (begun, ended), (other_begun, other_ended) in zip(
            self._spans, self._spans[1:], strict=False
        ):
            if begun < other_ended and other_begun < ended:
                self.log.append("EXECUTION_parallel")

    def _work(self, instance: Instance, work: e.WorkCreated) -> c.Command:
        tokens = [token.strip() for token in work.type.split(",")]
        results: dict[str, Any] = {}
        seconds = 0.0
        for token in tokens:
            if token == "THROW_ERROR":
                return c.ThrowError(work.key, "ERR-1", "thrown by the script")
            seconds += self._token(instance, work, token, results)
        done = c.CompleteElement(work.key, results)
        if not seconds:
            return done
        self._world.later(seconds, lambda: self._world.do(instance, done))
        return c.SetVariables(work.key, {}, local=True)

    def _token(
        self, instance: Instance, work: e.WorkCreated, token: str, results: dict[str, Any]
    ) -> float:
        """Do what one token says; the seconds it takes."""
        if token == "WAIT_TEN_SECONDS":
            return WORK_SECONDS
        if token.startswith("CREATE_TIMESTAMP_LOG"):
            begun = self._world.now.timestamp()
            self._spans.append((begun, begun + WORK_SECONDS))
            return WORK_SECONDS
        if token.startswith("INCREMENT_INTEGER_VARIABLE"):
            results["integerVariable"] = work.payload["integerVariable"] + 1
            if token.endswith("_AND_LOG"):
                self.log.append("INCREMENT_correct")
        elif token == "SET_STRING_DATA":
            results[self._data(instance, work, "outputs")] = TEXT
        elif token == "LOG_DATA":
            if work.payload.get(self._data(instance, work, "inputs")) == TEXT:
                self.log.append("DATA_correct")
        elif token == "CREATE_MARKER_FILE":
            self._marker = True
        elif token != "CREATE_LOG_FILE":
            self.log.append(token)
        return 0.0

    def _data(self, instance: Instance, work: e.WorkCreated, direction: str) -> str:
        """The variable that stands for the model's data: mapped at the task, or of the process."""
        live = instance.state.get(work.key)
        assert live is not None
        element = instance.definition.element(live.element_id)
        if direction == "outputs" and element.outputs:
            source = element.outputs[0].source
            return source if isinstance(source, str) else source.text
        if direction == "inputs" and element.inputs:
            return element.inputs[0].target[0]
        return instance.definition.data[instance.definition.id][0]


def outcome(folder: Path, test: Mapping[str, Any], case: Mapping[str, Any]) -> list[str]:
    """The sorted log of one case."""
    file = folder / test["file"]
    variables = {**case["vars"], "testCaseNumber": case["number"]}
    try:
        processes = bpmn.parse(translated(file.read_bytes()))
        made = Case(lambda worker: World(processes, worker))
    except InvalidModel:
        return ["ERROR_deployment"]
    return made.run(file.stem, variables, parallel=case["parallelProcess"])


def matches(actual: list[str], expected: list[str]) -> bool:
    """`ERROR` stands for an error of either kind; a marker counts only where a case asks for it."""
    if "MARKER_exists" not in expected:
        actual = [token for token in actual if token != "MARKER_exists"]
    if "ERROR" in expected:
        return sorted(expected) in (
            sorted("ERROR" if t in ("ERROR_runtime", "ERROR_deployment") else t for t in actual),
        )
    return actual == sorted(expected)


def tests(folder: Path) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    return found


def run(folder: Path) -> dict[str, Any]:
    failed: list[dict[str, Any]] = []
    by_group: dict[str, Counter[str]] = defaultdict(Counter)
    cases = cases_passed = 0
    for test in tests(folder):
        name, group = Path(test["file"]).stem, by_group[test["group"]]
        outcomes = [(case, outcome(folder, test, case)) for case in test["cases"]]
        wrong = [(k, got) for k, got in outcomes if not matches(got, k["expected"])]
        cases += len(outcomes)
        cases_passed += len(outcomes) - len(wrong)
        group["total"] += 1
        group["passed"] += not wrong
        failed += [
            {"test": name, "case": k["number"], "expected": sorted(k["expected"]), "actual": got}
            for k, got in wrong
        ]
    return {
        "tests_total": sum(group["total"] for group in by_group.values()),
        "tests_passed": sum(group["passed"] for group in by_group.values()),
        "cases_total": cases,
        "cases_passed": cases_passed,
        "by_group": {group: dict(counts) for group, counts in by_group.items()},
        "failed": failed,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    json.dump(run(parser.parse_args().folder), sys.stdout, indent=2)
    print()


if __name__ == "__main__":
    main()
