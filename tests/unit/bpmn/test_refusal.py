"""A model that cannot run is refused at deployment, with every reason."""

from collections.abc import Callable

import pytest

from orchestrator import bpmn
from orchestrator.kernel.errors import InvalidModel

START = '<startEvent id="s"/><endEvent id="e"/>'
FLOW = '<sequenceFlow id="{}" sourceRef="{}" targetRef="{}"/>'
ROW = FLOW.format("f1", "s", "x") + FLOW.format("f2", "x", "e")
BODIES = {
    "bpmn.dangling_flow": START + FLOW.format("f1", "s", "nowhere"),
    "bpmn.start": '<endEvent id="e"/>',
    "bpmn.task_type": START + '<serviceTask id="x"/>' + ROW,
    "bpmn.decision": START + '<businessRuleTask id="x"/>' + ROW,
    "bpmn.script": START + '<scriptTask id="x"/>' + ROW,
    "bpmn.boundary": START
    + '<task id="x"/><boundaryEvent id="b" attachedToRef="gone"><errorEventDefinition/>'
    + "</boundaryEvent>"
    + ROW,
    "bpmn.condition": START + '<exclusiveGateway id="x"/>' + ROW + FLOW.format("f3", "x", "e"),
    "bpmn.id": START + '<task id="x"/><task id="x"/>' + ROW,
}


@pytest.mark.parametrize("rule", BODIES)
def test_each_breach_is_named_with_its_element(rule: str, document: Callable[..., bytes]) -> None:
    with pytest.raises(InvalidModel) as refused:
        bpmn.parse(document(BODIES[rule]))
    assert rule in {finding.rule for finding in refused.value.findings}


def test_every_breach_is_named_at_once(document: Callable[..., bytes]) -> None:
    body = '<endEvent id="e"/><serviceTask id="x"/>' + FLOW.format("f", "x", "nowhere")
    with pytest.raises(InvalidModel) as refused:
        bpmn.parse(document(body))
    rules = {finding.rule for finding in refused.value.findings}
    assert {"bpmn.start", "bpmn.task_type", "bpmn.dangling_flow"} <= rules


def test_bad_feel_is_refused(document: Callable[..., bytes]) -> None:
    flow = '<sequenceFlow id="f" sourceRef="s" targetRef="e"><conditionExpression>= a +'
    with pytest.raises(InvalidModel):
        bpmn.parse(document(START + flow + "</conditionExpression></sequenceFlow>"))


def test_entities_are_refused() -> None:
    bomb = b'<!DOCTYPE d [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><d>&b;</d>'
    with pytest.raises(InvalidModel):
        bpmn.parse(bomb)
