"""Evaluate deployed decisions and FEEL for whoever asks, on the record."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from orchestrator import dmn, feel
from orchestrator.audit import append
from orchestrator.kernel.errors import InvalidInput, NotFound
from orchestrator.process.definitions import parsed_decisions
from orchestrator.store.tables import DecisionDefinition
from orchestrator.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Step:
    """One decision of the graph. `rules` are (number from 1, id) of those that matched."""

    id: str
    name: str
    key: int
    version: int
    kind: str
    output: str
    rules: Sequence[tuple[int, str]]


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
    query = select(DecisionDefinition).where(
        DecisionDefinition.tenant_id == unit.tenant_id,
        DecisionDefinition.decision_id == decision_id,
    )
    found = unit.session.exec(query.order_by(col(DecisionDefinition.version).desc())).first()
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
    order = {rule: number for number, rule in enumerate(decision.rules, 1)}
    return Step(
        made.decision_id,
        decision.name,
        row.key,
        row.version,
        "DECISION_TABLE" if decision.rules else "LITERAL_EXPRESSION",
        _json(made.value),
        [(order.get(rule, 0), rule) for rule in made.matched_rules],
    )


def _json(value: object) -> str:
    return json.dumps(feel.to_json(value), ensure_ascii=False)
