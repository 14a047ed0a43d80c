"""Which event definitions an event may have (BPMN 2.0, tables 10.84 to 10.93)."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.rules.model import DEFINITION, EVENTS, Model, children, finding, flag
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

_TIMES = {"message", "timer", "conditional", "signal"}
TOP_LEVEL_START = _TIMES
EVENT_SUBPROCESS_START = {*_TIMES, "error", "escalation", "compensate"}
CATCH = {*_TIMES, "link"}
THROW = {"message", "signal", "escalation", "compensate", "link"}
END = {"message", "signal", "escalation", "compensate", "error", "cancel", "terminate"}
BOUNDARY = {*_TIMES, "error", "escalation", "compensate", "cancel"}
ALWAYS_INTERRUPTING = {"error", "compensate", "cancel"}


def check(model: Model) -> Iterator[Finding]:
    for event in model.of(*EVENTS):
        yield from _allowed(model, event)
        if model.is_executable(event):
            yield from _complete(model, event)
        yield from _connected(model, event)
        if local(event) == "boundaryEvent":
            yield from _boundary(model, event)
        elif local(event) == "startEvent":
            yield from _start(model, event)
        elif local(event) == "endEvent":
            yield from _end(model, event)


def _allowed(model: Model, event: etree._Element) -> Iterator[Finding]:
    allowed = {
        "startEvent": EVENT_SUBPROCESS_START if _in_event_subprocess(event) else TOP_LEVEL_START,
        "intermediateCatchEvent": CATCH,
        "intermediateThrowEvent": THROW,
        "boundaryEvent": BOUNDARY,
        "endEvent": END,
    }[local(event)]
    for trigger in model.triggers(event):
        if trigger not in allowed:
            message = f"a {local(event)} here cannot be a {trigger} event; use another"
            yield finding(event, "event", message)


_CODES = {"error": ("errorRef", "errorCode"), "escalation": ("escalationRef", "escalationCode")}


def _complete(model: Model, event: etree._Element) -> Iterator[Finding]:
    """An executable process needs the times and codes that a drawing may leave out (10.5.5)."""
    for definition in model.definitions(event):
        trigger = local(definition).removesuffix(DEFINITION)
        if trigger == "timer" and not children(definition, "timeDate", "timeDuration", "timeCycle"):
            yield finding(event, "timer", "has no date, duration or cycle; give it one")
        if local(event) == "endEvent" and trigger in _CODES:
            reference, code = _CODES[trigger]
            thrown = model.find(definition.get(reference))
            if thrown is not None and not thrown.get(code):
                message = f"throws '{thrown.get('id')}', which has no {code}; give it one"
                yield finding(event, "event", message)


def _in_event_subprocess(event: etree._Element) -> bool:
    parent = event.getparent()
    return parent is not None and flag(parent, "triggeredByEvent")


def _connected(model: Model, event: etree._Element) -> Iterator[Finding]:
    if local(event) not in ("intermediateCatchEvent", "intermediateThrowEvent"):
        return
    catches = local(event) == "intermediateCatchEvent"
    if catches and not model.triggers(event):
        yield finding(event, "event", "waits for nothing; give it an event definition")
    is_link = "link" in model.triggers(event)
    if not model.incoming(event) and not (is_link and catches):
        yield finding(event, "event", "nothing leads to it; connect or delete it")
    if not model.outgoing(event) and not (is_link and not catches):
        yield finding(event, "event", "leads nowhere; connect or delete it")


def _boundary(model: Model, event: etree._Element) -> Iterator[Finding]:
    triggers = set(model.triggers(event))
    if not triggers:
        yield finding(event, "boundary", "waits for nothing; give it an event definition")
    if not flag(event, "cancelActivity", default=True) and triggers & ALWAYS_INTERRUPTING:
        message = "an error, cancel or compensation event interrupts; set cancelActivity"
        yield finding(event, "boundary", message)
    activity = model.find(event.get("attachedToRef"))
    if activity is not None and activity.getparent() is not event.getparent():
        yield finding(event, "boundary", "stands in another scope than its activity; move it")
    if "cancel" in triggers and (activity is None or local(activity) != "transaction"):
        yield finding(event, "cancel", "a cancel event stands at a transaction only")
    if "compensate" in triggers:
        if model.outgoing(event):
            message = "a compensation event leads to its handler by an association, not a flow"
            yield finding(event, "compensation", message)
    elif triggers and len(model.outgoing(event)) < 1:
        yield finding(event, "boundary", "leads nowhere; connect or delete it")


def _start(model: Model, event: etree._Element) -> Iterator[Finding]:
    triggers = set(model.triggers(event))
    if _in_event_subprocess(event):
        if not triggers:
            message = "the start of an event subprocess waits for something; give it an event"
            yield finding(event, "event_subprocess", message)
        if not flag(event, "isInterrupting", default=True) and triggers & ALWAYS_INTERRUPTING:
            yield finding(event, "event_subprocess", "an error or compensation event interrupts")
    elif triggers and not _is_top_level(event):
        message = "a subprocess begins with a none start event; take the event away"
        yield finding(event, "start", message)


def _is_top_level(event: etree._Element) -> bool:
    parent = event.getparent()
    return parent is None or local(parent) not in ("subProcess", "transaction")


def _end(model: Model, event: etree._Element) -> Iterator[Finding]:
    if "cancel" in model.triggers(event) and model.around(event, "transaction") is None:
        yield finding(event, "cancel", "a cancel event stands in a transaction only")
