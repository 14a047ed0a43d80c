"""Ids: every element that can be referred to has one, and no two share it (BPMN 2.0, 8.3.1)."""

from collections.abc import Iterator

from orchestrator.bpmn.rules.model import NODES, Model, finding
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

REFERRED = (
    *NODES,
    "process",
    "sequenceFlow",
    "messageFlow",
    "participant",
    "message",
    "signal",
    "dataObject",
    "dataObjectReference",
    "dataStoreReference",
)


def check(model: Model) -> Iterator[Finding]:
    seen: set[str] = set()
    for element in model.elements:
        name = element.get("id")
        if name is None:
            if local(element) in REFERRED:
                kind = local(element)
                yield finding(element, "id", f"a {kind} has no id; give it one of its own")
        elif name in seen:
            yield finding(element, "id", "the id is used twice; give one of them another")
        else:
            seen.add(name)
