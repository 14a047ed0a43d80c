"""Elements that a token passes without waiting, leaving on every flow: undefined and manual
tasks, and the parallel gateway once all its tokens are there."""

from collections.abc import Iterable

from orchestrator.bpmn import tokens
from orchestrator.bpmn.model import Element, Flow
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live


class Through:
    def activate(self, run: Run, live: Live, element: Element) -> None:
        tokens.finish(run, live.key, {})

    def flows(self, run: Run, live: Live, element: Element) -> list[Flow]:
        """All that have no condition or whose condition holds; the default one when no condition
        holds (BPMN 2.0, 13.2.1)."""
        flows = element.outgoing
        if element.default is None:
            return [f for f in flows if f.condition is None or run.condition(f, live.key)]
        default, others = _apart(flows, element.default)
        held = [f for f in others if f.condition is not None and run.condition(f, live.key)]
        return [f for f in others if f.condition is None] + (held or default)

    def child_ended(self, run: Run, live: Live, element: Element) -> None:
        """Ends a scope when nothing in it is alive and no token waits at a join."""
        if not live.children and not live.joins:
            tokens.finish(run, live.key, {})


def _apart(flows: Iterable[Flow], default: str) -> tuple[list[Flow], list[Flow]]:
    return [f for f in flows if f.id == default], [f for f in flows if f.id != default]
