"""Event-based gateways and what stands behind them (BPMN 2.0, 10.6.6)."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.rules.model import Model, finding, flag
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

EVENTS = {"message", "signal", "timer", "conditional"}


def check(model: Model) -> Iterator[Finding]:
    for gateway in model.of("eventBasedGateway"):
        if len(model.outgoing(gateway)) < 2:
            yield finding(gateway, "event_gateway", "needs two or more events behind it")
        if flag(gateway, "instantiate"):
            if model.incoming(gateway):
                yield finding(gateway, "instantiate", "starts the process, so nothing leads to it")
        elif gateway.get("eventGatewayType") == "Parallel":
            message = "is parallel, which only one that starts the process can be"
            yield finding(gateway, "event_gateway", message)
        yield from _behind(model, gateway)


def _behind(model: Model, gateway: etree._Element) -> Iterator[Finding]:
    targets = [model.find(flow.get("targetRef")) for flow in model.outgoing(gateway)]
    found = [target for target in targets if target is not None]
    for target in found:
        yield from _target(model, target)
    kinds = {local(target) for target in found}
    messages = any("message" in model.triggers(t) for t in found if local(t) != "receiveTask")
    if "receiveTask" in kinds and messages:
        message = "has receive tasks and message events behind it; use one of the two"
        yield finding(gateway, "event_gateway", message)


def _target(model: Model, target: etree._Element) -> Iterator[Finding]:
    if len(model.incoming(target)) > 1:
        yield finding(target, "event_gateway", "stands behind an event gateway, and only there")
    if local(target) == "receiveTask":
        boundaries = [e for e in model.of("boundaryEvent") if _is_on(e, target)]
        if boundaries:
            message = "stands behind an event gateway, so it has no boundary events"
            yield finding(target, "event_gateway", message)
    elif local(target) != "intermediateCatchEvent":
        message = f"a {local(target)} cannot stand behind an event gateway; use a catch event"
        yield finding(target, "event_gateway", message)
    elif not set(model.triggers(target)) <= EVENTS:
        yield finding(target, "event_gateway", "its event cannot be chosen by an event gateway")
    if local(target) == "receiveTask" and flag(target, "isForCompensation"):
        yield finding(target, "event_gateway", "a handler cannot stand behind an event gateway")


def _is_on(boundary: etree._Element, activity: etree._Element) -> bool:
    return boundary.get("attachedToRef") == activity.get("id")
