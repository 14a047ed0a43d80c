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
                target = run.definition.link_target(element)
                tokens.hand_over(run, live, target, {waiting.CAUGHT: {}})
                return
            if not throw(run, live, trigger):
                return
        tokens.finish(run, live.key, {})
