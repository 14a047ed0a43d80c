"""Terminate end event: stops all else in its scope, then ends it (BPMN 2.0, 13.5.6)."""

from orchestrator.bpmn import tokens
from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live


class TerminateEnd(Through):
    def activate(self, run: Run, live: Live, element: Element) -> None:
        assert live.scope_key is not None  # noqa: S101  an event is always in a scope
        for other in run.state.children(live.scope_key):
            if other.key != live.key:
                tokens.stop(run, other.key)
        tokens.forget_waiting(run, live.scope_key)
        tokens.finish(run, live.key, {})
