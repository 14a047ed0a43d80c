"""What waits for an event: intermediate catch event, receive task, event-based gateway."""

from orchestrator.bpmn import tokens, waiting
from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import Element, Flow
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live


class Catch(Through):
    """Waits, unless its event has happened before it began: a boundary event always, another one
    behind an event-based gateway or as the start of the instance."""

    def activate(self, run: Run, live: Live, element: Element) -> None:
        if waiting.CAUGHT in live.data or not element.triggers:
            tokens.finish(run, live.key, live.data.get(waiting.CAUGHT, {}))
            return
        for armed in waiting.arm(run, live.key, [element]):
            run.emit(armed)


class EventBased(Through):
    """Waits for the events behind it; the first to happen takes the token (BPMN 2.0, 13.4.4)."""

    def activate(self, run: Run, live: Live, element: Element) -> None:
        targets = [run.definition.element(f.target) for f in element.outgoing]
        for armed in waiting.arm(run, live.key, targets):
            run.emit(armed)

    def flows(self, run: Run, live: Live, element: Element) -> list[Flow]:
        return []
