"""Names and small readers for BPMN 2.0 XML with `zeebe:` extensions."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.model import Value
from orchestrator.feel import Expression
from orchestrator.feel import parse as feel
from orchestrator.kernel.xml import local

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
ZEEBE = "http://camunda.org/schema/zeebe/1.0"


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return element.iterchildren(f"{{{BPMN}}}{name}")


def child(element: etree._Element, name: str) -> etree._Element | None:
    return next(children(element, name), None)


def extensions(element: etree._Element, name: str) -> Iterator[etree._Element]:
    holder = child(element, "extensionElements")
    return iter(()) if holder is None else holder.iterdescendants(f"{{{ZEEBE}}}{name}")


def extension(element: etree._Element, name: str) -> etree._Element | None:
    return next(extensions(element, name), None)


def definition_of(element: etree._Element) -> etree._Element | None:
    """The event definition an event holds, if any."""
    return next((c for c in element if local(c).endswith("EventDefinition")), None)


def value(text: str | None) -> Value:
    """FEEL when it begins with `=`. Raises FeelSyntaxError."""
    if text is None or not text.startswith("="):
        return text or None
    return feel(text[1:])


def required(text: str | None) -> Expression | str:
    found = value(text)
    return "" if found is None else found
