"""What the BPMN 2.0 schema (BPMN20.xsd, Semantic.xsd) asks of single elements: the attributes and
children that must be there, and the values an attribute may have. References are in `references`.
"""

import re
from collections.abc import Iterator, Mapping

from lxml import etree

from orchestrator.bpmn.rules.model import Model, children, finding
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

_CHOREOGRAPHY = ("choreographyTask", "subChoreography", "callChoreography")
ATTRIBUTES: Mapping[str, tuple[str, ...]] = {
    "definitions": ("targetNamespace",),
    "import": ("namespace", "location", "importType"),
    "association": ("sourceRef", "targetRef"),
    "boundaryEvent": ("attachedToRef",),
    "messageFlowAssociation": ("innerMessageFlowRef", "outerMessageFlowRef"),
    "conversationLink": ("sourceRef", "targetRef"),
    "conversationAssociation": ("innerConversationNodeRef", "outerConversationNodeRef"),
    "interface": ("name",),
    "operation": ("name",),
    "resource": ("name",),
    "linkEventDefinition": ("name",),
    "correlationPropertyBinding": ("correlationPropertyRef",),
    "correlationPropertyRetrievalExpression": ("messageRef",),
    "correlationSubscription": ("correlationKeyRef",),
    "resourceParameterBinding": ("parameterRef",),
    "relationship": ("type",),
    "ioBinding": ("operationRef", "inputDataRef", "outputDataRef"),
    **dict.fromkeys(_CHOREOGRAPHY, ("initiatingParticipantRef",)),
}
CHILDREN: Mapping[str, tuple[str, ...]] = {
    "conditionalEventDefinition": ("condition",),
    "correlationProperty": ("correlationPropertyRetrievalExpression",),
    "correlationPropertyRetrievalExpression": ("messagePath",),
    "correlationPropertyBinding": ("dataPath",),
    "interface": ("operation",),
    "operation": ("inMessageRef",),
    "assignment": ("from", "to"),
    "participantAssociation": ("innerParticipantRef", "outerParticipantRef"),
    "complexBehaviorDefinition": ("condition",),
    "relationship": ("source", "target"),
}
VALUES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("process", "processType"): ("None", "Public", "Private"),
    ("eventBasedGateway", "eventGatewayType"): ("Exclusive", "Parallel"),
    ("multiInstanceLoopCharacteristics", "behavior"): ("None", "One", "All", "Complex"),
    ("adHocSubProcess", "ordering"): ("Parallel", "Sequential"),
    ("association", "associationDirection"): ("None", "One", "Both"),
    ("itemDefinition", "itemKind"): ("Physical", "Information"),
    ("relationship", "direction"): ("None", "Forward", "Backward", "Both"),
    **dict.fromkeys(
        ((kind, "loopType") for kind in _CHOREOGRAPHY),
        ("None", "Standard", "MultiInstanceSequential", "MultiInstanceParallel"),
    ),
}
BOOLEANS = (
    "isExecutable", "isClosed", "isForCompensation", "triggeredByEvent", "cancelActivity",
    "isInterrupting", "parallelMultiple", "isCollection", "isSequential", "testBefore",
    "instantiate", "cancelRemainingInstances", "isImmediate", "waitForCompletion", "isUnlimited",
)  # fmt: skip
INTEGERS: Mapping[str, int] = {"startQuantity": 1, "completionQuantity": 1, "loopMaximum": 0}
"""The least that each may be (tables 10.3 and 10.27)."""
_ID = re.compile(r"[^\W\d][\w.\-·]*")


def check(model: Model) -> Iterator[Finding]:
    for element in model.elements:
        yield from _parts(element)
        for name, value in element.items():
            yield from _value(element, str(name), str(value))


def _parts(element: etree._Element) -> Iterator[Finding]:
    kind = local(element)
    for name in ATTRIBUTES.get(kind, ()):
        if element.get(name) is None:
            yield finding(element, "schema", f"a {kind} has no {name}; give it one")
    for name in CHILDREN.get(kind, ()):
        if not children(element, name):
            yield finding(element, "schema", f"a {kind} has no {name}; add one")


def _value(element: etree._Element, name: str, value: str) -> Iterator[Finding]:
    allowed = VALUES.get((local(element), name))
    if allowed and value not in allowed:
        yield finding(element, "schema", f"its {name} '{value}' is none of {', '.join(allowed)}")
    elif name in BOOLEANS and value.strip() not in ("true", "false", "1", "0"):
        yield finding(element, "schema", f"its {name} '{value}' is neither true nor false")
    elif name in INTEGERS and not _is_at_least(value, INTEGERS[name]):
        message = f"its {name} '{value}' is no whole number of at least {INTEGERS[name]}"
        yield finding(element, "schema", message)
    elif name == "id" and not _ID.fullmatch(value):
        message = (
            f"its id '{value}' does not begin with a letter or holds other than letters, "
            "digits, '.', '-' and '_'"
        )
        yield finding(element, "schema", message)


def _is_at_least(value: str, least: int) -> bool:
    return re.fullmatch(r"[+-]?\d{1,9}", value.strip()) is not None and int(value) >= least
