"""Timer intermediate catch event: waits for its due date."""

from orchestrator.bpmn import tokens
from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live


class TimerCatch(Through):
    def activate(self, run: Run, live: Live, element: Element) -> None:
        tokens.set_timer(run, live.key, element)
