"""BPMN 2.0 XML to process definitions, refused with every finding when it cannot run."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypeVar

from lxml import etree

from orchestrator.bpmn import extensions
from orchestrator.bpmn.elements import BEHAVIOURS
from orchestrator.bpmn.model import Element, Flow, ProcessDefinition
from orchestrator.bpmn.validate import validate
from orchestrator.bpmn.xml import BPMN, child, children, definition_of
from orchestrator.feel import FeelSyntaxError
from orchestrator.feel import parse as feel
from orchestrator.kernel.errors import Finding, InvalidModel
from orchestrator.kernel.xml import local, parse_xml

T = TypeVar("T")
NOT_NODES = {
    "sequenceFlow", "extensionElements", "documentation", "laneSet", "dataObject", "association",
    "dataObjectReference", "dataStoreReference", "textAnnotation", "group", "incoming", "outgoing",
    "ioSpecification", "property", "category",
}  # fmt: skip


def parse(xml: bytes) -> tuple[ProcessDefinition, ...]:
    """The executable processes of a file. Raises InvalidModel with every finding."""
    root = parse_xml(xml, "The BPMN file")
    if root.tag != f"{{{BPMN}}}definitions":
        raise InvalidModel("The file's root is not BPMN 2.0 definitions.")
    findings: list[Finding] = []
    codes = {e.get("id", ""): e.get("errorCode", "") for e in children(root, "error")}
    processes = [
        _Reader(p, codes, findings).process()
        for p in children(root, "process")
        if p.get("isExecutable") == "true"
    ]
    if not processes:
        findings.append(
            Finding("definitions", "bpmn.executable", 'no process has isExecutable="true"')
        )
    if findings:
        raise InvalidModel("The BPMN file cannot be deployed.", findings)
    return tuple(processes)


class _Reader:
    def __init__(
        self, root: etree._Element, codes: dict[str, str], findings: list[Finding]
    ) -> None:
        self._root, self._codes, self._findings = root, codes, findings
        self._elements: dict[str, Element] = {}
        self._flows: dict[str, Flow] = {}
        self._starts: dict[str, str] = {}

    def process(self) -> ProcessDefinition:
        process_id = self._root.get("id", "")
        self._scope(self._root, process_id)
        elements = self._linked()
        definition = ProcessDefinition(
            process_id, self._root.get("name", process_id), elements, self._flows, self._starts
        )
        self._findings.extend(validate(definition))
        return definition

    def _scope(self, scope: etree._Element, scope_id: str) -> None:
        for node in scope:
            name = local(node)
            if name == "sequenceFlow":
                self._flow(node)
            elif name and name not in NOT_NODES:
                self._node(node, scope_id)

    def _flow(self, node: etree._Element) -> None:
        condition = child(node, "conditionExpression")
        text = (condition.text or "").strip() if condition is not None else ""
        flow_id = node.get("id", "")
        compiled = self._checked(flow_id, lambda: feel(text.removeprefix("="))) if text else None
        flow = Flow(flow_id, node.get("sourceRef", ""), node.get("targetRef", ""), compiled)
        self._new(flow_id)
        self._flows[flow_id] = flow

    def _node(self, node: etree._Element, scope_id: str) -> None:
        definition = definition_of(node)
        kind, element_id = extensions.event_kind(node, definition), node.get("id", "")
        self._new(element_id)
        if kind not in BEHAVIOURS:
            message = f"{kind} is not supported; use another element"
            self._find(element_id, "bpmn.unsupported", message)
            return
        element = self._checked(element_id, lambda: self._element(node, kind, definition, scope_id))
        if element is None:
            return
        self._elements[element_id] = element
        if kind == "startEvent":
            self._start(scope_id, element_id)
        if kind == "subProcess":
            self._scope(node, element_id)

    def _element(
        self,
        node: etree._Element,
        kind: str,
        definition: etree._Element | None,
        scope_id: str,
    ) -> Element:
        is_error = definition is not None and local(definition) == "errorEventDefinition"
        return Element(
            id=node.get("id", ""),
            kind=kind,
            name=node.get("name", "") or node.get("id", ""),
            scope=scope_id,
            inputs=extensions.mappings(node, "input"),
            outputs=extensions.mappings(node, "output"),
            default=node.get("default"),
            attached_to=node.get("attachedToRef"),
            interrupting=node.get("cancelActivity", "true") == "true",
            work=extensions.work(node),
            user=extensions.user(node) if kind == "userTask" else None,
            decision=extensions.decision(node),
            script=extensions.script(node),
            timer=extensions.timer(definition) if definition is not None else None,
            error_code=(
                extensions.error_code(definition, self._codes)
                if definition is not None and is_error
                else None
            ),
        )

    def _linked(self) -> dict[str, Element]:
        """The elements with their flows and boundary events, known once all are read."""
        incoming = _grouped((f.target, f.id) for f in self._flows.values())
        outgoing = _grouped((f.source, f.id) for f in self._flows.values())
        boundaries = _grouped((e.attached_to, e.id) for e in self._elements.values())
        return {
            name: replace(
                element,
                incoming=tuple(incoming[name]),
                outgoing=tuple(outgoing[name]),
                boundaries=tuple(boundaries[name]),
            )
            for name, element in self._elements.items()
        }

    def _start(self, scope_id: str, element_id: str) -> None:
        if scope_id in self._starts:
            self._find(element_id, "bpmn.start", "a second none start event in the same scope")
        self._starts[scope_id] = element_id

    def _new(self, element_id: str) -> None:
        if not element_id:
            self._find(self._root.get("id", ""), "bpmn.id", "an element has no id")
        elif element_id in self._elements or element_id in self._flows:
            self._find(element_id, "bpmn.id", "the id is used twice")

    def _checked(self, element_id: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except FeelSyntaxError as error:
            self._find(element_id, error.code, error.message)
            return None

    def _find(self, element: str, rule: str, message: str) -> None:
        self._findings.append(Finding(element, rule, message))


def _grouped(pairs: Iterable[tuple[str | None, str]]) -> dict[str | None, list[str]]:
    groups: dict[str | None, list[str]] = defaultdict(list)
    for group, name in pairs:
        groups[group].append(name)
    return groups
