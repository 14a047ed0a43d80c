"""Decision tables: which rules match, and what the hit policy makes of them (DMN 1.5, 8.2.10)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import islice

from orchestrator.dmn.rule_index import RuleIndex
from orchestrator.feel import Expression, Result, UnaryTests
from orchestrator.feel import parse as feel

Warnings = list[str]
_WANTED = {"F": 1}
"""How many of the rules that match are wanted, where not all are."""


@dataclass(frozen=True, slots=True)
class Input:
    id: str
    label: str
    expression: Expression
    allowed: UnaryTests | None = None


@dataclass(frozen=True, slots=True)
class Output:
    id: str
    name: str
    values: Expression | None = None  # a list, in order of priority (hit policies P and O)
    default: Expression | None = None  # when no rule matches


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    tests: tuple[UnaryTests, ...]
    outputs: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class MatchedRule:
    """`number` counts from 1; `outputs` are in the order of the table's columns."""

    id: str
    number: int
    outputs: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Hit:
    """What a table saw and which rules answered: for the record."""

    inputs: tuple[object, ...] = ()
    rules: tuple[MatchedRule, ...] = ()
    failure: str | None = None
    """Why it could not answer; its value is null then."""


@dataclass(frozen=True, slots=True)
class DecisionTable:
    hit_policy: str  # U F A C P R O
    aggregation: str  # "", "+", "<", ">", "#"
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]
    index: RuleIndex
    """Of the tests of `rules`."""

    def evaluate(self, scope: Mapping[str, object], warnings: Warnings) -> object:
        return evaluate_table(self, scope, warnings)[0]


def evaluate_table(
    table: DecisionTable, context: Mapping[str, object], warnings: Warnings
) -> tuple[object, Hit]:
    """The table's value, null when no rule matched, and how it came about."""
    inputs = tuple(_value(i.expression.evaluate(context), warnings) for i in table.inputs)
    for column, value in zip(table.inputs, inputs, strict=True):
        if column.allowed and column.allowed.matches(value, context).value is not True:
            failure = f"Input '{column.label}' is not one of its allowed values"
            warnings.append(failure)
            return None, Hit(inputs, failure=failure)
    found = table.index.matching(inputs, context)
    matched = [(n + 1, table.rules[n]) for n in islice(found, _WANTED.get(table.hit_policy))]
    hit = Hit(
        inputs,
        tuple(MatchedRule(r.id, n, _row(r.outputs, context, warnings)) for n, r in matched),
    )
    defaults = [o.default for o in table.outputs if o.default is not None]
    if not matched and defaults and len(defaults) == len(table.outputs):
        return _answer(table, _row(defaults, context, warnings)), hit
    values = [_answer(table, rule.outputs) for rule in hit.rules]
    violation = _violation(table.hit_policy, values)
    if violation:
        warnings.append(violation)
        return None, replace(hit, failure=violation)
    return _POLICIES[table.hit_policy](table, values, warnings), hit


def _value(result: Result, warnings: Warnings) -> object:
    warnings.extend(w for w in result.warnings if w not in warnings)
    return result.value


def _row(
    entries: Sequence[Expression], context: Mapping[str, object], warnings: Warnings
) -> tuple[object, ...]:
    return tuple(_value(o.evaluate(context), warnings) for o in entries)


def _answer(table: DecisionTable, values: Sequence[object]) -> object:
    """One output as it is, several as a context."""
    if len(values) == 1:
        return values[0]
    return {o.name: v for o, v in zip(table.outputs, values, strict=True)}


def _violation(hit_policy: str, values: Sequence[object]) -> str | None:
    """What the hit policy forbids of the answers of the rules that match."""
    if hit_policy == "U" and len(values) > 1:
        return f"{len(values)} rules match, but hit policy UNIQUE allows one"
    if hit_policy == "A" and any(value != values[0] for value in values[1:]):
        return "Rules that match disagree, but hit policy is ANY"
    return None


def _first(table: DecisionTable, values: list[object], warnings: Warnings) -> object:
    if not values:
        warnings.append("No rule matches")
    return values[0] if values else None


def _collect(table: DecisionTable, values: list[object], warnings: Warnings) -> object:
    if table.aggregation == "#":
        return Decimal(len(values))
    if not table.aggregation:
        return values
    function = {"+": "sum", "<": "min", ">": "max"}[table.aggregation]
    result = feel(f"{function}(values)").evaluate({"values": values})
    return _value(result, warnings)


def _priority(table: DecisionTable, values: list[object], warnings: Warnings) -> object:
    return _first(table, _output_order(table, values, warnings), warnings)


def _output_order(table: DecisionTable, values: list[object], warnings: Warnings) -> list[object]:
    orders = [o.values.evaluate({}).value if o.values else [] for o in table.outputs]

    def rank(value: object) -> list[int]:
        parts = list(value.values()) if isinstance(value, dict) else [value]
        ranked = zip(orders, parts, strict=False)
        return [o.index(p) if p in o else len(o) for o, p in ranked if isinstance(o, list)]

    return sorted(values, key=rank)


_POLICIES = {
    "U": _first,
    "F": _first,
    "A": _first,
    "C": _collect,
    "R": lambda table, values, warnings: values,
    "P": _priority,
    "O": _output_order,
}
