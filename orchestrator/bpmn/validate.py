"""The written constraints of BPMN 2.0 that a definition must keep to be run."""

from collections.abc import Iterator

from orchestrator.bpmn.model import Element, Flow, ProcessDefinition
from orchestrator.kernel.errors import Finding

ENDS = ("endEvent", "terminateEndEvent", "errorEndEvent")


def validate(definition: ProcessDefinition) -> Iterator[Finding]:
    """Every breach: which element, which rule, what to do."""
    scopes = [
        definition.id,
        *(e.id for e in definition.elements.values() if e.kind == "subProcess"),
    ]
    for scope in scopes:
        if scope not in definition.starts:
            yield Finding(scope, "bpmn.start", "has no none start event; add one")
    for flow in definition.flows.values():
        yield from _flow(definition, flow)
    for element in definition.elements.values():
        yield from _element(definition, element)


def _flow(definition: ProcessDefinition, flow: Flow) -> Iterator[Finding]:
    ends = [definition.elements.get(i) for i in (flow.source, flow.target)]
    for found, name in zip(ends, (flow.source, flow.target), strict=True):
        if found is None:
            message = f"leads from or to '{name}', which does not exist; connect or delete it"
            yield Finding(flow.id, "bpmn.dangling_flow", message)
    source, target = ends
    if source and target and source.scope != target.scope:
        yield Finding(flow.id, "bpmn.scope", "crosses the border of a subprocess")
    if source and source.kind in ENDS:
        yield Finding(flow.id, "bpmn.end", "leaves an end event")
    if target and (target.kind == "startEvent" or target.attached_to):
        yield Finding(flow.id, "bpmn.start", "enters a start or boundary event")


def _element(definition: ProcessDefinition, element: Element) -> Iterator[Finding]:
    if element.kind in ("serviceTask",) and element.work is None:
        yield Finding(
            element.id, "bpmn.task_type", "has no zeebe:taskDefinition type; name its queue"
        )
    if element.kind == "businessRuleTask" and element.work is None and element.decision is None:
        yield Finding(element.id, "bpmn.decision", "has no zeebe:calledDecision; name its decision")
    if element.kind == "scriptTask" and element.work is None and element.script is None:
        yield Finding(element.id, "bpmn.script", "has no zeebe:script; write its expression")
    if element.kind.startswith("timer") and element.timer is None:
        yield Finding(element.id, "bpmn.timer", "has no time duration or date")
    if element.kind.endswith("BoundaryEvent") and element.attached_to not in definition.elements:
        yield Finding(element.id, "bpmn.boundary", "is attached to nothing")
    if element.kind == "exclusiveGateway":
        yield from _gateway(definition, element)
    if not element.incoming and not _may_begin(element):
        yield Finding(element.id, "bpmn.unreachable", "nothing leads to it; connect or delete it")


def _may_begin(element: Element) -> bool:
    return element.kind == "startEvent" or element.attached_to is not None


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
