"""Script task: a FEEL expression, or a work item when it has a task type."""

from orchestrator.bpmn import tokens
from orchestrator.bpmn.elements.service import Service
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live
from orchestrator.feel import to_json


class Script(Service):
    def activate(self, run: Run, live: Live, element: Element) -> None:
        spec = element.script
        if spec is None:
            super().activate(run, live, element)
            return
        result = run.evaluated(spec.expression, live.key)
        if result.value is None and result.warnings:
            why = "; ".join(result.warnings)
            raise Failed("EXTRACT_VALUE_ERROR", f"'={spec.expression.text}' is null: {why}")
        tokens.finish(run, live.key, {spec.result_variable: to_json(result.value)})
