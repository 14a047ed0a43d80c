"""Exclusive gateway: the first flow whose condition holds, else the default (BPMN 2.0, 13.4.2)."""

from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import Element, Flow
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live


class Exclusive(Through):
    def flows(self, run: Run, live: Live, element: Element) -> list[Flow]:
        flows = element.outgoing
        for flow in flows:
            if flow.id == element.default:
                continue
            if flow.condition is None or run.condition(flow, live.key):
                return [flow]
        default = [f for f in flows if f.id == element.default]
        if flows and not default:
            raise Failed(
                "CONDITION_ERROR", f"No condition of {element.id} holds; it has no default."
            )
        return default
