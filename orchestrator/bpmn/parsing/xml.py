"""Names and small readers for BPMN 2.0 XML with `zeebe:` extensions."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.model import Value
from orchestrator.feel import Expression
from orchestrator.feel import parse as feel

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


def text(element: etree._Element, name: str) -> str:
    """The text of a child, empty when there is none."""
    found = child(element, name)
    return (found.text or "").strip() if found is not None else ""


def flag(element: etree._Element, *names: str, default: bool = True) -> bool:
    """A boolean attribute, which may go by several names."""
    found = next((element.get(n) for n in names if element.get(n) is not None), None)
    return default if found is None else found in ("true", "1")


def number(element: etree._Element, name: str) -> int | None:
    """None, too, for what is no whole number: the model's validation says so."""
    found = element.get(name, "")
    return int(found) if found.isdecimal() else None


def condition(element: etree._Element | None) -> Expression | None:
    """The FEEL of an expression, with or without `=`. Raises FeelSyntaxError."""
    found = "".join(str(t) for t in element.itertext()).strip() if element is not None else ""
    return feel(found.removeprefix("=")) if found else None


def value(text: str | None) -> Value:
    """FEEL when it begins with `=`. Raises FeelSyntaxError."""
    if text is None or not text.startswith("="):
        return text or None
    return feel(text[1:])


def required(text: str | None) -> Expression | str:
    found = value(text)
    return "" if found is None else found
