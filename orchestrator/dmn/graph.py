"""Evaluating a decision: those it requires come first, each once (DMN 1.5, 10.4)."""

from collections.abc import Iterable, Mapping
from functools import partial

from orchestrator.dmn.boxed import Typed, fitting, fitting_arguments
from orchestrator.dmn.model import (
    Decision,
    DecisionResult,
    DecisionService,
    Definitions,
    Evaluated,
    Reference,
)
from orchestrator.dmn.table import Hit, evaluate_table
from orchestrator.feel import FeelLimit, Function
from orchestrator.kernel.errors import InvalidModel, NotFound

MAX_DEPTH = 50
"""How many business knowledge models may require one another in a row."""


def evaluate(
    definitions: Definitions, decision_id: str, context: Mapping[str, object]
) -> DecisionResult:
    """`context` holds FEEL values; the inputs of an imported file are in a context of its name.

    Raises NotFound for an unknown decision, InvalidModel for one that requires itself.
    """
    run = _Run(definitions, context, [])
    value = run.decide(decision_id)
    return DecisionResult(value, tuple(run.warnings), tuple(run.evaluated.values()))


def invoke(definitions: Definitions, service: str, context: Mapping[str, object]) -> DecisionResult:
    """Call a decision service by name; its parameters are taken from `context`. Raises NotFound."""
    found = next((s for s in definitions.services.values() if s.name == service), None)
    if found is None:
        raise NotFound(f"No decision service '{service}'.", code="decision.not_found")
    run = _Run(definitions, context, [])
    value = run.serve(found, *(context.get(p) for p in found.parameters))
    return DecisionResult(value, tuple(run.warnings), tuple(run.evaluated.values()))


class _Run:
    """One evaluation in one file; an imported file has a run of its own."""

    def __init__(
        self, definitions: Definitions, context: Mapping[str, object], warnings: list[str]
    ) -> None:
        self._definitions, self.warnings = definitions, warnings
        wanted = definitions.inputs
        self._context = {k: fitting(v, wanted.get(k), self.warnings) for k, v in context.items()}
        self.evaluated: dict[str, Evaluated] = {}
        self._open: list[str] = []
        self._imported: dict[str, _Run] = {}

    def decide(self, decision_id: str) -> object:
        if decision_id in self.evaluated:
            return self.evaluated[decision_id].value
        if decision_id in self._open:
            raise InvalidModel(f"Decision '{decision_id}' requires itself.")
        decision = self._find(decision_id)
        self._open.append(decision_id)
        required = self._gathered((r, self._result(r)) for r in decision.requires)
        knowledge = self._functions(decision.knowledge)
        scope = self._merged(self._context, self._merged(knowledge, required))
        try:
            value, hit = self._value(decision, scope)
        except FeelLimit as error:
            self.warnings.append(error.message)
            value, hit = None, Hit(failure=error.message)
        self._open.pop()
        self.evaluated[decision_id] = Evaluated(decision_id, value, hit)
        return value

    def _value(self, decision: Decision, scope: Mapping[str, object]) -> tuple[object, Hit]:
        if decision.table is None:
            value, hit = decision.logic.evaluate(scope, self.warnings), Hit()
        else:
            value, hit = evaluate_table(decision.table, scope, self.warnings)
            wanted = decision.logic.wanted if isinstance(decision.logic, Typed) else None
            value = fitting(value, wanted, self.warnings)
        return fitting(value, decision.type, self.warnings), hit

    def serve(self, service: DecisionService, *values: object) -> object:
        """The value of a decision service's output, or a context of several outputs; null when
        an argument is not of its type."""
        arguments = fitting_arguments(values, service.parameter_types, self.warnings)
        if arguments is None:
            return None
        given = dict(zip(service.parameters, arguments, strict=True))
        inner = _Run(self._definitions, given, self.warnings)
        first = len(service.parameters) - len(service.given)
        for decision_id, value in zip(service.given, arguments[first:], strict=True):
            inner.evaluated[decision_id] = Evaluated(decision_id, value, Hit())
        results = dict(inner._result(o) for o in service.outputs)
        value = next(iter(results.values())) if len(results) == 1 else results
        return fitting(value, service.type, self.warnings)

    def _result(self, reference: Reference) -> tuple[str, object]:
        """Variable and value of a required decision."""
        run = self._run_of(reference)
        return run._find(reference.id).variable, run.decide(reference.id)

    def _run_of(self, reference: Reference) -> "_Run":
        name = reference.model
        if name is None:
            return self
        if name not in self._imported:
            inputs = self._context.get(name, {}) if name else self._context
            context = inputs if isinstance(inputs, dict) else {}
            self._imported[name] = _Run(self._definitions.imports[name], context, self.warnings)
        return self._imported[name]

    def _find(self, decision_id: str) -> Decision:
        if decision_id not in self._definitions.decisions:
            raise NotFound(f"No decision '{decision_id}'.", code="decision.not_found")
        return self._definitions.decisions[decision_id]

    def _functions(self, knowledge: Iterable[Reference], depth: int = 0) -> dict[str, object]:
        """The functions that the required knowledge offers, by name."""
        if depth > MAX_DEPTH:
            raise InvalidModel("Business knowledge models require themselves.")
        found = ((r, self._run_of(r)._function(r.id, depth)) for r in knowledge)
        return self._gathered((r, named) for r, named in found if named is not None)

    def _function(self, identity: str, depth: int) -> tuple[str, object] | None:
        service = self._definitions.services.get(identity)
        if service is not None:
            return service.name, Function(service.parameters, partial(self.serve, service))
        model = self._definitions.knowledge.get(identity)
        if model is None:
            return None
        scope = self._functions(model.knowledge, depth + 1)
        return model.name, model.function.evaluate(scope, self.warnings)

    def _gathered(self, found: Iterable[tuple[Reference, tuple[str, object]]]) -> dict[str, object]:
        """Values by name, those of an imported file in a context of its name."""
        values: dict[str, object] = {}
        for reference, (name, value) in found:
            entry = {reference.model: {name: value}} if reference.model else {name: value}
            values = self._merged(values, entry)
        return values

    def _merged(self, one: Mapping[str, object], other: Mapping[str, object]) -> dict[str, object]:
        """Both, the other's first; the context of an imported file holds the entries of both."""
        merged = {**one, **other}
        for name in self._definitions.imports:
            old, new = one.get(name), other.get(name)
            if isinstance(old, dict) and isinstance(new, dict):
                merged[name] = {**old, **new}
        return merged
