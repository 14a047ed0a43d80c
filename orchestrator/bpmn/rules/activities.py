"""Activities: loops, calls, instantiation, resources (BPMN 2.0, 10.3)."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.rules.model import ACTIVITIES, Model, children, finding, flag
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

LOOPS = ("standardLoopCharacteristics", "multiInstanceLoopCharacteristics")
RESOURCES = ("performer", "humanPerformer", "potentialOwner", "resourceRole")
ZEEBE = "{http://camunda.org/schema/zeebe/1.0}"


def check(model: Model) -> Iterator[Finding]:
    for activity in model.of(*ACTIVITIES):
        loops = children(activity, *LOOPS)
        if len(loops) > 1:
            yield finding(activity, "loop", "has two loop markers; keep one")
        for loop in loops if model.is_executable(activity) else ():
            yield from _loop(model, activity, loop)
    for task in model.of("receiveTask"):
        if flag(task, "instantiate") and model.incoming(task):
            message = "starts the process, so nothing leads to it; delete its incoming flow"
            yield finding(task, "instantiate", message)
    for call in model.of("callActivity"):
        yield from _call(model, call)
    for role in model.of(*RESOURCES):
        if children(role, "resourceRef") and children(role, "resourceAssignmentExpression"):
            message = "names a resource and an expression for one; keep one of them"
            yield finding(role, "resource", message)


def _loop(model: Model, activity: etree._Element, loop: etree._Element) -> Iterator[Finding]:
    if local(loop) != "multiInstanceLoopCharacteristics":
        return
    inputs = children(loop, "loopDataInputRef")
    if not inputs and not children(loop, "loopCardinality") and not _zeebe(loop):
        yield finding(activity, "loop", "has no cardinality and no input collection; give it one")
    for reference in inputs:
        if not _is_collection(model, reference.text):
            message = f"its loop input '{(reference.text or '').strip()}' is no collection"
            yield finding(activity, "loop", message)
    behavior = loop.get("behavior", "All")
    if behavior == "Complex" and not children(loop, "complexBehaviorDefinition"):
        yield finding(activity, "loop", "has complex behavior, but does not define it")
    for name in ("None", "One"):
        if behavior == name and not loop.get(f"{name.lower()}BehaviorEventRef"):
            message = f"throws an event per behavior {name}, but names none"
            yield finding(activity, "loop", message)


def _zeebe(loop: etree._Element) -> bool:
    return next(loop.iter(f"{ZEEBE}loopCharacteristics"), None) is not None


def _is_collection(model: Model, reference: str | None) -> bool:
    found = model.find(reference)
    if found is None:
        return True  # told as a reference to nothing
    if local(found) == "dataObjectReference":
        return _is_collection(model, found.get("dataObjectRef"))
    subject = model.find(found.get("itemSubjectRef"))
    of_type = subject is not None and flag(subject, "isCollection")
    return local(found) != "itemDefinition" and (flag(found, "isCollection") or of_type)


def _call(model: Model, call: etree._Element) -> Iterator[Finding]:
    called = model.find(call.get("calledElement"))
    if called is None or local(called) != "process":
        return
    starts = children(called, "startEvent")
    if starts and all(model.definitions(start) for start in starts):
        name = called.get("id")
        message = f"calls '{name}', which only events start; give it a none start event"
        yield finding(call, "call", message)
