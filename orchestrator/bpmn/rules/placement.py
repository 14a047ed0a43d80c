"""Which elements may stand where (BPMN 2.0, 10.2 to 10.4 and the schema)."""

from collections.abc import Iterator, Mapping

from orchestrator.bpmn.rules.model import (
    ACTIVITIES,
    CHOREOGRAPHY,
    EVENTS,
    GATEWAYS,
    SUBPROCESSES,
    TASKS,
    Model,
    children,
    finding,
)
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

_SCOPES = ("process", *SUBPROCESSES)
_CHOREOGRAPHIES = ("choreography", "subChoreography")

ALLOWED_IN: Mapping[str, tuple[str, ...]] = {
    **dict.fromkeys(ACTIVITIES, _SCOPES),
    **dict.fromkeys((*EVENTS, *GATEWAYS, "sequenceFlow"), (*_SCOPES, *_CHOREOGRAPHIES)),
    **dict.fromkeys(CHOREOGRAPHY, _CHOREOGRAPHIES),
    "property": ("process", *ACTIVITIES, *EVENTS),
    "dataObject": (*_SCOPES, *_CHOREOGRAPHIES),
    "dataObjectReference": (*_SCOPES, *_CHOREOGRAPHIES),
    "dataStoreReference": (*_SCOPES, *_CHOREOGRAPHIES),
    "dataStore": ("definitions",),
    "laneSet": _SCOPES,
    "lane": ("laneSet", "childLaneSet"),
    "ioSpecification": ("process", "callActivity", *TASKS, "globalTask", "globalUserTask",
                        "globalScriptTask", "globalManualTask", "globalBusinessRuleTask"),
    "message": ("definitions",),
    "signal": ("definitions",),
    "error": ("definitions",),
    "escalation": ("definitions",),
    "itemDefinition": ("definitions",),
    "interface": ("definitions",),
    "resource": ("definitions",),
    "process": ("definitions",),
    "collaboration": ("definitions",),
    "choreography": ("definitions",),
    "globalConversation": ("definitions",),
    "participant": ("collaboration", "choreography", "globalConversation",
                    "globalChoreographyTask"),
    "messageFlow": ("collaboration", "choreography", "globalConversation",
                    "globalChoreographyTask"),
    "choreographyRef": ("collaboration",),
    "multiInstanceLoopCharacteristics": ACTIVITIES,
    "standardLoopCharacteristics": ACTIVITIES,
}  # fmt: skip
NOT_IN_AD_HOC = ("startEvent", "endEvent", "conversation", "subConversation", "callConversation")


def check(model: Model) -> Iterator[Finding]:
    for element in model.elements:
        kind, parent = local(element), element.getparent()
        if parent is None:
            continue
        if local(parent) not in ALLOWED_IN.get(kind, (local(parent),)):
            yield finding(element, "placement", f"a {kind} cannot stand in a {local(parent)}")
        elif local(parent) == "adHocSubProcess" and kind in NOT_IN_AD_HOC:
            yield finding(element, "ad_hoc", f"an ad-hoc subprocess has no {kind}; take it out")
    for scope in model.of("adHocSubProcess"):
        if model.is_executable(scope) and not children(scope, *ACTIVITIES):
            yield finding(scope, "ad_hoc", "holds no activity; put one in")
    for reference in model.of("flowNodeRef"):
        node = model.find(reference.text)
        if node is not None and model.around(node, "process") is not model.around(
            reference, "process"
        ):
            yield finding(reference, "lane", f"'{node.get('id')}' is of another process")
