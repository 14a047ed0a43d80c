"""Evaluating a decision: those it requires come first, each once (DMN 1.5, 10.4)."""

from collections.abc import Mapping

from orchestrator.dmn.boxed import Typed, fitting
from orchestrator.dmn.model import Decision, DecisionResult, DecisionService, Definitions, Evaluated
from orchestrator.dmn.table import evaluate_table
from orchestrator.feel import Function
from orchestrator.kernel.errors import InvalidModel, NotFound


def evaluate(
    definitions: Definitions, decision_id: str, context: Mapping[str, object]
) -> DecisionResult:
    """`context` holds FEEL values. Raises NotFound for an unknown decision, InvalidModel for one
    that requires itself."""
    run = _Run(definitions, context)
    value = run.decide(decision_id)
    return DecisionResult(value, tuple(run.warnings), tuple(run.evaluated.values()))


def invoke(definitions: Definitions, service: str, context: Mapping[str, object]) -> DecisionResult:
    """Call a decision service by name; its parameters are taken from `context`. Raises NotFound."""
    found = next((s for s in definitions.services.values() if s.name == service), None)
    if found is None:
        raise NotFound(f"No decision service '{service}'.", code="decision.not_found")
    run = _Run(definitions, context)
    value = run.serve(found, [context.get(p) for p in found.parameters])
    return DecisionResult(value, tuple(run.warnings), tuple(run.evaluated.values()))


class _Run:
    def __init__(self, definitions: Definitions, context: Mapping[str, object]) -> None:
        self._definitions = definitions
        self.warnings: list[str] = []
        wanted = definitions.inputs
        self._context = {k: fitting(v, wanted.get(k), self.warnings) for k, v in context.items()}
        self.evaluated: dict[str, Evaluated] = {}
        self._open: list[str] = []

    def decide(self, decision_id: str) -> object:
        if decision_id in self.evaluated:
            return self.evaluated[decision_id].value
        if decision_id in self._open:
            raise InvalidModel(f"Decision '{decision_id}' requires itself.")
        decision = self._find(decision_id)
        self._open.append(decision_id)
        required = {self._find(r).variable: self.decide(r) for r in decision.requires}
        scope = {**self._context, **self._functions(decision.knowledge), **required}
        rules: tuple[str, ...] = ()
        if decision.table is not None:
            value, rules = evaluate_table(decision.table, scope, self.warnings)
            wanted = decision.logic.wanted if isinstance(decision.logic, Typed) else None
            value = fitting(value, wanted, self.warnings)
        else:
            value = decision.logic.evaluate(scope, self.warnings)
        value = fitting(value, decision.type, self.warnings)
        self._open.pop()
        self.evaluated[decision_id] = Evaluated(decision_id, value, rules)
        return value

    def serve(self, service: DecisionService, values: list[object]) -> object:
        """The value of a decision service's output, or a context of several outputs."""
        given = dict(zip(service.parameters, values, strict=True))
        inner = _Run(self._definitions, given)
        self.warnings += inner.warnings
        inner.warnings = self.warnings
        first = len(service.parameters) - len(service.given)
        for decision_id, value in zip(service.given, values[first:], strict=True):
            inner.evaluated[decision_id] = Evaluated(decision_id, value, ())
        results = {self._find(o).variable: inner.decide(o) for o in service.outputs}
        value = next(iter(results.values())) if len(results) == 1 else results
        return fitting(value, service.type, self.warnings)

    def _find(self, decision_id: str) -> Decision:
        if decision_id not in self._definitions.decisions:
            raise NotFound(f"No decision '{decision_id}'.", code="decision.not_found")
        return self._definitions.decisions[decision_id]

    def _functions(self, knowledge: tuple[str, ...], depth: int = 0) -> dict[str, object]:
        """The functions that the required knowledge offers, by name."""
        found: dict[str, object] = {}
        if depth > 50:
            raise InvalidModel("Business knowledge models require themselves.")
        for key in knowledge:
            service = self._definitions.services.get(key)
            if service is not None:
                found[service.name] = self._service(service)
            model = self._definitions.knowledge.get(key)
            if model is not None:
                scope = self._functions(model.knowledge, depth + 1)
                found[model.name] = model.function.evaluate(scope, self.warnings)
        return found

    def _service(self, service: DecisionService) -> Function:
        return Function(service.parameters, lambda *values: self.serve(service, list(values)))
