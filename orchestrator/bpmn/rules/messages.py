"""Messages and their operations in executable processes (BPMN 2.0, tables 10.9 and 10.97)."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.rules.model import EVENTS, Model, children, finding
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local


def check(model: Model) -> Iterator[Finding]:
    for event in model.of(*EVENTS):
        for definition in model.definitions(event):
            if local(definition) == "messageEventDefinition" and model.is_executable(event):
                yield from _event(model, event, definition)
    for task in model.of("sendTask", "receiveTask"):
        yield from _task(model, task)


def _event(model: Model, event: etree._Element, definition: etree._Element) -> Iterator[Finding]:
    message = model.find(definition.get("messageRef"))
    operation = children(definition, "operationRef")
    if message is None and operation:
        yield finding(event, "message", "has an operation but no message; give it its messageRef")
    elif message is not None and message.get("itemRef") and not operation:
        # Messages without an item are correlated by name and belong to no service interface.
        yield finding(event, "message", "has a typed message but no operation; name it")


def _task(model: Model, task: etree._Element) -> Iterator[Finding]:
    operation = model.find(task.get("operationRef"))
    message = model.find(task.get("messageRef"))
    if operation is None or message is None:
        return
    named = [model.find(e.text) for e in children(operation, "inMessageRef", "outMessageRef")]
    if message not in named:
        yield finding(task, "message", "its message is not one of its operation")
