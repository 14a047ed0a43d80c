"""Evaluate deployed decisions and FEEL for whoever asks, on the record."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestrator import dmn, feel
from orchestrator.audit import append
from orchestrator.kernel.errors import InvalidInput, NotFound
from orchestrator.process.definitions import last, parsed_decisions
from orchestrator.store.tables import DecisionDefinition
from orchestrator.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Step:
    """One decision of the graph, and what a table of it saw and matched."""

    id: str
    name: str
    key: int
    version: int
    kind: str
    output: str
    inputs: Sequence["Cell"]
    rules: Sequence["Row"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A value under a column of a table. `value` is JSON."""

    column_id: str
    column_name: str
    value: str


@dataclass(frozen=True, slots=True)
class Row:
    """A rule that matched, its number counting from 1."""

    number: int
    id: str
    outputs: Sequence[Cell]


@dataclass(frozen=True, slots=True)
class Done:
    """`output` is JSON."""

    key: int
    output: str
    steps: Sequence[Step]
    warnings: Sequence[str]


def by_key(unit: Unit, key: int) -> DecisionDefinition:
    """Raises NotFound."""
    found = unit.session.get(DecisionDefinition, key)
    if found is None or found.tenant_id != unit.tenant_id:
        raise NotFound(f"There is no decision definition {key}.", code="decision.not_found")
    return found


def wanted(unit: Unit, decision_id: str | None, key: int | None) -> DecisionDefinition:
    """By key, or the newest of an id. Raises NotFound (decision.not_found), InvalidInput."""
    if key is not None:
        return by_key(unit, key)
    if decision_id is None:
        raise InvalidInput("Name a decisionDefinitionId or a decisionDefinitionKey.")
    found = last(unit, DecisionDefinition, decision_id=decision_id)
    if found is None:
        text = f"No decision '{decision_id}' is deployed; deploy it first."
        raise NotFound(text, code="decision.not_found")
    return found


def evaluate(unit: Unit, row: DecisionDefinition, variables: Mapping[str, Any]) -> Done:
    """The decision's value, with what the decisions it requires gave."""
    definitions = parsed_decisions(row)
    context = {name: feel.from_json(value) for name, value in variables.items()}
    result = dmn.evaluate(definitions, row.decision_id, context)
    key = unit.keys.next()
    steps = [_step(row, definitions, made) for made in result.evaluated]
    facts = {"decision": row.decision_id, "version": row.version, "warnings": result.warnings}
    append(unit, f"decision/{key}", "decision.evaluated", facts)
    return Done(key, _json(result.value), steps, result.warnings)


def expression(text: str, variables: Mapping[str, Any]) -> tuple[Any, Sequence[str]]:
    """The JSON value of a FEEL text and its warnings. Raises FeelSyntaxError, FeelLimit."""
    context = {name: feel.from_json(value) for name, value in variables.items()}
    result = feel.parse(text.removeprefix("=")).evaluate(context)
    return feel.to_json(result.value), result.warnings


def _step(row: DecisionDefinition, definitions: dmn.Definitions, made: dmn.Evaluated) -> Step:
    decision = definitions.decisions[made.decision_id]
    table, hit = decision.table, made.hit
    seen = zip(table.inputs, hit.inputs, strict=False) if table else ()
    return Step(
        made.decision_id,
        decision.name,
        row.key,
        row.version,
        "DECISION_TABLE" if table else "LITERAL_EXPRESSION",
        _json(made.value),
        [Cell(column.id, column.label, _json(value)) for column, value in seen],
        [_matched(table, rule) for rule in hit.rules] if table else [],
    )


def _matched(table: dmn.DecisionTable, rule: dmn.MatchedRule) -> Row:
    made = zip(table.outputs, rule.outputs, strict=True)
    return Row(rule.number, rule.id, [Cell(o.id, o.name, _json(v)) for o, v in made])


def _json(value: object) -> str:
    return json.dumps(feel.to_json(value), ensure_ascii=False)
