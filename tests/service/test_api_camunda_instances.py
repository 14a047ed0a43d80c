"""Process instances through Camunda's own Python client, unmodified."""

import threading
from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    CamundaClient,
    MessagePublicationRequest,
    ProcessCreationById,
    ProcessInstanceBusinessIdAssignmentInstruction,
    ProcessInstanceMigrationInstruction,
    ProcessInstanceModificationInstruction,
    ProcessInstanceSearchQuery,
    SignalBroadcastRequest,
    UserTaskCompletionRequest,
    UserTaskSearchQuery,
    errors,
)

from tests.service.camunda import (
    TASK,
    configuration,
    eventually,
    started,
    state,
)


def test_searches_filter_sort_and_page(deployed: CamundaClient) -> None:
    keys = [started(deployed, "task").process_instance_key for _ in range(5)]
    started(deployed, "wait", order="1")
    query = {
        "filter": {"processDefinitionId": {"$like": "ta*"}, "state": {"$in": ["ACTIVE"]}},
        "sort": [{"field": "processInstanceKey", "order": "DESC"}],
        "page": {"limit": 2},
    }
    seen: list[Any] = []
    while True:
        found = deployed.search_process_instances(data=ProcessInstanceSearchQuery.from_dict(query))
        assert found.page.total_items == 5
        if not found.items:
            break
        seen += [i.process_instance_key for i in found.items]
        query["page"] = {"limit": 2, "after": found.page.end_cursor}
    assert seen == keys[::-1]


def test_a_result_can_be_awaited(deployed: CamundaClient, address: str) -> None:
    data = {"processDefinitionId": "wait", "awaitCompletion": True, "variables": {"order": "9"}}

    message = MessagePublicationRequest(name="paid", correlation_key="9", time_to_live=60_000)
    message.variables = MessagePublicationRequest.from_dict(
        {"name": "x", "variables": {"sum": 3}}
    ).variables
    deployed.publish_message(data=message)
    stop = threading.Event()

    def alarm() -> None:
        with CamundaClient(configuration(address)) as other:
            while not stop.wait(0.2):
                other.broadcast_signal(data=SignalBroadcastRequest(signal_name="alarm"))

    thread = threading.Thread(target=alarm)
    thread.start()
    result = deployed.create_process_instance(data=ProcessCreationById.from_dict(data))
    stop.set()
    thread.join()
    assert result.variables.to_dict()["sum"] == 3


def test_instances_are_suspended_resumed_and_modified(deployed: CamundaClient) -> None:
    key = started(deployed, "wait", order="8").process_instance_key
    deployed.suspend_process_instance(process_instance_key=key, data=None)
    assert state(deployed, key) == "SUSPENDED"
    deployed.resume_process_instance(process_instance_key=key, data=None)
    moved = {
        "moveInstructions": [
            {
                "sourceElementInstruction": {"sourceType": "byId", "sourceElementId": "m"},
                "targetElementId": "a",
                "variableInstructions": [{"variables": {"by": "hand"}}],
            }
        ]
    }
    body = ProcessInstanceModificationInstruction.from_dict(moved)
    deployed.modify_process_instance(process_instance_key=key, data=body)
    deployed.broadcast_signal(data=SignalBroadcastRequest(signal_name="alarm"))
    eventually(lambda: state(deployed, key) == "COMPLETED")


def test_a_modified_instance_without_tokens_is_terminated(deployed: CamundaClient) -> None:
    key = started(deployed, "task").process_instance_key
    body = ProcessInstanceModificationInstruction.from_dict(
        {"terminateInstructions": [{"elementId": "look"}]}
    )
    deployed.modify_process_instance(process_instance_key=key, data=body)
    assert state(deployed, key) == "TERMINATED"


def test_an_instance_is_migrated(deployed: CamundaClient, tmp_path: Path) -> None:
    key = started(deployed, "task").process_instance_key
    (tmp_path / "new.bpmn").write_text(TASK.replace('"look"', '"check"'), encoding="utf-8")
    (target,) = deployed.deploy_resources_from_files([tmp_path / "new.bpmn"]).processes
    plan = {
        "targetProcessDefinitionKey": target.process_definition_key,
        "mappingInstructions": [{"sourceElementId": "look", "targetElementId": "check"}],
    }
    body = ProcessInstanceMigrationInstruction.from_dict(plan)
    deployed.migrate_process_instance(process_instance_key=key, data=body)
    assert deployed.get_process_instance(process_instance_key=key).process_definition_version == 2
    (task,) = deployed.search_user_tasks(data=UserTaskSearchQuery()).items
    assert task.element_id == "check"
    done = UserTaskCompletionRequest.from_dict({"variables": {}})
    deployed.complete_user_task(user_task_key=task.user_task_key, data=done)
    assert state(deployed, key) == "COMPLETED"


def test_a_running_instance_is_cancelled(deployed: CamundaClient) -> None:
    key = started(deployed, "task").process_instance_key
    deployed.cancel_process_instance(process_instance_key=key, data=None)
    assert state(deployed, key) == "TERMINATED"


def test_a_modification_that_does_not_fit_is_a_bad_request(deployed: CamundaClient) -> None:
    key = started(deployed, "task").process_instance_key
    body = ProcessInstanceModificationInstruction.from_dict(
        {"terminateInstructions": [{"elementId": "nowhere"}]}
    )
    with pytest.raises(errors.BadRequestError):
        deployed.modify_process_instance(process_instance_key=key, data=body)


def test_a_running_instance_is_given_a_business_id_once(deployed: CamundaClient) -> None:
    def assign(key: Any, business_id: str) -> None:
        body = ProcessInstanceBusinessIdAssignmentInstruction(business_id=business_id)
        deployed.assign_process_instance_business_id(process_instance_key=key, data=body)

    first, second = (started(deployed, "task").process_instance_key for _ in range(2))
    for _ in range(2):  # again it has no effect
        assign(first, "order-1")
    assert deployed.get_process_instance(process_instance_key=first).business_id == "order-1"
    for key, business_id in ((first, "order-2"), (second, "order-1")):
        with pytest.raises(errors.ConflictError):
            assign(key, business_id)
    data = {"processDefinitionId": "task", "businessId": "order-1"}
    again = deployed.create_process_instance(data=ProcessCreationById.from_dict(data))
    assert again.process_instance_key == first
    deployed.cancel_process_instance(process_instance_key=second, data=None)
    with pytest.raises(errors.ConflictError):
        assign(second, "order-3")
