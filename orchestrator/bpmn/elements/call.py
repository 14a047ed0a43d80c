"""Call activity: an instance of another process, which this one waits for."""

from collections.abc import Mapping
from typing import Any

from orchestrator.bpmn import events as e
from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import CallSpec, Element
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live


class Call(Through):
    def activate(self, run: Run, live: Live, element: Element) -> None:
        spec = _spec(element)
        process_id = run.text(spec.process_id, live.key, "The called process") or ""
        if not run.env.callable(process_id):
            raise Failed("CALLED_ELEMENT_ERROR", f"No process '{process_id}' is deployed.")
        state = run.state
        given = state.visible(live.key) if spec.all_in else dict(state.variables(live.key))
        run.emit(e.InstanceCalled(live.key, process_id, given, spec.binding, spec.version_tag))


def results(element: Element, variables: Mapping[str, Any]) -> Mapping[str, Any]:
    """What comes back of the called instance's variables, before output mappings."""
    return variables if element.outputs or _spec(element).all_out else {}


def _spec(element: Element) -> CallSpec:
    assert element.call is not None  # noqa: S101  the model's validation
    return element.call
