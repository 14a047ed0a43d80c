"""Batch operations and the audit log through Camunda's own Python client, unmodified."""

from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    BatchOperationItemSearchQuery,
    BatchOperationSearchQuery,
    CamundaClient,
    JobActivationRequest,
    JobBatchUpdateRequest,
    JobFailRequest,
    JobSearchQuery,
    ProcessInstanceCancellationBatchOperationRequest,
    ProcessInstanceIncidentResolutionBatchOperationRequest,
    ProcessInstanceMigrationBatchOperationRequest,
    ProcessInstanceModificationBatchOperationRequest,
    UserTaskSearchQuery,
)
from camunda_orchestration_sdk.errors import ApiError, BadRequestError

from orchestrator.process import batch_kinds, batches
from orchestrator.process.deploy import deploy
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database
from tests.service.camunda import TASK, WAIT, eventually, started, state
from tests.service.conftest import Login


def cancellation(**condition: Any) -> ProcessInstanceCancellationBatchOperationRequest:
    return ProcessInstanceCancellationBatchOperationRequest.from_dict({"filter": condition})


def finished(client: CamundaClient, key: Any) -> Any:
    eventually(
        lambda: client.get_batch_operation(batch_operation_key=key).state.value == "COMPLETED"
    )
    return client.get_batch_operation(batch_operation_key=key)


def items(client: CamundaClient, key: Any) -> list[tuple[Any, str]]:
    query = BatchOperationItemSearchQuery.from_dict({"filter": {"batchOperationKey": key}})
    found = client.search_batch_operation_items(data=query).items
    return [(item.process_instance_key, item.state.value) for item in found]


def test_instances_are_cancelled_by_a_filter(deployed: CamundaClient) -> None:
    keys = [started(deployed, "task", kind="a").process_instance_key for _ in range(3)]
    other = started(deployed, "task", kind="b").process_instance_key
    wanted = cancellation(variables=[{"name": "kind", "value": '"a"'}])
    made = deployed.cancel_process_instances_batch_operation(data=wanted)
    done = finished(deployed, made.batch_operation_key)
    assert (done.operations_total_count, done.operations_completed_count) == (3, 3)
    assert (done.actor_type, done.actor_id) == ("USER", "admin")
    assert sorted(items(deployed, made.batch_operation_key)) == [(k, "COMPLETED") for k in keys]
    assert {state(deployed, key) for key in keys} == {"TERMINATED"}
    assert state(deployed, other) == "ACTIVE"
    query = BatchOperationSearchQuery.from_dict({"filter": {"state": "COMPLETED"}})
    (found,) = deployed.search_batch_operations(data=query).items
    assert found.batch_operation_type.value == "CANCEL_PROCESS_INSTANCE"


def test_incidents_are_resolved_by_a_filter(deployed: CamundaClient) -> None:
    key = started(deployed, "job").process_instance_key
    request = JobActivationRequest(type_="pay", timeout=10_000, max_jobs_to_activate=1)
    (job,) = deployed.activate_jobs(data=request).jobs
    deployed.fail_job(job_key=job.job_key, data=JobFailRequest(retries=0, error_message="broken"))
    wanted = {"filter": {"processInstanceKey": key, "errorMessage": {"$like": "brok*"}}}
    made = deployed.resolve_incidents_batch_operation(
        data=ProcessInstanceIncidentResolutionBatchOperationRequest.from_dict(wanted)
    )
    assert finished(deployed, made.batch_operation_key).operations_completed_count == 1
    (again,) = deployed.activate_jobs(data=request).jobs
    assert again.job_key == job.job_key


def test_a_filter_that_names_nothing_is_refused(deployed: CamundaClient) -> None:
    with pytest.raises(ApiError, match="names nothing"):
        deployed.cancel_process_instances_batch_operation(data=cancellation())


