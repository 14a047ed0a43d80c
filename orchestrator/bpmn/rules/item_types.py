"""Data of tasks and events has the type of what they send or receive (BPMN 2.0, 10.4.1)."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.rules.model import EVENTS, Model, children, finding
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

_TYPED = {
    "messageEventDefinition": "messageRef",
    "signalEventDefinition": "signalRef",
    "errorEventDefinition": "errorRef",
    "escalationEventDefinition": "escalationRef",
}
_CARRIES_DATA = tuple(_TYPED)


def check(model: Model) -> Iterator[Finding]:
    for task in model.of("serviceTask", "sendTask", "receiveTask"):
        yield from _task(model, task)
    for event in model.of(*EVENTS):
        if model.is_executable(event):
            yield from _event(model, event)


def _task(model: Model, task: etree._Element) -> Iterator[Finding]:
    specification = next(iter(children(task, "ioSpecification")), None)
    # What implements a service says for itself how it uses its messages, unless the standard does.
    if specification is None or not task.get("implementation", "##unspecified").startswith("##"):
        return
    given, taken = _messages(model, task)
    for kind, message in (("dataInput", given), ("dataOutput", taken)):
        items = children(specification, kind)
        if message is None or not items:
            continue
        if len(items) > 1:
            yield finding(task, "data", f"has {len(items)} {kind}s for one message; keep one")
        elif not _same(model, items[0].get("itemSubjectRef"), message.get("itemRef")):
            yield finding(task, "data", f"its {kind} has another type than its message")


def _messages(
    model: Model, task: etree._Element
) -> tuple[etree._Element | None, etree._Element | None]:
    """What the task gives and takes."""
    message, kind = model.find(task.get("messageRef")), local(task)
    if kind == "sendTask":
        return message, None
    if kind == "receiveTask":
        return None, message
    operation = model.find(task.get("operationRef"))
    if operation is None:
        return None, None
    ways = [children(operation, name) for name in ("inMessageRef", "outMessageRef")]
    given, taken = (model.find(way[0].text) if way else None for way in ways)
    return given, taken


def _event(model: Model, event: etree._Element) -> Iterator[Finding]:
    items = children(event, "dataInput", "dataOutput")
    definitions = [d for d in model.definitions(event) if local(d) in _CARRIES_DATA]
    if not items or not definitions:
        return
    if len(items) != len(definitions):
        yield finding(event, "data", "has not one data item for each of its events")
        return
    for item, definition in zip(items, definitions, strict=True):
        carried = model.find(definition.get(_TYPED[local(definition)]))
        if carried is None:
            continue
        type_ = carried.get("itemRef") or carried.get("structureRef")
        if not _same(model, item.get("itemSubjectRef"), type_):
            message = f"its data '{item.get('id')}' has another type than '{carried.get('id')}'"
            yield finding(event, "data", message)


def _same(model: Model, one: str | None, other: str | None) -> bool:
    """Whether two item definitions are one, or of one structure."""
    if one == other:
        return True
    first, second = model.find(one), model.find(other)
    if first is None or second is None:
        return False
    structure = first.get("structureRef")
    return structure is not None and structure == second.get("structureRef")
