"""Deployed resources through Camunda's own Python client: found, read and deleted."""

from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    CamundaClient,
    DecisionDefinitionSearchQuery,
    DecisionEvaluationByID,
    MessagePublicationRequest,
    ProcessCreationById,
    ProcessCreationByKey,
    ProcessDefinitionSearchQuery,
    ProcessInstanceSearchQuery,
    ResourceSearchQuery,
)
from camunda_orchestration_sdk.errors import ApiError, NotFoundError

from tests.service.camunda import HEAD, RISK, eventually, started, state
from tests.service.conftest import Login

BY_MESSAGE = f"""{HEAD}<message id="go" name="go"/><process id="begun" isExecutable="true">
<startEvent id="s"><messageEventDefinition messageRef="go"/></startEvent><userTask id="look"/>
<endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="look"/>
<sequenceFlow id="f2" sourceRef="look" targetRef="e"/></process></definitions>"""


def resources(client: CamundaClient, **wanted: Any) -> list[Any]:
    query = ResourceSearchQuery.from_dict({"filter": wanted})
    return list(client.search_resources(data=query).items)


def deploy(client: CamundaClient, folder: Path, name: str, text: str) -> Any:
    (folder / name).write_text(text, encoding="utf-8")
    return client.deploy_resources_from_files([folder / name])


def state_of(client: CamundaClient, key: Any) -> str:
    return str(client.get_process_definition(process_definition_key=key).state.value)


def test_what_is_deployed_is_found_and_read(deployed: CamundaClient) -> None:
    assert {each.resource_id for each in resources(deployed)} == {"job", "task", "wait", "d"}
    (risk,) = resources(deployed, resourceName="risk.dmn")
    assert deployed.get_resource(resource_key=risk.resource_key).version == 1
    content = deployed.get_resource_content_binary(resource_key=risk.resource_key)
    assert content.payload.read() == RISK.encode()
    with pytest.raises(NotFoundError):
        deployed.get_resource(resource_key="1")


def test_a_deleted_process_starts_no_more_and_its_instances_go_on(deployed: CamundaClient) -> None:
    running = started(deployed, "task").process_instance_key
    (found,) = resources(deployed, resourceId="task")
    key = found.resource_key
    deployed.delete_resource(resource_key=key, data=None)
    assert resources(deployed, resourceId="task") == []
    for data in (ProcessCreationById("task"), ProcessCreationByKey(key)):
        with pytest.raises(ApiError, match=r"process\.not_found"):
            deployed.create_process_instance(data=data)
    assert (state(deployed, running), state_of(deployed, key)) == ("ACTIVE", "DRAINING")
    deployed.cancel_process_instance(process_instance_key=running, data=None)
    assert state_of(deployed, key) == "DELETED"
    active = ProcessDefinitionSearchQuery.from_dict({"filter": {"state": "ACTIVE"}})
    left = deployed.search_process_definitions(data=active).items
    assert {each.process_definition_id for each in left} == {"job", "wait"}


def test_the_version_before_is_the_newest_again_and_waits_for_its_message(
    client: CamundaClient, tmp_path: Path
) -> None:
    (first,) = deploy(client, tmp_path, "begun.bpmn", BY_MESSAGE).processes
    changed = BY_MESSAGE.replace('"look"', '"check"')
    (second,) = deploy(client, tmp_path, "begun.bpmn", changed).processes
    client.delete_resource(resource_key=second.process_definition_key, data=None)
    client.publish_message(data=MessagePublicationRequest(name="go", time_to_live=60_000))
    query = ProcessInstanceSearchQuery()
    eventually(lambda: len(client.search_process_instances(data=query).items) == 1)
    (instance,) = client.search_process_instances(data=query).items
    assert instance.process_definition_key == first.process_definition_key
    client.delete_resource(resource_key=first.process_definition_key, data=None)
    (again,) = deploy(client, tmp_path, "begun.bpmn", changed).processes
    assert again.process_definition_version == 3


def test_a_deleted_dmn_file_decides_no_more(deployed: CamundaClient) -> None:
    (risk,) = resources(deployed, resourceName="risk.dmn")
    deployed.delete_resource(resource_key=risk.resource_key, data=None)
    data = DecisionEvaluationByID.from_dict({"decisionDefinitionId": "risk"})
    with pytest.raises(NotFoundError):
        deployed.evaluate_decision(data=data)
    query = DecisionDefinitionSearchQuery()
    assert deployed.search_decision_definitions(data=query).items == []


def test_a_deletion_is_on_the_record(deployed: CamundaClient, login: Login) -> None:
    (task,) = resources(deployed, resourceId="task")
    deployed.delete_resource(resource_key=task.resource_key, data=None)
    body = {"filter": {"entityType": "RESOURCE", "operationType": "DELETE"}}
    found = login("admin").post("/v2/audit-logs/search", json=body).json()["items"]
    assert [entry["actorId"] for entry in found] == ["admin"]