def test_a_suspended_batch_waits_and_a_cancelled_one_leaves_the_rest(
    login: Login, database: Database
) -> None:
    operator = login("operator")
    with database.begin(actor="user:operator") as unit:
        deploy(unit, [("wait.bpmn", WAIT.encode())])
        instance = start(unit, StartRequest("wait", variables={"order": "1"})).instance.key
        key = batches.create(unit, batch_kinds.RESOLVE, [(1, instance), (2, instance)]).key
    path = f"/v2/batch-operations/{key}"
    assert operator.post(f"{path}/suspension").status_code == 204
    with database.begin(actor="user:operator") as unit:
        assert batches.step(unit, key) is False
    assert operator.post(f"{path}/suspension").json()["code"] == "batch.state"
    assert operator.post(f"{path}/resumption").status_code == 204
    with database.begin(actor="user:operator") as unit:
        assert batches.step(unit, key) is True
    assert operator.post(f"{path}/cancellation").status_code == 204
    answer = operator.post("/v2/batch-operation-items/search", json={}).json()
    assert [(i["itemKey"], i["state"], i["errorMessage"]) for i in answer["items"]] == [
        ("1", "FAILED", "There is no incident 1."),
        ("2", "CANCELED", None),
    ]
    assert operator.get(path).json()["operationsFailedCount"] == 1


def test_only_who_manages_processes_may_ask_for_a_batch(login: Login) -> None:
    body = {"filter": {"state": "ACTIVE"}}
    for role in ("clerk", "approver"):
        refused = login(role).post("/v2/process-instances/cancellation", json=body)
        assert refused.status_code == 403


def test_instances_are_migrated_by_a_filter(deployed: CamundaClient, tmp_path: Path) -> None:
    keys = [started(deployed, "task").process_instance_key for _ in range(2)]
    waiting = started(deployed, "wait", order="1").process_instance_key
    (tmp_path / "new.bpmn").write_text(TASK.replace('"look"', '"check"'), encoding="utf-8")
    (target,) = deployed.deploy_resources_from_files([tmp_path / "new.bpmn"]).processes
    wanted = {
        "filter": {"processInstanceKey": {"$in": [*keys, waiting]}},
        "migrationPlan": {
            "targetProcessDefinitionKey": target.process_definition_key,
            "mappingInstructions": [{"sourceElementId": "look", "targetElementId": "check"}],
        },
    }
    body = ProcessInstanceMigrationBatchOperationRequest.from_dict(wanted)
    made = deployed.migrate_process_instances_batch_operation(data=body)
    assert finished(deployed, made.batch_operation_key).operations_failed_count == 1
    assert sorted(items(deployed, made.batch_operation_key)) == [
        *((key, "COMPLETED") for key in keys),
        (waiting, "FAILED"),
    ]
    tasks = deployed.search_user_tasks(data=UserTaskSearchQuery()).items
    assert [task.element_id for task in tasks] == ["check", "check"]


def test_tokens_are_moved_by_a_filter(deployed: CamundaClient) -> None:
    keys = [started(deployed, "wait", order=str(n)).process_instance_key for n in range(2)]
    other = started(deployed, "task").process_instance_key
    wanted = {
        "filter": {"state": "ACTIVE"},
        "moveInstructions": [{"sourceElementId": "m", "targetElementId": "e"}],
    }
    body = ProcessInstanceModificationBatchOperationRequest.from_dict(wanted)
    made = deployed.modify_process_instances_batch_operation(data=body)
    finished(deployed, made.batch_operation_key)
    assert sorted(items(deployed, made.batch_operation_key)) == [
        *((key, "COMPLETED") for key in keys),
        (other, "FAILED"),
    ]
    assert {state(deployed, key) for key in keys} == {"COMPLETED"}
    assert state(deployed, other) == "ACTIVE"


def test_jobs_are_updated_by_a_filter(deployed: CamundaClient) -> None:
    for _ in range(2):
        started(deployed, "job")
    wanted = {"filter": {"type": "pay"}, "changeset": {"retries": 7, "priority": 5}}
    made = deployed.update_jobs_batch_operation(data=JobBatchUpdateRequest.from_dict(wanted))
    done = finished(deployed, made.batch_operation_key)
    assert (done.operations_completed_count, done.operations_failed_count) == (2, 0)
    jobs = deployed.search_jobs(data=JobSearchQuery()).items
    assert [(job.retries, job.priority) for job in jobs] == [(7, 5)] * 2
    nothing = JobBatchUpdateRequest.from_dict({"filter": {"type": "pay"}, "changeset": {}})
    with pytest.raises(BadRequestError):
        deployed.update_jobs_batch_operation(data=nothing)
