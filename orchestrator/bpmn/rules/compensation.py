"""Compensation handlers hang at their event by an association (BPMN 2.0, 10.7)."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.rules.model import ACTIVITIES, Model, finding, flag
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local


def check(model: Model) -> Iterator[Finding]:
    for event in model.of("boundaryEvent"):
        if "compensate" in model.triggers(event):
            yield from _handler(model, event)


def _handler(model: Model, event: etree._Element) -> Iterator[Finding]:
    ends = [
        model.find(association.get("targetRef"))
        for association in model.of("association")
        if association.get("sourceRef") == event.get("id")
    ]
    handlers = [end for end in ends if end is not None and local(end) in ACTIVITIES]
    if not handlers:
        message = "no association leads from it to what undoes the activity; add one"
        yield finding(event, "compensation", message)
    for handler in handlers:
        if not flag(handler, "isForCompensation"):
            yield finding(handler, "compensation", "undoes something: set isForCompensation")
