"""Event definitions, in an event or referred to by it (BPMN 2.0, 10.5.5)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from lxml import etree

from orchestrator.bpmn.model import TimerSpec, Trigger, Value
from orchestrator.bpmn.parsing.xml import child, children, condition, extension, required, value
from orchestrator.kernel.xml import local

if TYPE_CHECKING:
    from orchestrator.bpmn.parsing.document import Document

DEFINITION = "EventDefinition"
MESSAGE_TASKS = ("receiveTask", "sendTask")


def triggers(node: etree._Element, document: Document) -> tuple[Trigger, ...]:
    """Of an event, or the message of a send or receive task. Raises FeelSyntaxError."""
    if local(node) in MESSAGE_TASKS:
        return (_message(node, document),) if node.get("messageRef") else ()
    return tuple(trigger(d, document) for d in _definitions(node, document))


def _definitions(node: etree._Element, document: Document) -> Iterator[etree._Element]:
    for inner in node:
        if local(inner).endswith(DEFINITION):
            yield inner
        elif local(inner) == "eventDefinitionRef":
            found = document.root(inner.text)
            if found is None or not local(found).endswith(DEFINITION):
                message = f"refers to '{inner.text}', which is no event definition of the file"
                document.find(node.get("id", ""), "bpmn.reference", message)
            else:
                yield found


def trigger(definition: etree._Element, document: Document) -> Trigger:
    """Raises FeelSyntaxError."""
    kind = local(definition).removesuffix(DEFINITION)
    if kind == "message":
        return _message(definition, document)
    return Trigger(
        kind,
        name=_name(definition, kind, document),
        timer=_timer(definition) if kind == "timer" else None,
        condition=condition(child(definition, "condition")),
        activity=(definition.get("activityRef") or "").rpartition(":")[2] or None,
        waits=definition.get("waitForCompletion", "true") == "true",
    )


def _message(node: etree._Element, document: Document) -> Trigger:
    message = document.root(node.get("messageRef"))
    subscription = extension(message, "subscription") if message is not None else None
    name = message.get("name") or message.get("id") if message is not None else None
    sent = extension(node, "publishMessage")
    return Trigger(
        "message",
        name=value(name),
        correlation_key=_said(sent, "correlationKey") or _said(subscription, "correlationKey"),
        message_id=_said(sent, "messageId"),
        lifetime=_said(sent, "timeToLive"),
    )


def _said(extension: etree._Element | None, attribute: str) -> Value:
    return value(extension.get(attribute)) if extension is not None else None


_REFERENCES = {
    "signal": ("signalRef", "name"),
    "error": ("errorRef", "errorCode"),
    "escalation": ("escalationRef", "escalationCode"),
}


def _name(definition: etree._Element, kind: str, document: Document) -> Value:
    if kind == "link":
        return definition.get("name")
    if kind not in _REFERENCES:
        return None
    reference, attribute = _REFERENCES[kind]
    found = document.root(definition.get(reference))
    if found is None:
        return None
    return value(found.get(attribute) or (found.get("id") if kind == "signal" else None))


def _timer(definition: etree._Element) -> TimerSpec | None:
    for kind in ("timeDuration", "timeDate", "timeCycle"):
        for found in children(definition, kind):
            return TimerSpec(kind, required((found.text or "").strip()))
    return None
