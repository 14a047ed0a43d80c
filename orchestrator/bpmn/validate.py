"""The written constraints of BPMN 2.0 that a definition must keep to be run."""

from collections.abc import Iterator, Sequence

from orchestrator.bpmn.model import Element, Flow, ProcessDefinition
from orchestrator.kernel.errors import Finding


def validate(definition: ProcessDefinition) -> Iterator[Finding]:
    """Every breach: which element, which rule, what to do."""
    for scope, starts in definition.starts.items():
        yield from _scope(definition, scope, [definition.elements[s] for s in starts])
    for flow in definition.flows.values():
        yield from _flow(definition, flow)
    for element in definition.elements.values():
        yield from _element(definition, element)


def _scope(
    definition: ProcessDefinition, scope: str, starts: Sequence[Element]
) -> Iterator[Finding]:
    inside = [e for e in definition.elements.values() if e.scope == scope]
    begun = [s for s in starts if s.kind == "startEvent"]
    if len(begun) > 1:
        yield Finding(begun[1].id, "bpmn.start", "a second none start event in the same scope")
    if not starts and scope == definition.id and not definition.event_starts:
        yield Finding(scope, "bpmn.start", "has no start event; add one")
    elif not begun and any(e.kind == "endEvent" for e in inside) and not _begins(inside):
        yield Finding(scope, "bpmn.start", "has an end event, so it needs a start event; add one")


def _begins(inside: Sequence[Element]) -> bool:
    return any(e.kind == "startEvent" or e.instantiate for e in inside)


def _flow(definition: ProcessDefinition, flow: Flow) -> Iterator[Finding]:
    ends = [definition.elements.get(i) for i in (flow.source, flow.target)]
    for found, name in zip(ends, (flow.source, flow.target), strict=True):
        if found is None:
            message = f"leads from or to '{name}', which does not exist; connect or delete it"
            yield Finding(flow.id, "bpmn.dangling_flow", message)
    source, target = ends
    if source and target and source.scope != target.scope:
        yield Finding(flow.id, "bpmn.scope", "crosses the border of a subprocess")
    if source and source.kind == "endEvent":
        yield Finding(flow.id, "bpmn.end", "leaves an end event")
    if target and (target.kind == "startEvent" or target.attached_to):
        yield Finding(flow.id, "bpmn.start", "enters a start or boundary event")


def _element(definition: ProcessDefinition, element: Element) -> Iterator[Finding]:
    if element.kind == "serviceTask" and element.work is None:
        yield Finding(
            element.id, "bpmn.task_type", "has no zeebe:taskDefinition type; name its queue"
        )
    if element.kind == "businessRuleTask" and element.work is None and element.decision is None:
        yield Finding(element.id, "bpmn.decision", "has no zeebe:calledDecision; name its decision")
    if element.kind == "scriptTask" and element.work is None and element.script is None:
        yield Finding(element.id, "bpmn.script", "has no zeebe:script; write its expression")
    if any(t.kind == "timer" and t.timer is None for t in element.triggers):
        yield Finding(element.id, "bpmn.timer", "has no time duration, date or cycle")
    if element.kind == "callActivity" and element.call is None:
        yield Finding(element.id, "bpmn.call", "calls nothing; name its process")
    if element.kind == "boundaryEvent" and element.attached_to not in definition.elements:
        yield Finding(element.id, "bpmn.boundary", "is attached to nothing")
    if element.kind == "exclusiveGateway":
        yield from _gateway(definition, element)
    if not element.incoming and not _may_begin(definition, element):
        yield Finding(element.id, "bpmn.unreachable", "nothing leads to it; connect or delete it")


def _may_begin(definition: ProcessDefinition, element: Element) -> bool:
    return (
        element.kind == "startEvent"
        or element.attached_to is not None
        or element.for_compensation
        or element.by_event
        or element.instantiate
        or element.has("link")
        or element.id in definition.starts.get(element.scope, ())
    )


def _gateway(definition: ProcessDefinition, element: Element) -> Iterator[Finding]:
    if element.default is not None and element.default not in element.outgoing:
        yield Finding(
            element.id, "bpmn.default", f"its default '{element.default}' does not leave it"
        )
    if len(element.outgoing) < 2:
        return
    for flow_id in element.outgoing:
        if definition.flows[flow_id].condition is None and flow_id != element.default:
            message = "has no condition and is not the default; give it one"
            yield Finding(flow_id, "bpmn.condition", message)
