"""Choreographies, and collaborations that use them (BPMN 2.0, 11)."""

from collections.abc import Iterator

from orchestrator.bpmn.rules.model import CHOREOGRAPHY, Model, children, finding
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local


def check(model: Model) -> Iterator[Finding]:
    for task in model.of("choreographyTask"):
        flows = children(task, "messageFlowRef")
        if not 1 <= len(flows) <= 2:
            yield finding(task, "choreography", "exchanges one or two messages")
        initiating = task.get("initiatingParticipantRef")
        partners = [(e.text or "").strip() for e in children(task, "participantRef")]
        if len(set(partners)) < 2:
            yield finding(task, "choreography", "takes two different participants")
        elif initiating not in partners:
            yield finding(task, "choreography", "is begun by one of its participants")
    for flow in model.of("messageFlow"):
        for end in ("sourceRef", "targetRef"):
            found = model.find(flow.get(end))
            if found is not None and local(found) in CHOREOGRAPHY:
                message = "a message flow connects participants, not choreography activities"
                yield finding(flow, "choreography", message)
