"""Throw and end events, and the send task: throw each trigger, then pass the token on."""

from orchestrator.bpmn import tokens, waiting
from orchestrator.bpmn.elements.service import Service
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live
from orchestrator.bpmn.throwing import throw


class Throw(Service):
    """One with a task type is a work item: whoever does it sends the message."""

    def activate(self, run: Run, live: Live, element: Element) -> None:
        if element.work is not None:
            super().activate(run, live, element)
            return
        for trigger in element.triggers:
            if trigger.kind == "link":
                _link(run, live, element)
                return
            if not throw(run, live, trigger):
                return
        tokens.finish(run, live.key, {})


def _link(run: Run, live: Live, element: Element) -> None:
    """Go on at the link catch event of the same name in the same scope (BPMN 2.0, 10.5.5)."""
    name = element.triggers[0].name
    target = next(
        other
        for other in run.definition.elements.values()
        if other.kind == "intermediateCatchEvent"
        and other.scope == element.scope
        and any(t.kind == "link" and t.name == name for t in other.triggers)
    )
    tokens.hand_over(run, live, target, {waiting.CAUGHT: {}})
