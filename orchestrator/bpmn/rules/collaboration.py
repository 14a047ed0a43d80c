"""Message flows connect pools (BPMN 2.0, 9.4 and 7.6.2)."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.rules.model import ACTIVITIES, EVENTS, Model, children, finding
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

SOURCES = (*ACTIVITIES, "participant", "intermediateThrowEvent", "endEvent")
TARGETS = (*ACTIVITIES, "participant", "startEvent", "intermediateCatchEvent", "boundaryEvent")

CONVERSATIONS = ("conversation", "subConversation", "callConversation")


def check(model: Model) -> Iterator[Finding]:
    for flow in model.of("messageFlow"):
        ends = [model.find(flow.get(end)) for end in ("sourceRef", "targetRef")]
        if ends[0] is not None and ends[1] is not None:
            yield from _flow(model, flow, ends[0], ends[1])
    for conversation in model.of(*CONVERSATIONS):
        if len(children(conversation, "participantRef")) < 2:
            message = "is a conversation of fewer than two participants; name them"
            yield finding(conversation, "conversation", message)
    for link in model.of("conversationLink"):
        ends = [model.find(link.get(end)) for end in ("sourceRef", "targetRef")]
        if None not in ends and sum(local(e) in CONVERSATIONS for e in ends if e is not None) != 1:
            message = "connects a conversation with one who takes part in it"
            yield finding(link, "conversation", message)
    for multiplicity in model.of("participantMultiplicity"):
        yield from _multiplicity(multiplicity)


def _flow(
    model: Model, flow: etree._Element, source: etree._Element, target: etree._Element
) -> Iterator[Finding]:
    if local(source) in EVENTS or local(target) in EVENTS:
        yield from _events(model, flow, source, target)
    if _pool(model, source) == _pool(model, target) and _is_of_collaboration(flow):
        yield finding(flow, "message_flow", "connects two different pools, not one with itself")


def _events(
    model: Model, flow: etree._Element, source: etree._Element, target: etree._Element
) -> Iterator[Finding]:
    for end, allowed, verb in ((source, SOURCES, "send"), (target, TARGETS, "receive")):
        if local(end) not in EVENTS:
            continue
        name = end.get("id")
        if local(end) not in allowed:
            yield finding(flow, "message_flow", f"'{name}' cannot {verb} messages")
        elif "message" not in model.triggers(end):
            yield finding(flow, "message_flow", f"'{name}' is no message event; make it one")


def _pool(model: Model, end: etree._Element) -> str:
    """The process or, of an empty pool, the participant."""
    if local(end) == "participant":
        return str(end.get("processRef") or end.get("id", ""))
    process = model.around(end, "process")
    return str((end if process is None else process).get("id", ""))


def _is_of_collaboration(flow: etree._Element) -> bool:
    parent = flow.getparent()
    return parent is not None and local(parent) == "collaboration"


def _multiplicity(multiplicity: etree._Element) -> Iterator[Finding]:
    try:
        low, high = (int(multiplicity.get(name, d)) for name, d in _BOUNDS)
    except ValueError:
        yield finding(multiplicity, "participant", "its multiplicity is no whole number")
        return
    if low < 0 or high < 1 or low > high:
        yield finding(multiplicity, "participant", f"cannot take part {low} to {high} times")


_BOUNDS = (("minimum", "0"), ("maximum", "1"))
