"""References name something that is there and of the right kind (the BPMN 2.0 schema)."""

from collections.abc import Iterator, Mapping

from lxml import etree

from orchestrator.bpmn.rules.model import ACTIVITIES, NODES, Model, children, finding, text
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

_DATA = ("dataObject", "dataObjectReference", "dataStoreReference", "property", "dataInput",
         "dataOutput")  # fmt: skip
_PARTS = ("participant", *NODES, "conversation", "subConversation", "callConversation")
ATTRIBUTES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("sequenceFlow", "sourceRef"): NODES,
    ("sequenceFlow", "targetRef"): NODES,
    ("messageFlow", "sourceRef"): _PARTS,
    ("messageFlow", "targetRef"): _PARTS,
    ("messageFlow", "messageRef"): ("message",),
    ("boundaryEvent", "attachedToRef"): ACTIVITIES,
    ("dataObjectReference", "dataObjectRef"): ("dataObject",),
    ("dataStoreReference", "dataStoreRef"): ("dataStore",),
    ("messageEventDefinition", "messageRef"): ("message",),
    ("signalEventDefinition", "signalRef"): ("signal",),
    ("errorEventDefinition", "errorRef"): ("error",),
    ("escalationEventDefinition", "escalationRef"): ("escalation",),
    ("compensateEventDefinition", "activityRef"): ACTIVITIES,
    ("sendTask", "messageRef"): ("message",),
    ("receiveTask", "messageRef"): ("message",),
    ("sendTask", "operationRef"): ("operation",),
    ("receiveTask", "operationRef"): ("operation",),
    ("serviceTask", "operationRef"): ("operation",),
    ("message", "itemRef"): ("itemDefinition",),
    ("participant", "processRef"): ("process",),
    ("correlationSubscription", "correlationKeyRef"): ("correlationKey",),
    ("correlationPropertyBinding", "correlationPropertyRef"): ("correlationProperty",),
    ("correlationPropertyRetrievalExpression", "messageRef"): ("message",),
    ("callConversation", "calledCollaborationRef"): ("collaboration", "globalConversation"),
    ("resourceParameterBinding", "parameterRef"): ("resourceParameter",),
    ("ioBinding", "operationRef"): ("operation",),
    ("group", "categoryValueRef"): ("categoryValue",),
    ("conversationLink", "sourceRef"): _PARTS,
    ("conversationLink", "targetRef"): _PARTS,
    **{
        (kind, "itemSubjectRef"): ("itemDefinition",)
        for kind in ("dataObject", "dataInput", "dataOutput", "property", "dataStore",
                     "inputDataItem", "outputDataItem")
    },
    **dict.fromkeys(((kind, "default") for kind in NODES), ("sequenceFlow",)),
}  # fmt: skip
CHILDREN: Mapping[str, tuple[str, ...]] = {
    "dataInputRefs": ("dataInput",),
    "optionalInputRefs": ("dataInput",),
    "dataOutputRefs": ("dataOutput",),
    "optionalOutputRefs": ("dataOutput",),
    "flowNodeRef": NODES,
    "operationRef": ("operation",),
    "inMessageRef": ("message",),
    "outMessageRef": ("message",),
    "loopDataInputRef": _DATA,
    "loopDataOutputRef": _DATA,
    "correlationPropertyRef": ("correlationProperty",),
    "participantRef": ("participant",),
    "messageFlowRef": ("messageFlow",),
    "resourceRef": ("resource",),
    "choreographyRef": ("choreography", "globalChoreographyTask"),
}

"""By name, wherever such a child stands."""
_ITEMS = (*_DATA, "inputDataItem", "outputDataItem")


def check(model: Model) -> Iterator[Finding]:
    for element in model.elements:
        kind = local(element)
        for attribute, value in element.items():
            allowed = ATTRIBUTES.get((kind, str(attribute)))
            if allowed:
                yield from _named(model, element, str(value), allowed, str(attribute))
        if kind in CHILDREN:
            yield from _named(model, element, element.text or "", CHILDREN[kind], kind)
    for association in model.of("dataInputAssociation", "dataOutputAssociation"):
        for inner in children(association, "sourceRef", "targetRef"):
            if name := text(inner):
                yield from _named(model, association, name, _ITEMS, local(inner))
    for flow in model.of("sequenceFlow"):
        for end in ("sourceRef", "targetRef"):
            if not flow.get(end):
                yield finding(flow, "dangling_flow", f"has no {end}; connect or delete it")
    for association in model.of("association"):
        yield from _association(model, association)


def _association(model: Model, association: etree._Element) -> Iterator[Finding]:
    """It may connect anything with anything that is there."""
    for end in ("sourceRef", "targetRef"):
        name = association.get(end)
        if name and not model.is_foreign(name) and model.find(name) is None:
            message = f"its {end} '{name}' does not exist; connect or delete it"
            yield finding(association, "reference", message)


def _named(
    model: Model, element: etree._Element, value: str, allowed: tuple[str, ...], what: str
) -> Iterator[Finding]:
    if model.is_foreign(value):
        return
    found = model.find(value)
    rule = "dangling_flow" if local(element).endswith("Flow") else "reference"
    if found is None:
        message = f"its {what} '{value.strip()}' does not exist; connect or delete it"
        yield finding(element, rule, message)
    elif local(found) not in allowed:
        yield finding(element, rule, f"its {what} '{value.strip()}' is a {local(found)}")
