"""Item definitions: the types that a DMN file defines (DMN 1.5, 7.3.2)."""

from collections.abc import Callable, Iterator

from lxml import etree

from orchestrator.feel import FeelSyntaxError, TypeRef, Types, parse_unary_tests
from orchestrator.kernel.xml import local

BASE = {
    "string": "string", "number": "number", "boolean": "boolean", "date": "date", "time": "time",
    "dateTime": "date and time", "date and time": "date and time",
    "dayTimeDuration": "days and time duration",
    "days and time duration": "days and time duration",
    "yearMonthDuration": "years and months duration",
    "years and months duration": "years and months duration",
    "Any": "Any", "context": "context", "list": "list", "function": "function",
}  # fmt: skip

Test = Callable[[object], bool]


class ItemTypes:
    """The named types of one file; those of imported files are named `import.type`."""

    def __init__(self, root: etree._Element, imported: Types = ()) -> None:
        self._definitions = {e.get("name", ""): e for e in root if local(e) == "itemDefinition"}
        self._types: dict[str, TypeRef | None] = dict(imported)
        self._imported = imported

    @property
    def named(self) -> Types:
        found = ((name, self.of(name)) for name in self._definitions)
        return (*self._imported, *((name, type_) for name, type_ in found if type_ is not None))

    def of(self, name: str | None) -> TypeRef | None:
        """The type of a `typeRef`; None when it says nothing, or is not known here."""
        name = (name or "").strip().removeprefix("feel:")
        if name in self._definitions:
            if name not in self._types:
                self._types[name] = None  # a type that holds itself is not followed
                self._types[name] = self._read(self._definitions[name])
            return self._types[name]
        if name in self._types:
            return self._types[name]
        base = BASE.get(name, "Any")
        return None if base == "Any" else TypeRef(base)

    def _read(self, element: etree._Element) -> TypeRef | None:
        inner = self._single(element)
        if element.get("isCollection") != "true":
            return inner
        allows = _allows(element, "typeConstraint")
        return TypeRef("list", (inner or TypeRef("Any"),), allows=allows)

    def _single(self, element: etree._Element) -> TypeRef | None:
        if any(local(e) == "functionItem" for e in element):
            return TypeRef("function")
        entries = tuple(self._entries(element))
        if entries:
            return TypeRef("context", entries=entries)
        text = next((e.text for e in element if local(e) == "typeRef"), None)
        found, allows = self.of(text), _allows(element, "allowedValues")
        if found is None or allows is None:
            return found
        return TypeRef(found.name, found.arguments, found.entries, _both(found.allows, allows))

    def _entries(self, element: etree._Element) -> Iterator[tuple[str, TypeRef]]:
        for component in element:
            if local(component) == "itemComponent":
                yield component.get("name", ""), self._read(component) or TypeRef("Any")


def result_type(root: etree._Element, types: ItemTypes, name: str | None) -> TypeRef | None:
    """What a function of a named type answers."""
    for element in root:
        if local(element) == "itemDefinition" and element.get("name") == (name or "").strip():
            for item in element:
                if local(item) == "functionItem":
                    return types.of(item.get("outputTypeRef"))
    return None


def _allows(element: etree._Element, name: str) -> Test | None:
    """Whether a value passes the unary tests of a child, if there are any."""
    found = next((e for e in element if local(e) == name), None)
    text = "".join(str(t) for t in found.itertext()).strip() if found is not None else ""
    try:
        tests = parse_unary_tests(text or "-")
    except FeelSyntaxError:
        return None
    return (lambda value: tests.matches(value, {}).value is True) if text else None


def _both(one: Test | None, other: Test) -> Test:
    return other if one is None else lambda value: one(value) and other(value)
