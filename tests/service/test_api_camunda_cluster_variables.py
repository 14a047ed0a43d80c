"""Cluster variables through Camunda's own client: kept, and seen by expressions."""

import json
from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    CamundaClient,
    ClusterVariableSearchQueryRequest,
    CreateClusterVariableRequest,
    DecisionEvaluationByID,
    ExpressionEvaluationRequest,
    TenantCreateRequest,
    UpdateClusterVariableRequest,
    VariableSearchQuery,
)
from camunda_orchestration_sdk.errors import ApiError, ConflictError, NotFoundError

from tests.service.camunda import HEAD, RISK, started
from tests.service.conftest import Login

READING = f"""{HEAD}<process id="reading" isExecutable="true"><startEvent id="s"/>
<scriptTask id="script"><extensionElements><zeebe:script
expression="=[camunda.vars.cluster.limit, camunda.vars.tenant.limit, camunda.vars.env.limit]"
resultVariable="seen"/></extensionElements></scriptTask>
<exclusiveGateway id="x" default="low"/><userTask id="large"/><userTask id="small"/>
<endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="script"/>
<sequenceFlow id="f2" sourceRef="script" targetRef="x"/>
<sequenceFlow id="high" sourceRef="x" targetRef="large">
<conditionExpression>=sum &gt; camunda.vars.env.limit</conditionExpression></sequenceFlow>
<sequenceFlow id="low" sourceRef="x" targetRef="small"/>
<sequenceFlow id="f3" sourceRef="large" targetRef="e"/>
<sequenceFlow id="f4" sourceRef="small" targetRef="e"/></process></definitions>"""


def new(name: str, value: Any) -> CreateClusterVariableRequest:
    return CreateClusterVariableRequest.from_dict({"name": name, "value": {"v": value}})


def post(client: Any, path: str, name: str, value: Any) -> None:
    """The client's model takes objects only."""
    body = {"name": name, "value": value}
    answer = client.post(f"/v2/cluster-variables/{path}", json=body)
    assert answer.status_code == 200, answer.text


def evaluated(client: CamundaClient, expression: str) -> Any:
    data = ExpressionEvaluationRequest(expression=f"={expression}")
    return client.evaluate_expression(data=data).result


def seen(client: CamundaClient, key: Any) -> Any:
    wanted = {"filter": {"name": "seen", "processInstanceKey": key}}
    (found,) = client.search_variables(data=VariableSearchQuery.from_dict(wanted)).items
    return json.loads(found.value)


def test_one_is_made_found_changed_and_deleted(client: CamundaClient) -> None:
    client.create_global_cluster_variable(data=new("config", 1))
    client.create_tenant_cluster_variable(tenant_id="<default>", data=new("config", 2))
    with pytest.raises(ConflictError):
        client.create_global_cluster_variable(data=new("config", 1))
    found = client.search_cluster_variables(data=ClusterVariableSearchQueryRequest()).items
    assert [(one.scope.value, one.value, one.is_truncated) for one in found] == [
        ("GLOBAL", '{"v": 1}', False),
        ("TENANT", '{"v": 2}', False),
    ]
    change = UpdateClusterVariableRequest.from_dict({"value": {"v": 3}, "metadata": {"by": "me"}})
    client.update_global_cluster_variable(name="config", data=change)
    got = client.get_global_cluster_variable(name="config")
    assert (got.value, got.metadata.to_dict(), got.kind.value) == ('{"v": 3}', {"by": "me"}, "JSON")
    assert evaluated(client, "camunda.vars.cluster.config.v") == 3
    assert evaluated(client, "camunda.vars.env.config.v") == 2
    client.delete_tenant_cluster_variable(tenant_id="<default>", name="config")
    assert evaluated(client, "camunda.vars.env.config.v") == 3
    client.delete_global_cluster_variable(name="config")
    with pytest.raises(NotFoundError):
        client.get_global_cluster_variable(name="config")
    assert evaluated(client, "camunda.vars.env.config") is None


