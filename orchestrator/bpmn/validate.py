"""What the engine needs beyond the standard (see `rules`) to run a definition."""

from collections.abc import Iterator

from orchestrator.bpmn.model import Element, ProcessDefinition
from orchestrator.kernel.errors import Finding


def validate(definition: ProcessDefinition) -> Iterator[Finding]:
    """Everything that is missing: at which element, which rule, what to do."""
    if not definition.starts[definition.id] and not definition.event_starts:
        yield Finding(definition.id, "bpmn.start", "has no start event; add one")
    for starts in definition.starts.values():
        begun = [s for s in starts if definition.elements[s].kind == "startEvent"]
        if len(begun) > 1:
            yield Finding(begun[1], "bpmn.start", "a second none start event in the same scope")
    for element in definition.elements.values():
        yield from _element(definition, element)


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
    if element.kind == "exclusiveGateway":
        yield from _gateway(element)


def _gateway(element: Element) -> Iterator[Finding]:
    if len(element.outgoing) < 2:
        return
    for flow in element.outgoing:
        if flow.condition is None and flow.id != element.default:
            message = "has no condition and is not the default; give it one"
            yield Finding(flow.id, "bpmn.condition", message)
