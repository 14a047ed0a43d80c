"""Arithmetic."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from .rules import Breach, Case, Rule


def sum_of_parts(rule: Rule, case: Case) -> Iterator[Breach]:
    """The field is the sum of the fields in `parts`, within `tolerance`."""
    value = case.record.amount(rule.field)
    parts = [case.record.amount(name) for name in rule.parameters["parts"]]
    present = [part for part in parts if part is not None]
    if value is not None and len(present) == len(parts):
        yield from _compare(value, sum(present, Decimal(0)), rule)


def sum_of_lines(rule: Rule, case: Case) -> Iterator[Breach]:
    """The field is the sum of the lines; an invoice whose lines were not read passes."""
    value = case.record.amount(rule.field)
    if value is not None and case.record.line_amounts:
        yield from _compare(value, sum(case.record.line_amounts, Decimal(0)), rule)


def _compare(value: Decimal, expected: Decimal, rule: Rule) -> Iterator[Breach]:
    if abs(value - expected) > Decimal(str(rule.parameters.get("tolerance", "0"))):
        yield {"value": value, "expected": expected}
