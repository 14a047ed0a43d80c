"""Error end event: throws its error to the nearest catcher outside."""

from orchestrator.bpmn import tokens
from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live


class ErrorEnd(Through):
    def activate(self, run: Run, live: Live, element: Element) -> None:
        tokens.throw(run, live.key, element.error_code or "", element.name)
