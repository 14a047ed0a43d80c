"""Inclusive and complex gateway: every flow whose condition holds (BPMN 2.0, 13.4.3, 13.4.5)."""

from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import Element, Flow
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live


class Inclusive(Through):
    def flows(self, run: Run, live: Live, element: Element) -> list[Flow]:
        taken = super().flows(run, live, element)
        if not taken and element.outgoing:
            message = f"No condition of {element.id} holds; it has no default."
            raise Failed("CONDITION_ERROR", message)
        return taken
