"""FEEL against feelin (JavaScript) and pySFeel (Python): the same 50 expressions, on which all
three agree, evaluated over and over.

feelin and pySFeel are given the text each time, as their interface has it; ours is compiled once,
as an engine does with the texts of a model, and is also shown with every text parsed anew.
"""

import json
import os
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from orchestrator import feel

HERE = Path(__file__).parent
EXPRESSIONS = HERE / "feel_expressions.txt"
FEELIN = HERE / "feelin"
SECONDS = 2.0
FEELIN_TARGET, PYSFEEL_TARGET = 1.0, 100.0


def rounds(one: Callable[[], object]) -> float:
    """How often per second `one` is done."""
    one()
    begun, done = time.perf_counter(), 0
    while (spent := time.perf_counter() - begun) < SECONDS:
        one()
        done += 1
    return done / spent


def compiled(texts: Sequence[str]) -> float:
    expressions = [feel.parse(text) for text in texts]
    return rounds(lambda: [expression.evaluate({}) for expression in expressions])


def parsed_anew(texts: Sequence[str]) -> float:
    """Blanks at the end make each text one that the parser has not seen."""
    number = 0

    def one() -> None:
        nonlocal number
        number += 1
        for text in texts:
            feel.parse(text + " " * number).evaluate({})

    return rounds(one)


def feelin() -> tuple[list[Any], float]:
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}
    if not (FEELIN / "node_modules").exists():
        install = ["npm", "ci", "--no-audit", "--no-fund", "--silent"]
        subprocess.run(install, cwd=FEELIN, env=environment, check=True)
    command = ["node", "evaluate.mjs", str(EXPRESSIONS), str(SECONDS)]
    ran = subprocess.run(command, cwd=FEELIN, env=environment, check=True, capture_output=True)
    answer = json.loads(ran.stdout)
    return answer["values"], answer["rounds"]


def pysfeel(texts: Sequence[str]) -> tuple[list[Any], float]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pySFeel import SFeelParser
    parser = SFeelParser()
    values = [parser.sFeelParse(text)[1] for text in texts]
    return values, rounds(lambda: [parser.sFeelParse(text) for text in texts])


def main() -> None:
    texts = EXPRESSIONS.read_text("utf-8").splitlines()
    ours = [feel.to_json(feel.parse(text).evaluate({}).value) for text in texts]
    theirs, script = feelin()
    other, python = pysfeel(texts)
    for text, *values in zip(texts, ours, theirs, other, strict=True):
        if not values[0] == values[1] == values[2]:
            raise AssertionError(f"they do not agree on {text}: {values}")
    report(len(texts), compiled(texts), parsed_anew(texts), script, python)


def report(count: int, ours: float, anew: float, script: float, python: float) -> None:
    print(f"FEEL: {count} expressions, evaluations/s")  # noqa: T201
    for name, rate in (
        ("ours, compiled once", ours),
        ("ours, parsed anew each time", anew),
        ("feelin (text each time)", script),
        ("pySFeel (text each time)", python),
    ):
        print(  # noqa: T201
            f"  {name:<30} {count * rate:>12,.0f}   {rate / script:>7.2f} x feelin"
            f"   {rate / python:>9.1f} x pySFeel"
        )
    reached = ours >= FEELIN_TARGET * script and ours >= PYSFEEL_TARGET * python
    print(  # noqa: T201
        f"  target {FEELIN_TARGET:.0f} x feelin, {PYSFEEL_TARGET:.0f} x pySFeel:"
        f" {'reached' if reached else 'NOT reached'}"
    )
