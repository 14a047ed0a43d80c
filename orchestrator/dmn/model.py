"""The decision graph: immutable."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestrator.feel import Expression, UnaryTests


@dataclass(frozen=True, slots=True)
class Input:
    label: str
    expression: Expression


@dataclass(frozen=True, slots=True)
class Output:
    name: str
    values: tuple[str, ...] = ()  # allowed values, in order of priority (hit policies P and O)


@dataclass(frozen=True, slots=True)
class Rule:
    id: str
    tests: tuple[UnaryTests, ...]
    outputs: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class DecisionTable:
    hit_policy: str  # U F A C P R O
    aggregation: str  # "", "+", "<", ">", "#"
    inputs: tuple[Input, ...]
    outputs: tuple[Output, ...]
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class LiteralExpression:
    expression: Expression


Logic = DecisionTable | LiteralExpression


@dataclass(frozen=True, slots=True)
class Decision:
    id: str
    name: str
    variable: str  # under which decisions that require it see its result
    requires: tuple[str, ...]
    logic: Logic


@dataclass(frozen=True, slots=True)
class Definitions:
    id: str
    name: str
    decisions: Mapping[str, Decision] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Evaluated:
    """What one decision of the graph did: for the record."""

    decision_id: str
    value: object
    matched_rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DecisionResult:
    value: object
    warnings: tuple[str, ...]
    evaluated: tuple[Evaluated, ...]