def test_processes_see_them_as_they_are_at_each_step(
    client: CamundaClient, login: Login, tmp_path: Path
) -> None:
    (tmp_path / "reading.bpmn").write_text(READING, encoding="utf-8")
    client.deploy_resources_from_files([tmp_path / "reading.bpmn"])
    admin = login("admin")
    post(admin, "global", "limit", 100)
    first = started(client, "reading", sum=50).process_instance_key
    post(admin, "tenants/default", "limit", 10)
    second = started(client, "reading", sum=50).process_instance_key
    hidden = started(client, "reading", sum=50, camunda={"vars": {"env": {"limit": 70}}})
    assert seen(client, first) == [100, None, 100]
    assert seen(client, second) == [100, 10, 10]
    assert seen(client, hidden.process_instance_key) == [None, None, 70]
    tasks = admin.post("/v2/user-tasks/search", json={"sort": [{"field": "creationDate"}]}).json()
    assert [task["elementId"] for task in tasks["items"]] == ["small", "large", "small"]


def test_decisions_see_them(client: CamundaClient, login: Login, tmp_path: Path) -> None:
    dmn = RISK.replace("&gt; 100", "&gt; camunda.vars.env.limit")
    (tmp_path / "risk.dmn").write_text(dmn, encoding="utf-8")
    client.deploy_resources_from_files([tmp_path / "risk.dmn"])
    post(login("admin"), "global", "limit", 10)
    data = {"decisionDefinitionId": "risk", "variables": {"sum": 50}}
    answer = client.evaluate_decision(data=DecisionEvaluationByID.from_dict(data))
    assert answer.output == '"high"'


def test_another_tenants_are_neither_seen_nor_changed(client: CamundaClient, login: Login) -> None:
    admin = login("admin")
    for name in ("north", "south"):
        client.create_tenant(data=TenantCreateRequest(tenant_id=name, name=name))
        post(admin, f"tenants/{name}", "where", name)
    post(admin, "global", "all", 1)
    client.assign_user_to_tenant(tenant_id="north", username="operator")
    operator = login("operator")
    found = operator.post("/v2/cluster-variables/search", json={}).json()["items"]
    assert [one["name"] for one in found] == ["all", "where"]
    assert operator.get("/v2/cluster-variables/tenants/south/where").status_code == 404
    told = operator.post("/v2/expression/evaluation", json={"expression": "=camunda.vars"}).json()
    assert told["result"]["env"] == {"all": 1, "where": "north"}
    answer = operator.put("/v2/cluster-variables/global/all", json={"value": 2})
    assert (answer.status_code, answer.json()["code"]) == (403, "tenant.forbidden")
    changed = operator.put("/v2/cluster-variables/tenants/north/where", json={"value": 2})
    assert changed.status_code == 200


@pytest.mark.parametrize("who", ["clerk", "approver"])
def test_who_may_only_look_reads_them(login: Login, who: str) -> None:
    post(login("admin"), "global", "a", 1)
    client = login(who)
    assert client.get("/v2/cluster-variables/global/a").json()["value"] == "1"
    assert client.put("/v2/cluster-variables/global/a", json={"value": 2}).status_code == 403
    assert client.delete("/v2/cluster-variables/global/a").status_code == 403


def test_changes_are_in_the_audit_log(login: Login) -> None:
    admin = login("admin")
    post(admin, "global", "a", 1)
    admin.put("/v2/cluster-variables/global/a", json={"value": 2})
    admin.delete("/v2/cluster-variables/global/a")
    wanted = {"filter": {"entityType": "VARIABLE"}, "sort": [{"field": "timestamp"}]}
    lines = admin.post("/v2/audit-logs/search", json=wanted).json()["items"]
    assert [line["operationType"] for line in lines] == ["CREATE", "UPDATE", "DELETE"]


def test_secret_references_are_not_there(client: CamundaClient) -> None:
    body = {"name": "a", "value": {"token": "camunda.secrets.x"}, "kind": "SECRET_REFERENCE"}
    with pytest.raises(ApiError, match="501"):
        client.create_global_cluster_variable(data=CreateClusterVariableRequest.from_dict(body))
