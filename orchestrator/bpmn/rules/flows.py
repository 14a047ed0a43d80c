"""Sequence flows: where they may lead, and with which conditions (BPMN 2.0, 8.4.13 and 7.6.1)."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.rules.model import (
    ACTIVITIES,
    NODES,
    SCOPES,
    Model,
    children,
    finding,
    flag,
)
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

CONDITIONAL = (*ACTIVITIES, "exclusiveGateway", "inclusiveGateway", "complexGateway")


def check(model: Model) -> Iterator[Finding]:
    for flow in model.of("sequenceFlow"):
        yield from _ends(model, flow)
        yield from _condition(model, flow)
    for node in model.of(*NODES):
        yield from _default(model, node)
    if model.of("incoming", "outgoing"):
        for node in model.of(*NODES):
            yield from _listed(model, node)


def _ends(model: Model, flow: etree._Element) -> Iterator[Finding]:
    source, target = (model.find(flow.get(end)) for end in ("sourceRef", "targetRef"))
    if source is None or target is None:
        return
    scopes = {model.around(e, *SCOPES) for e in (flow, source, target)}
    if len(scopes) > 1:
        yield finding(flow, "scope", "crosses the border of a process or subprocess")
    if local(source) == "endEvent":
        yield finding(flow, "end", "leaves an end event")
    if local(target) in ("startEvent", "boundaryEvent"):
        yield finding(flow, "start", "enters a start or boundary event")
    for end in (source, target):
        if flag(end, "triggeredByEvent"):
            yield finding(flow, "event_subprocess", "an event subprocess has no flows; delete it")
        elif flag(end, "isForCompensation"):
            yield finding(flow, "compensation", "a compensation handler has no flows; delete it")


def _condition(model: Model, flow: etree._Element) -> Iterator[Finding]:
    source = model.find(flow.get("sourceRef"))
    if source is None or not children(flow, "conditionExpression"):
        return
    if local(source) not in CONDITIONAL:
        message = f"has a condition, but a {local(source)} gives its token without one"
        yield finding(flow, "condition", message)
    elif local(source) in ACTIVITIES and len(model.outgoing(source)) < 2:
        message = "is conditional and the only way out; add another flow or drop the condition"
        yield finding(flow, "condition", message)


def _default(model: Model, node: etree._Element) -> Iterator[Finding]:
    flow = model.find(node.get("default"))
    if flow is None or local(flow) != "sequenceFlow":
        return
    if flow not in model.outgoing(node):
        yield finding(node, "default", f"its default '{flow.get('id')}' does not leave it")
    elif children(flow, "conditionExpression"):
        yield finding(flow, "default", "is the default flow, so it has no condition; delete it")


def _listed(model: Model, node: etree._Element) -> Iterator[Finding]:
    """A file that lists the flows of its nodes lists all of them, and no others."""
    for way, flows in (("incoming", model.incoming(node)), ("outgoing", model.outgoing(node))):
        listed = [(e.text or "").strip().rpartition(":")[2] for e in children(node, way)]
        real = [flow.get("id", "") for flow in flows]
        for name in sorted({*listed} - {*real}):
            yield finding(node, way, f"lists '{name}' as {way}, which does not come so")
        for name in sorted({*real} - {*listed}):
            yield finding(node, way, f"does not list its flow '{name}' as {way}")
