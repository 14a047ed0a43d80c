"""Evaluate deployed decisions and FEEL for whoever asks, on the record."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from orchestrator import dmn, feel
from orchestrator.audit import append
from orchestrator.feel import clock
from orchestrator.kernel.errors import InvalidInput, NotFound
from orchestrator.process import cluster_variables, decision_record
from orchestrator.process.definitions import last, parsed_decisions, requirements
from orchestrator.store import keyed
from orchestrator.store.tables import DecisionDefinition, DecisionInstance
from orchestrator.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Done:
    """`value` is JSON; the last of `steps` is the decision asked for."""

    key: int
    value: Any
    steps: Sequence[DecisionInstance]
    warnings: Sequence[str]

    @property
    def failed(self) -> DecisionInstance | None:
        """The first decision that could not answer; there is no value then."""
        return next((step for step in self.steps if step.failure), None)


def by_key(unit: Unit, key: int) -> DecisionDefinition:
    """Raises NotFound."""
    missing = f"There is no decision definition {key}."
    return keyed.get(unit, DecisionDefinition, key, missing, "decision.not_found")


def wanted(unit: Unit, decision_id: str | None, key: int | None) -> DecisionDefinition:
    """By key, or the newest of an id. Raises NotFound (decision.not_found), InvalidInput."""
    if key is not None:
        found = by_key(unit, key)
        if found.deleted_at is not None:
            text = f"The decision definition {key} has been deleted."
            raise NotFound(text, code="decision.not_found")
        return found
    if decision_id is None:
        raise InvalidInput("Name a decisionDefinitionId or a decisionDefinitionKey.")
    newest = last(unit, DecisionDefinition, decision_id=decision_id)
    if newest is None:
        text = f"No decision '{decision_id}' is deployed; deploy it first."
        raise NotFound(text, code="decision.not_found")
    return newest


def evaluate(unit: Unit, row: DecisionDefinition, variables: Mapping[str, Any]) -> Done:
    """The decision's value, with what the decisions it requires gave; kept."""
    parsed = parsed_decisions(requirements(unit, row))
    context = _context(unit, variables)
    with clock.at(unit.now):
        result = dmn.evaluate(parsed, row.decision_id, context)
    key = unit.keys.next()
    explained = [dmn.explain(parsed, made) for made in result.evaluated]
    steps = decision_record.keep(unit, key, row, explained, result.warnings)
    failed = result.failed
    facts = {"decision": row.decision_id, "version": row.version, "warnings": result.warnings}
    append(unit, f"decision/{key}", "decision.failed" if failed else "decision.evaluated", facts)
    value = None if failed else feel.to_json(result.value)
    return Done(key, value, steps, result.warnings)


def expression(unit: Unit, text: str, variables: Mapping[str, Any]) -> tuple[Any, Sequence[str]]:
    """The JSON value of a FEEL text and its warnings. Raises FeelSyntaxError, FeelLimit."""
    with clock.at(unit.now):
        result = feel.parse(text.removeprefix("=")).evaluate(_context(unit, variables))
    return feel.to_json(result.value), result.warnings


def _context(unit: Unit, variables: Mapping[str, Any]) -> dict[str, object]:
    """What is given, and cluster variables beside it."""
    seen = variables if feel.AMBIENT in variables else {**cluster_variables.seen(unit), **variables}
    return {name: feel.from_json(value) for name, value in seen.items()}
