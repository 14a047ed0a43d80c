"""A BPMN file as its elements, findable by kind and id, with the flows between them."""

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"

GATEWAYS = (
    "exclusiveGateway",
    "inclusiveGateway",
    "parallelGateway",
    "complexGateway",
    "eventBasedGateway",
)
EVENTS = (
    "startEvent",
    "intermediateCatchEvent",
    "intermediateThrowEvent",
    "boundaryEvent",
    "endEvent",
)
TASKS = (
    "task",
    "serviceTask",
    "sendTask",
    "receiveTask",
    "userTask",
    "manualTask",
    "businessRuleTask",
    "scriptTask",
)
SUBPROCESSES = ("subProcess", "transaction", "adHocSubProcess")
ACTIVITIES = (*TASKS, *SUBPROCESSES, "callActivity")
CHOREOGRAPHY = ("choreographyTask", "subChoreography", "callChoreography")
NODES = (*ACTIVITIES, *EVENTS, *GATEWAYS, *CHOREOGRAPHY)
SCOPES = ("process", *SUBPROCESSES, "choreography", "subChoreography")
DEFINITION = "EventDefinition"


class Model:
    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self.elements = list(_elements(root))
        self.by_id = {e.get("id", ""): e for e in self.elements if e.get("id")}
        self._incoming: dict[str, list[etree._Element]] = defaultdict(list)
        self._outgoing: dict[str, list[etree._Element]] = defaultdict(list)
        for flow in self.of("sequenceFlow"):
            self._outgoing[flow.get("sourceRef", "")].append(flow)
            self._incoming[flow.get("targetRef", "")].append(flow)
        self._foreign = _foreign(root)

    def of(self, *kinds: str) -> list[etree._Element]:
        return [element for element in self.elements if local(element) in kinds]

    def find(self, reference: str | None) -> etree._Element | None:
        """What a reference (a QName) names in this file."""
        return self.by_id.get((reference or "").strip().rpartition(":")[2])

    def is_foreign(self, reference: str) -> bool:
        """Whether it names something in another file, which is not looked into."""
        prefix = reference.strip().rpartition(":")[0]
        return bool(prefix) and prefix in self._foreign

    def incoming(self, node: etree._Element) -> list[etree._Element]:
        return self._incoming[node.get("id", "")]

    def outgoing(self, node: etree._Element) -> list[etree._Element]:
        return self._outgoing[node.get("id", "")]

    def around(self, element: etree._Element, *kinds: str) -> etree._Element | None:
        """The innermost element of these kinds around one."""
        found = element.getparent()
        while found is not None and local(found) not in kinds:
            found = found.getparent()
        return found

    def is_executable(self, element: etree._Element) -> bool:
        process = element if local(element) == "process" else self.around(element, "process")
        return process is not None and process.get("isExecutable") == "true"

    def definitions(self, event: etree._Element) -> list[etree._Element]:
        """The event definitions of an event, in it or referred to."""
        found = []
        for inner in event:
            if local(inner) == "eventDefinitionRef":
                named = self.find(inner.text)
                found += [] if named is None else [named]
            elif local(inner).endswith(DEFINITION):
                found.append(inner)
        return found

    def triggers(self, event: etree._Element) -> list[str]:
        return [local(d).removesuffix(DEFINITION) for d in self.definitions(event)]


def children(element: etree._Element, *kinds: str) -> list[etree._Element]:
    return [inner for inner in element if local(inner) in kinds]


def text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).strip()


def flag(element: etree._Element, name: str, *, default: bool = False) -> bool:
    return element.get(name, "true" if default else "false") in ("true", "1")


def finding(element: etree._Element, rule: str, message: str) -> Finding:
    """Named by the id of the element, or of the nearest one around it that has an id."""
    at: etree._Element | None = element
    while at is not None and not at.get("id"):
        at = at.getparent()
    name = at.get("id", "") if at is not None else local(element)
    return Finding(name, f"bpmn.{rule}", message)


def _elements(root: etree._Element) -> Iterator[etree._Element]:
    """The elements of the standard's model; not its diagrams, nor extensions."""
    todo = [root]
    while todo:
        at = todo.pop()
        if isinstance(at.tag, str) and at.tag.startswith(f"{{{BPMN}}}"):
            yield at
            if local(at) != "extensionElements":
                todo.extend(reversed(at))


def _foreign(root: etree._Element) -> set[str]:
    """The prefixes of namespaces other than the file's own."""
    target = root.get("targetNamespace")
    return {prefix or "" for prefix, uri in root.nsmap.items() if uri not in (target, BPMN)}
