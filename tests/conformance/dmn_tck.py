"""Run the DMN TCK: `python -m tests.conformance.dmn_tck DIR [--failures]`; prints JSON.

DIR is a compliance level or any folder above the test cases. Assertions that expect null are
reported apart, since an engine that always answers null passes those.
"""

import argparse
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from lxml import etree

from orchestrator import dmn, feel
from orchestrator.kernel.errors import DeskhandError
from orchestrator.kernel.xml import local, parse_xml

TOLERANCE = Decimal("1e-8")
NIL = "{http://www.w3.org/2001/XMLSchema-instance}nil"
TYPE = "{http://www.w3.org/2001/XMLSchema-instance}type"
TEMPORAL = {
    "date": "date", "time": "time", "dateTime": "date and time",
    "duration": "duration", "dayTimeDuration": "duration", "yearMonthDuration": "duration",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Assertion:
    directory: str
    case: str
    expected: object
    actual: object

    @property
    def passed(self) -> bool:
        return same(self.expected, self.actual)


def children(element: etree._Element, *names: str) -> list[etree._Element]:
    return [c for c in element if local(c) in names]


def value_of(element: etree._Element) -> object:
    """The value an input, an expectation, a component or an item holds."""
    parts = children(element, "component")
    if parts:
        return {p.get("name", ""): value_of(p) for p in parts}
    for child in children(element, "list"):
        return [value_of(i) for i in children(child, "item")]
    for child in children(element, "value"):
        return simple(child)
    return None


def simple(element: etree._Element) -> object:
    if element.get(NIL) == "true":
        return None
    kind, text = (element.get(TYPE) or "string").rpartition(":")[2], element.text or ""
    if kind in ("decimal", "double", "integer", "int", "float"):
        return Decimal(text.strip())
    if kind == "boolean":
        return text.strip() == "true"
    if kind in TEMPORAL:
        return feel.parse(f"{TEMPORAL[kind]}(text)").evaluate({"text": text.strip()}).value
    return text


def same(expected: object, actual: object) -> bool:
    if isinstance(expected, Decimal) and isinstance(actual, Decimal):
        return abs(expected - actual) <= TOLERANCE
    if isinstance(expected, list) and isinstance(actual, list):
        return len(expected) == len(actual) and all(map(same, expected, actual))
    if isinstance(expected, dict) and isinstance(actual, dict):
        return expected.keys() == actual.keys() and all(
            same(v, actual[k]) for k, v in expected.items()
        )
    return type(expected) is type(actual) and expected == actual


def inputs(case: etree._Element) -> dict[str, object]:
    return {n.get("name", ""): value_of(n) for n in children(case, "inputNode")}


def assertions(file: Path) -> Iterator[Assertion]:
    root = parse_xml(file.read_bytes(), file.name)
    definitions = _definitions(file, root)
    for case in children(root, "testCase"):
        context = inputs(case)
        for node in children(case, "resultNode"):
            name = case.get("invocableName") or node.get("name") or ""
            expected = value_of(children(node, "expected")[0]) if len(node) else None
            label = f"{file.stem} {case.get('id')} {name}"
            actual = answer(definitions, name, context) if definitions else "no model"
            if name != node.get("name") and isinstance(actual, dict):  # a service's several outputs
                actual = actual.get(node.get("name"))
            yield Assertion(file.parent.name, label, expected, actual)


def _definitions(file: Path, root: etree._Element) -> dmn.Definitions | None:
    """The model of a file of test cases; None when it is refused."""
    model = file.parent / (children(root, "modelName")[0].text or "").strip()
    library = [f.read_bytes() for f in sorted(file.parent.glob("*.dmn")) if f != model]
    try:
        return dmn.read(model.read_bytes(), library)[0]
    except DeskhandError:
        return None


def answer(definitions: dmn.Definitions, name: str, context: Mapping[str, object]) -> object:
    """What the engine says of a decision or decision service; text of an error if it refuses."""
    keys = [d.id for d in definitions.decisions.values() if d.name == name]
    try:
        if keys:
            return dmn.evaluate(definitions, keys[0], context).value
        return dmn.invoke(definitions, name, context).value
    except DeskhandError as error:
        return f"{type(error).__name__}: {error}"


def report(found: list[Assertion]) -> dict[str, object]:
    by_directory = {d: [a for a in found if a.directory == d] for d in _directories(found)}
    shares = [sum(a.passed for a in own) / len(own) for own in by_directory.values()]
    solid = [a for a in found if a.expected is not None]
    return {
        "total": len(found),
        "passed": sum(a.passed for a in found),
        "non_null_total": len(solid),
        "non_null_passed": sum(a.passed for a in solid),
        "macro_average": round(sum(shares) / len(shares), 4) if shares else 0.0,
        "by_directory": {
            name: {"total": len(own), "passed": sum(a.passed for a in own)}
            for name, own in by_directory.items()
        },
    }


def _directories(found: list[Assertion]) -> list[str]:
    return sorted({a.directory for a in found})


def main() -> int:
    """0 when every assertion holds, else 1."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("directory", type=Path)
    parser.add_argument(
        "--failures", action="store_true", help="show each failing assertion, on stderr"
    )
    options = parser.parse_args()
    found = [a for f in sorted(options.directory.rglob("*.xml")) for a in assertions(f)]
    if not found:
        parser.error(f"no test cases below {options.directory}")
    if options.failures:
        for a in (a for a in found if not a.passed):
            words = f"{a.directory}: {a.case}: expected {a.expected!r}, got {a.actual!r}"
            print(words, file=sys.stderr)
    json.dump(report(found), sys.stdout, indent=2)
    print()
    return 0 if all(a.passed for a in found) else 1


if __name__ == "__main__":
    sys.exit(main())
