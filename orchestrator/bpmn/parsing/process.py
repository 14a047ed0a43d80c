"""One process: its scopes, nodes and flows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from lxml import etree

from orchestrator.bpmn.elements import BEHAVIOURS
from orchestrator.bpmn.model import Element, Flow, ProcessDefinition
from orchestrator.bpmn.parsing import activities, zeebe
from orchestrator.bpmn.parsing.linking import link
from orchestrator.bpmn.parsing.triggers import triggers
from orchestrator.bpmn.parsing.xml import child, condition, flag, number
from orchestrator.bpmn.validate import validate
from orchestrator.feel import FeelSyntaxError
from orchestrator.kernel.xml import local

if TYPE_CHECKING:
    from orchestrator.bpmn.parsing.document import Document

T = TypeVar("T")
SCOPES = ("subProcess", "transaction", "adHocSubProcess")
GLOBAL_TASKS = {
    "globalTask": "task",
    "globalUserTask": "userTask",
    "globalManualTask": "manualTask",
    "globalScriptTask": "scriptTask",
    "globalBusinessRuleTask": "businessRuleTask",
}


class ProcessReader:
    def __init__(self, root: etree._Element, document: Document) -> None:
        self._root, self._document = root, document
        self._id = root.get("id", "")
        self._names = activities.data_names(root)
        self._elements: dict[str, Element] = {}
        self._flows: dict[str, Flow] = {}
        self._data: dict[str, tuple[str, ...]] = {}
        self._associations: dict[str, str] = {}

    def process(self) -> ProcessDefinition:
        self._scope(self._root, self._id)
        return self._definition()

    def global_task(self) -> ProcessDefinition:
        """A process of this task alone."""
        kind = GLOBAL_TASKS[local(self._root)]
        element = self._checked(
            self._id, lambda: self._element(self._root, f"{self._id}.task", kind, self._id)
        )
        if element is not None:
            self._elements[element.id] = element
        return self._definition()

    def _definition(self) -> ProcessDefinition:
        name = self._root.get("name", self._id)
        definition = link(
            self._id, name, self._elements, self._flows, self._associations, self._data
        )
        definition = replace(
            definition,
            version_tag=zeebe.version_tag(self._root),
            start_form=zeebe.start_form(self._root),
        )
        self._document.findings.extend(validate(definition))
        return definition

    def _scope(self, scope: etree._Element, scope_id: str) -> None:
        self._declare(scope, scope_id)
        for node in scope:
            name = local(node)
            if name == "sequenceFlow":
                self._flow(node)
            elif name == "association":
                self._associations[node.get("sourceRef", "")] = node.get("targetRef", "")
            elif name in BEHAVIOURS:
                self._node(node, name, scope_id)

    def _declare(self, node: etree._Element, scope_id: str) -> None:
        if names := activities.data(node):
            self._data[scope_id] = names

    def _flow(self, node: etree._Element) -> None:
        flow_id, found = node.get("id", ""), child(node, "conditionExpression")
        compiled = self._checked(flow_id, lambda: condition(found))
        self._flows[flow_id] = Flow(
            flow_id, node.get("sourceRef", ""), node.get("targetRef", ""), compiled
        )

    def _node(self, node: etree._Element, kind: str, scope_id: str) -> None:
        element_id = node.get("id", "")
        element = self._checked(element_id, lambda: self._element(node, element_id, kind, scope_id))
        if element is None:
            return
        self._elements[element_id] = element
        if kind in SCOPES:
            self._scope(node, element_id)
        else:
            self._declare(node, element_id)

    def _element(self, node: etree._Element, element_id: str, kind: str, scope_id: str) -> Element:
        """Raises FeelSyntaxError."""
        names = self._names
        return Element(
            id=element_id,
            kind=kind,
            name=node.get("name", "") or element_id,
            scope=scope_id,
            inputs=(*activities.data_inputs(node, names), *zeebe.mappings(node, "input")),
            outputs=(*activities.data_outputs(node, names), *zeebe.mappings(node, "output")),
            default=node.get("default"),
            attached_to=node.get("attachedToRef"),
            interrupting=flag(node, "cancelActivity", "isInterrupting"),
            triggers=triggers(node, self._document),
            parallel_multiple=flag(node, "parallelMultiple", default=False),
            instantiate=flag(node, "instantiate", default=False),
            parallel_type=node.get("eventGatewayType") == "Parallel",
            work=zeebe.work(node),
            user=zeebe.user(node) if kind == "userTask" else None,
            decision=zeebe.decision(node),
            script=zeebe.script(node),
            call=zeebe.call(node) if kind == "callActivity" else None,
            loop=activities.loop(node, names, self._document),
            ad_hoc=activities.ad_hoc(node) if kind == "adHocSubProcess" else None,
            by_event=flag(node, "triggeredByEvent", default=False),
            for_compensation=flag(node, "isForCompensation", default=False),
            start_quantity=number(node, "startQuantity") or 1,
            completion_quantity=number(node, "completionQuantity") or 1,
            activation=condition(child(node, "activationCondition")),
        )

    def _checked(self, element_id: str, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except FeelSyntaxError as error:
            self._document.find(element_id, error.code, error.message)
            return None
