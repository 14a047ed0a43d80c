"""FEEL against feelin (JavaScript) and pySFeel (Python): the same 50 expressions, on which all
three agree, evaluated over and over.

The figure that counts has every number and text of an expression handed in as a variable, for all
three, so that nothing can be known beforehand. Beside it stand the expressions as they are written,
which ours folds to their values when it compiles them.

feelin and pySFeel are given the text each time, as their interface has it; ours is compiled once,
as an engine does with the texts of a model, and is also shown with every text parsed anew.
"""

import json
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from orchestrator import feel
from orchestrator.feel.tokens import tokenize

HERE = Path(__file__).parent
EXPRESSIONS = HERE / "feel_expressions.txt"
FEELIN = HERE / "feelin"
SECONDS = 2.0
FEELIN_TARGET, PYSFEEL_TARGET = 1.0, 100.0


@dataclass
class Case:
    """Expressions and the variables that they read, as FEEL literals by name."""

    texts: list[str]
    literals: dict[str, str] = field(default_factory=dict)

    def variables(self) -> dict[str, object]:
        return {name: feel.parse(text).evaluate({}).value for name, text in self.literals.items()}


def lifted(texts: Sequence[str]) -> Case:
    """The same expressions with a variable in the place of every number and text. A pattern stays:
    pySFeel takes none from a variable."""
    case = Case([])
    for text in texts:
        made, end = "", 0
        patterns = text.startswith(("matches(", "replace("))
        for token in tokenize(text):
            if token.kind in ("number", "string") and not (patterns and end):
                name = f"v{len(case.literals) + 1}"
                case.literals[name] = token.text
                made += text[end : token.position] + name
                end = token.position + len(token.text)
        case.texts.append(made + text[end:])
    return case


def rounds(one: Callable[[], object]) -> float:
    """How often per second `one` is done."""
    one()
    begun, done = time.perf_counter(), 0
    while (spent := time.perf_counter() - begun) < SECONDS:
        one()
        done += 1
    return done / spent


def compiled(case: Case) -> float:
    expressions, context = [feel.parse(text) for text in case.texts], case.variables()
    return rounds(lambda: [expression.evaluate(context) for expression in expressions])


def parsed_anew(case: Case) -> float:
    """Blanks at the end make each text one that the parser has not seen."""
    number, context = 0, case.variables()

    def one() -> None:
        nonlocal number
        number += 1
        for text in case.texts:
            feel.parse(text + " " * number).evaluate(context)

    return rounds(one)


def feelin(case: Case) -> tuple[list[Any], float]:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    if not (FEELIN / "node_modules").exists():
        install = ["npm", "ci", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(install, cwd=FEELIN, env=environment, check=True)
    given = {"texts": case.texts, "context": feel.to_json(case.variables()), "seconds": SECONDS}
    ran = subprocess.run(
        ["node", "evaluate.mjs"],
        cwd=FEELIN,
        env=environment,
        check=True,
        capture_output=True,
        input=json.dumps(given).encode(),
    )
    answer = json.loads(ran.stdout)
    return answer["values"], answer["rounds"]


def pysfeel(case: Case) -> tuple[list[Any], float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pySFeel import SFeelParser
    parser = SFeelParser()
    for name, text in case.literals.items():
        parser.sFeelParse(f"{name} <- {text}")
    values = [parser.sFeelParse(text)[1] for text in case.texts]
    return values, rounds(lambda: [parser.sFeelParse(text) for text in case.texts])


def main() -> None:
    written = Case(EXPRESSIONS.read_text("utf-8").splitlines())
    measure(lifted(written.texts), "operands as variables", with_target=True)
    measure(written, "as written: ours folds the constants", with_target=False)


def measure(case: Case, title: str, *, with_target: bool) -> None:
    context = case.variables()
    ours = [feel.to_json(feel.parse(text).evaluate(context).value) for text in case.texts]
    theirs, script = feelin(case)
    other, python = pysfeel(case)
    for text, *values in zip(case.texts, ours, theirs, other, strict=True):
        if not values[0] == values[1] == values[2]:
            raise AssertionError(f"they do not agree on {text}: {values}")
    rates = {
        "ours, compiled once": compiled(case),
        "ours, parsed anew each time": parsed_anew(case),
        "feelin (text each time)": script,
        "pySFeel (text each time)": python,
    }
    report(f"FEEL, {len(case.texts)} expressions, {title}", len(case.texts), rates)
    if with_target:
        judge(rates["ours, compiled once"], script, python)


def report(title: str, count: int, rates: Mapping[str, float]) -> None:
    *_, script, python = rates.values()
    print(f"{title}: evaluations/s")  # noqa: T201
    for name, rate in rates.items():
        print(  # noqa: T201
            f"  {name:<30} {count * rate:>12,.0f}   {rate / script:>7.2f} x feelin"
            f"   {rate / python:>9.1f} x pySFeel"
        )


def judge(ours: float, script: float, python: float) -> None:
    reached = ours >= FEELIN_TARGET * script and ours >= PYSFEEL_TARGET * python
    print(  # noqa: T201
        f"  target {FEELIN_TARGET:.0f} x feelin, {PYSFEEL_TARGET:.0f} x pySFeel:"
        f" {'reached' if reached else 'NOT reached'}"
    )
