"""How a process or subprocess begins and ends (BPMN 2.0, 10.5.2, 10.5.3 and 10.3.5)."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.rules.model import (
    ACTIVITIES,
    GATEWAYS,
    SCOPES,
    Model,
    children,
    finding,
    flag,
)
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local


def check(model: Model) -> Iterator[Finding]:
    for scope in model.of(*SCOPES):
        if flag(scope, "triggeredByEvent"):
            yield from _event_subprocess(model, scope)
        else:
            yield from _scope(model, scope)
    for process in model.of("process"):
        if process.get("processType") == "Public" and model.is_executable(process):
            message = "a public process shows no inside, so it is not executable"
            yield finding(process, "public", message)


def _scope(model: Model, scope: etree._Element) -> Iterator[Finding]:
    starts, ends = children(scope, "startEvent"), children(scope, "endEvent")
    if ends and not starts and not _instantiates(scope):
        yield finding(scope, "start", "has an end event, so it needs a start event; add one")
    if starts and not ends and local(scope) != "adHocSubProcess":
        yield finding(scope, "end", "has a start event, so it needs an end event; add one")
    for start in starts:
        if not model.outgoing(start):
            yield finding(start, "start", "leads nowhere; connect or delete it")
    for end in ends:
        if not model.incoming(end):
            yield finding(end, "end", "nothing leads to it; connect or delete it")
    yield from _connected(model, scope, begins=bool(starts), ends=bool(ends))


def _connected(
    model: Model, scope: etree._Element, *, begins: bool, ends: bool
) -> Iterator[Finding]:
    """Beside start events nothing else begins, beside end events nothing else ends."""
    for node in children(scope, *ACTIVITIES, *GATEWAYS):
        if flag(node, "isForCompensation") or flag(node, "triggeredByEvent"):
            continue
        if begins and not model.incoming(node) and not flag(node, "instantiate"):
            yield finding(node, "unreachable", "nothing leads to it; connect or delete it")
        if ends and not model.outgoing(node):
            yield finding(node, "dead_end", "leads nowhere; connect it or add an end event")


def _instantiates(scope: etree._Element) -> bool:
    return any(flag(e, "instantiate") for e in children(scope, "receiveTask", "eventBasedGateway"))


def _event_subprocess(model: Model, scope: etree._Element) -> Iterator[Finding]:
    starts = children(scope, "startEvent")
    if len(starts) != 1:
        message = f"an event subprocess has one start event, not {len(starts)}"
        yield finding(scope, "event_subprocess", message)
    for start in starts:
        if not model.outgoing(start):
            yield finding(start, "start", "leads nowhere; connect or delete it")
