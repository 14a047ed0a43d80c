"""What a FEEL expression could not tell is shown where it was evaluated."""

from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import update

from orchestrator.store.database import Database
from orchestrator.store.tables import ElementInstance
from tests.service.conftest import Login
from tests.service.test_process_second_looks import Office

MODEL = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><process id="p" isExecutable="true">
<startEvent id="s"/><scriptTask id="script"><extensionElements>
<zeebe:script expression="=[a + 1, 2]" resultVariable="n"/></extensionElements></scriptTask>
<exclusiveGateway id="g" default="out"/><businessRuleTask id="rule"><extensionElements>
<zeebe:calledDecision decisionId="level" resultVariable="level"/><zeebe:ioMapping>
<zeebe:input source="=b.c" target="x"/></zeebe:ioMapping></extensionElements></businessRuleTask>
<endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="script"/>
<sequenceFlow id="to_g" sourceRef="script" targetRef="g"/>
<sequenceFlow id="never" sourceRef="g" targetRef="e"><conditionExpression>=n[1] = 5 and true
</conditionExpression></sequenceFlow><sequenceFlow id="out" sourceRef="g" targetRef="rule"/>
<sequenceFlow id="last" sourceRef="rule" targetRef="e"/></process></definitions>"""
DECISION = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
namespace="n"><decision id="level" name="level"><literalExpression><text>[x + 1, "low"][2]</text>
</literalExpression></decision></definitions>"""


@pytest.fixture
def operator(login: Login) -> TestClient:
    admin = login("admin")
    files = [("resources", ("p.bpmn", MODEL)), ("resources", ("d.dmn", DECISION))]
    assert admin.post("/v2/deployments", files=files).status_code == 200
    return admin


def warnings(client: TestClient, **condition: Any) -> dict[str, list[dict[str, str]]]:
    body = {"filter": condition}
    found = client.post("/v2/element-instances/search", json=body).json()["items"]
    return {one["elementId"]: one["warnings"] for one in found if one["warnings"]}


def test_every_element_tells_what_its_expressions_could_not_tell(operator: TestClient) -> None:
    body = {"processDefinitionId": "p", "variables": {"a": "text"}}
    key = operator.post("/v2/process-instances", json=body).json()["processInstanceKey"]
    found = warnings(operator, processInstanceKey=key)
    told = {name: {w["expression"] for w in shown} for name, shown in found.items()}
    assert told == {"script": {"[a + 1, 2]"}, "rule": {"b.c", "level"}}
    assert all(w["message"] for shown in found.values() for w in shown)
    (decision,) = operator.post("/v2/decision-instances/search", json={}).json()["items"]
    path = f"/v2/decision-instances/{decision['decisionEvaluationInstanceKey']}"
    assert operator.get(path).json()["warnings"] == [found["rule"][-1]["message"]]
    history = operator.get(f"/v2/process-instances/{key}/history").text
    assert found["script"][0]["message"] in history


def test_a_decision_asked_for_by_itself_keeps_its_warnings(operator: TestClient) -> None:
    body = {"decisionDefinitionId": "level", "variables": {}}
    asked = operator.post("/v2/decision-definitions/evaluation", json=body).json()
    (decision,) = operator.post("/v2/decision-instances/search", json={}).json()["items"]
    path = f"/v2/decision-instances/{decision['decisionEvaluationInstanceKey']}"
    assert operator.get(path).json()["warnings"] == asked["warnings"] != []


def test_warnings_are_sealed_with_what_was_read(database: Database, login: Login) -> None:
    office = Office(database)
    office.draw_all()
    key = office.invoice(number="MISREAD-7")
    told = [{"expression": "x", "message": "'MISREAD-7' is not a number"}]
    with database.begin(actor="test") as unit:
        unit.session.exec(update(ElementInstance).values(warnings=told))
    assert warnings(login("clerk"), processInstanceKey=str(key)) == {}
    assert "MISREAD-7" in str(warnings(login("operator"), processInstanceKey=str(key)))


def test_a_refused_model_names_each_finding(login: Login) -> None:
    dangling = MODEL.replace('sourceRef="rule" targetRef="e"', 'sourceRef="rule" targetRef="gone"')
    files = [("resources", ("p.bpmn", dangling))]
    answer = login("admin").post("/v2/deployments", files=files).json()
    assert answer["detail"].startswith("p.bpmn: The BPMN file cannot be deployed.\n  last: ")
    assert answer["errors"][0] == {
        "element": "last",
        "rule": "bpmn.dangling_flow",
        "message": "its targetRef 'gone' does not exist; connect or delete it",
    }
