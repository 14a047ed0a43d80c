"""Subprocess and transaction: a scope of its own, ended when nothing in it is alive."""

from orchestrator.bpmn import tokens, waiting
from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live


class Subprocess(Through):
    """An event subprocess begins with the start event that has happened."""

    def activate(self, run: Run, live: Live, element: Element) -> None:
        begun = live.data.get(waiting.START)
        starts = (begun,) if begun else run.definition.starts[element.id]
        data = {waiting.CAUGHT: live.data[waiting.CAUGHT]} if begun else {}
        for start in starts:
            tokens.begin(run, run.definition.element(start), live.key, data=data)
