"""Elements that a token passes without waiting, leaving on every flow: none events, undefined
and manual tasks, and the parallel gateway once all its tokens are there."""

from orchestrator.bpmn import tokens
from orchestrator.bpmn.model import Element, Flow
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live


class Through:
    def activate(self, run: Run, live: Live, element: Element) -> None:
        tokens.finish(run, live.key, {})

    def flows(self, run: Run, live: Live, element: Element) -> list[Flow]:
        """All that have no condition or whose condition holds (BPMN 2.0, 13.2.1)."""
        flows = run.flows(element)
        taken = [f for f in flows if f.condition is None or run.condition(f, live.key)]
        if element.default is None:
            return taken
        conditional = [f for f in taken if f.id != element.default]
        return conditional or [f for f in flows if f.id == element.default]
