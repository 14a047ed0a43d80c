"""Instances, decisions, documents and histories are deleted through Camunda's own client."""

import io
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    AuditLogSearchQueryRequest,
    CamundaClient,
    CreateDocumentData,
    DecisionEvaluationByID,
    DecisionInstanceDeletionBatchOperationRequest,
    DecisionInstanceSearchQuery,
    DeleteResourceRequest,
    ProcessInstanceDeletionBatchOperationRequest,
    ProcessInstanceSearchQuery,
    ResourceSearchQuery,
)
from camunda_orchestration_sdk.errors import ApiError, ConflictError, NotFoundError
from camunda_orchestration_sdk.types import File

from tests.service.camunda import eventually, started
from tests.service.conftest import Login


def ended(client: CamundaClient) -> Any:
    key = started(client, "task", name="Ada").process_instance_key
    client.cancel_process_instance(process_instance_key=key, data=None)
    return key


def instances(client: CamundaClient) -> set[Any]:
    found = client.search_process_instances(data=ProcessInstanceSearchQuery()).items
    return {each.process_instance_key for each in found}


def decided(client: CamundaClient) -> list[Any]:
    query = DecisionInstanceSearchQuery()
    return list(client.search_decision_instances(data=query).items)


def decide(client: CamundaClient) -> Any:
    data = {"decisionDefinitionId": "risk", "variables": {"sum": 101}}
    return client.evaluate_decision(data=DecisionEvaluationByID.from_dict(data))


def test_an_instance_is_deleted_when_it_has_ended(deployed: CamundaClient) -> None:
    running = started(deployed, "task").process_instance_key
    with pytest.raises(ConflictError):
        deployed.delete_process_instance(process_instance_key=running, data=None)
    key = ended(deployed)
    deployed.delete_process_instance(process_instance_key=key, data=None)
    assert instances(deployed) == {running}
    with pytest.raises(NotFoundError):
        deployed.delete_process_instance(process_instance_key=key, data=None)
    wanted = {"filter": {"entityType": "PROCESS_INSTANCE", "operationType": "DELETE"}}
    query = AuditLogSearchQueryRequest.from_dict(wanted)
    (line,) = deployed.search_audit_logs(data=query).items
    assert (line.entity_key, line.actor_id) == (str(key), "admin")


def test_a_batch_deletes_what_has_ended_and_fits(deployed: CamundaClient) -> None:
    running = started(deployed, "task").process_instance_key
    for _ in range(3):
        ended(deployed)
    wanted = {"filter": {"processDefinitionId": "task"}}
    data = ProcessInstanceDeletionBatchOperationRequest.from_dict(wanted)
    made = deployed.delete_process_instances_batch_operation(data=data)
    assert made.batch_operation_type.value == "DELETE_PROCESS_INSTANCE"
    eventually(lambda: instances(deployed) == {running})


def test_decisions_are_deleted_by_evaluation_and_by_filter(deployed: CamundaClient) -> None:
    first, *_ = [decide(deployed) for _ in range(3)]
    deployed.delete_decision_instance(
        decision_evaluation_key=first.decision_evaluation_key, data=None
    )
    assert len(decided(deployed)) == 2
    data = DecisionInstanceDeletionBatchOperationRequest.from_dict(
        {"filter": {"decisionDefinitionId": "risk"}}
    )
    deployed.delete_decision_instances_batch_operation(data=data)
    eventually(lambda: decided(deployed) == [])


def resource(client: CamundaClient, name: str) -> Any:
    query = ResourceSearchQuery.from_dict({"filter": {"resourceName": name}})
    return client.search_resources(data=query).items[0].resource_key


def test_the_history_of_a_process_goes_with_it_as_its_instances_end(
    deployed: CamundaClient,
) -> None:
    ended(deployed)
    running = started(deployed, "task").process_instance_key
    answer = deployed.delete_resource(
        resource_key=resource(deployed, "task.bpmn"),
        data=DeleteResourceRequest(delete_history=True),
    )
    assert answer.batch_operation is None
    eventually(lambda: instances(deployed) == {running})


def test_the_history_of_a_file_of_decisions_goes_by_a_batch(deployed: CamundaClient) -> None:
    decide(deployed)
    answer = deployed.delete_resource(
        resource_key=resource(deployed, "risk.dmn"), data=DeleteResourceRequest(delete_history=True)
    )
    assert answer.batch_operation
    assert answer.batch_operation.batch_operation_type.value == "DELETE_DECISION_INSTANCE"
    eventually(lambda: decided(deployed) == [])


def test_a_document_is_deleted_when_nothing_names_it(deployed: CamundaClient) -> None:
    file = File(payload=io.BytesIO(b"evidence"), file_name="a.txt", mime_type="text/plain")
    made = deployed.create_document(data=CreateDocumentData(file=file))
    key = started(deployed, "task", proof=made.to_dict()).process_instance_key
    with pytest.raises(ApiError, match=r"document\.in_use"):
        deployed.delete_document(document_id=made.document_id)
    deployed.cancel_process_instance(process_instance_key=key, data=None)
    deployed.delete_process_instance(process_instance_key=key, data=None)
    deployed.delete_document(document_id=made.document_id)
    with pytest.raises(NotFoundError):
        deployed.get_document(document_id=made.document_id)


@pytest.mark.parametrize("who", ["clerk", "approver", "operator"])
def test_only_who_may_delete_deletes(login: Login, who: str) -> None:
    client = login(who)
    for method, path in (
        ("POST", "/v2/process-instances/1/deletion"),
        ("POST", "/v2/process-instances/deletion"),
        ("POST", "/v2/decision-instances/1/deletion"),
        ("POST", "/v2/decision-instances/deletion"),
        ("DELETE", f"/v2/documents/{'a' * 64}"),
    ):
        answer = client.request(method, path, json={"filter": {"tenantId": "default"}})
        assert (path, answer.status_code) == (path, 403)


def test_who_may_delete_resources_may_not_delete_their_history(
    deployed: CamundaClient, login: Login
) -> None:
    ended(deployed)
    path = f"/v2/resources/{resource(deployed, 'task.bpmn')}/deletion"
    assert login("operator").post(path, json={"deleteHistory": True}).status_code == 403
    assert len(instances(deployed)) == 1
    assert login("operator").post(path).status_code == 200
