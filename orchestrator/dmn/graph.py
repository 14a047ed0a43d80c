"""Evaluate a decision after the decisions it requires (DMN 1.5, 10.4)."""

from collections.abc import Mapping

from orchestrator.dmn.model import Decision, DecisionResult, DecisionTable, Definitions, Evaluated
from orchestrator.dmn.table import evaluate_table
from orchestrator.kernel.errors import InvalidModel, NotFound


def evaluate(
    definitions: Definitions, decision_id: str, context: Mapping[str, object]
) -> DecisionResult:
    """`context` holds FEEL values. Raises NotFound for an unknown decision, InvalidModel for one
    that requires itself."""
    run = _Run(definitions, context)
    value = run.decide(decision_id)
    return DecisionResult(value, tuple(run.warnings), tuple(run.evaluated.values()))


class _Run:
    def __init__(self, definitions: Definitions, context: Mapping[str, object]) -> None:
        self._definitions, self._context = definitions, context
        self.warnings: list[str] = []
        self.evaluated: dict[str, Evaluated] = {}
        self._open: list[str] = []

    def decide(self, decision_id: str) -> object:
        if decision_id in self.evaluated:
            return self.evaluated[decision_id].value
        if decision_id in self._open:
            raise InvalidModel(f"Decision '{decision_id}' requires itself.")
        self._open.append(decision_id)
        decision = self._find(decision_id)
        required = {self._find(r).variable: self.decide(r) for r in decision.requires}
        value, rules = self._logic(decision, {**self._context, **required})
        self._open.pop()
        self.evaluated[decision_id] = Evaluated(decision_id, value, rules)
        return value

    def _logic(
        self, decision: Decision, context: Mapping[str, object]
    ) -> tuple[object, tuple[str, ...]]:
        if isinstance(decision.logic, DecisionTable):
            return evaluate_table(decision.logic, context, self.warnings)
        result = decision.logic.expression.evaluate(context)
        self.warnings.extend(result.warnings)
        return result.value, ()

    def _find(self, decision_id: str) -> Decision:
        if decision_id not in self._definitions.decisions:
            raise NotFound(f"No decision '{decision_id}'.", code="decision.not_found")
        return self._definitions.decisions[decision_id]
