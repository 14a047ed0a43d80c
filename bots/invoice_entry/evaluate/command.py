"""The command line: read a folder with all cores, show the score."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

from . import pictures, remembering
from .comparing import Outcome, compare, look
from .score import score


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit code 0, also when errors were found: that is what it is for; 2 without a truth."""
    options = _parser().parse_args(arguments)
    truth_file = options.folder / "truth.json"
    if not truth_file.is_file():
        sys.stderr.write(f"{truth_file} is missing; DIR needs pdf/ and truth.json.\n")
        return 2
    truths = json.loads(truth_file.read_text(encoding="utf-8"))
    began = time.perf_counter()
    way = with_memory if options.memory else evaluate
    outcomes = way(options.folder, truths, use_xml=not options.strip_xml)
    found = score(outcomes, time.perf_counter() - began)
    if options.memory:
        found["learning_curve"] = remembering.curve(outcomes)
        found["after_two"] = remembering.after(outcomes, 2)
    if options.json:
        text = json.dumps(found, ensure_ascii=False, indent=2)
        options.json.write_text(text + "\n", encoding="utf-8")
    if options.pictures:
        options.pictures.write_text(pictures.page(options.folder, outcomes), encoding="utf-8")
    sys.stdout.write(_table(found) + "\n")
    return 0


def evaluate(folder: Path, truths: Sequence[Mapping[str, Any]], *, use_xml: bool) -> list[Outcome]:
    """Read each file that `truths` name, in their order."""
    work = partial(compare, folder, use_xml=use_xml)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        outcomes = []
        for outcome in pool.map(work, truths, chunksize=4):
            outcomes.append(outcome)
            _progress(len(outcomes), len(truths))
        return outcomes


def with_memory(
    folder: Path, truths: Sequence[Mapping[str, Any]], *, use_xml: bool
) -> list[Outcome]:
    """Read the same files one after another, each with what those before it have taught."""
    office = remembering.Office()
    work = partial(look, folder, use_xml=use_xml)
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        outcomes = []
        for truth, seen in zip(truths, pool.map(work, truths, chunksize=4), strict=True):
            outcomes.append(seen if isinstance(seen, Outcome) else office.take(truth, *seen))
            _progress(len(outcomes), len(truths))
        return outcomes


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty():
        sys.stderr.write(f"\r{done} of {total} read" + ("\n" if done == total else ""))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bots.invoice_entry.evaluate",
        description="Read DIR/pdf/*.pdf and compare each field with DIR/truth.json.",
    )
    parser.add_argument("folder", type=Path, metavar="DIR")
    parser.add_argument("--strip-xml", action="store_true", help="ignore embedded XML")
    parser.add_argument(
        "--memory", action="store_true", help="read in order, learning from each; show the curve"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the whole score there")
    parser.add_argument(
        "--pictures", type=Path, metavar="FILE.html", help="show every wrong field on its page"
    )
    return parser


def _curve(found: Mapping[str, Any]) -> Iterator[str]:
    for point in [*found["learning_curve"], {"seen": "2+", **found["after_two"]}]:
        yield (
            f"{point['seen']:>2} invoices of the vendor before: straight-through"
            f" {point['straight_through']} of {point['invoices']} ({point['rate']:.1%}),"
            f" {point['undetected_fields']} undetected"
        )


def _table(found: Mapping[str, Any]) -> str:
    lines = [f"{'field':<14}{'right':>7}{'wrong':>7}{'missing':>9}"]
    for name, counts in found["fields"].items():
        lines.append(f"{name:<14}{counts['right']:>7}{counts['wrong']:>7}{counts['missing']:>9}")
    macro, line = found["macro_average"], found["lines"]
    lines += [
        f"straight-through {found['straight_through']} of {found['invoices']}"
        f" ({found['straight_through_rate']:.1%}; by family {macro['straight_through']:.1%})",
        f"undetected {found['undetected_fields']} of {found['key_fields']} key fields"
        f" (at most {found['upper_bound_fields']:.3%}, 95 %),"
        f" {found['undetected_invoices']} invoices (at most {found['upper_bound_invoices']:.2%})",
        f"lines {line['complete']} of {line['invoices']} complete,"
        f" {line['asked_about']} asked about",
        f"Brier score {found['calibration']['brier']}, {found['pages_per_second']} pages/s,"
        f" {len(found['refused'])} refused, {len(found['crashed'])} crashed",
        *found["undetected"],
        *(_curve(found) if "learning_curve" in found else ()),
    ]
    return "\n".join(lines)
