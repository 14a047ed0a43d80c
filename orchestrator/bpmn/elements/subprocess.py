"""Embedded subprocess: a scope of its own, ended when nothing in it is alive."""

from orchestrator.bpmn import tokens
from orchestrator.bpmn.elements.through import Through
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live


class Subprocess(Through):
    def activate(self, run: Run, live: Live, element: Element) -> None:
        start = run.definition.element(run.definition.starts[element.id])
        tokens.begin(run, start, live.key)
