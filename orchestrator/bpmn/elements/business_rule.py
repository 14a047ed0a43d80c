"""Business rule task: a DMN decision, or a work item when it has a task type."""

from orchestrator.bpmn import events as e
from orchestrator.bpmn import tokens
from orchestrator.bpmn.elements.service import Service
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live
from orchestrator.dmn import DecisionResult, evaluate, explain
from orchestrator.feel import to_json


class BusinessRule(Service):
    def activate(self, run: Run, live: Live, element: Element) -> None:
        spec = element.decision
        if spec is None:
            super().activate(run, live, element)
            return
        decision_id = run.text(spec.decision_id, live.key, "The decision id") or ""
        definitions = run.env.decisions(decision_id)
        if definitions is None:
            raise Failed("CALLED_DECISION_ERROR", f"Decision '{decision_id}' is not deployed.")
        result = evaluate(definitions, decision_id, run.visible(live.key, {}))
        failure = _failure(result)
        for made in result.evaluated:
            found, rules = explain(definitions, made), list(made.matched_rules)
            last = made is result.evaluated[-1]
            if last and result.failed is None:
                found["failure"] = failure
            warnings, value = list(result.warnings) if last else [], found["value"]
            run.emit(e.DecisionMade(live.key, made.decision_id, value, rules, found, warnings))
        if result.warnings:
            run.warn(live.key, decision_id, result.warnings)
        if failure:
            raise Failed("DECISION_EVALUATION_ERROR", f"Decision '{decision_id}': {failure}.")
        tokens.finish(run, live.key, {spec.result_variable: to_json(result.value)})


def _failure(result: DecisionResult) -> str | None:
    """Why the process cannot go on with it: a decision could not answer, or the last gave null."""
    if result.failed is None and result.value is not None:
        return None
    return "; ".join(result.warnings) or "it gave null"
