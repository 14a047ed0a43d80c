"""Start events: pass on the variables that their trigger brought."""

from orchestrator.bpmn import events as e
from orchestrator.bpmn import tokens, waiting
from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live


class Start(Through):
    def activate(self, run: Run, live: Live, element: Element) -> None:
        caught = live.data.get(waiting.CAUGHT, {})
        first = live.data.get("trigger")
        if element.parallel_multiple and first is not None and len(element.triggers) > 1:
            run.emit(e.Noted(live.key, waiting.ARRIVED + element.id, [first]))
            for armed in waiting.arm(run, live.key, [element], but=first):
                run.emit(armed)
            return
        assert live.scope_key is not None  # noqa: S101  an event is always in a scope
        if not element.outputs:
            run.set_local(live.scope_key, caught)
            caught = {}
        tokens.finish(run, live.key, caught)
