"""The audit log through Camunda's own Python client: who did what to which thing."""

from typing import Any

import pytest
from camunda_orchestration_sdk import (
    AuditLogSearchQueryRequest,
    CamundaClient,
    DecisionEvaluationByID,
    GroupCreateRequest,
    IncidentResolutionRequest,
    IncidentSearchQuery,
    JobActivationRequest,
    JobFailRequest,
    SetVariableRequest,
    UserRequest,
    UserTaskAssignmentRequest,
    UserTaskAuditLogSearchQueryRequest,
    UserTaskSearchQuery,
    VariableSearchQuery,
)
from camunda_orchestration_sdk.errors import NotFoundError

from tests.service.camunda import started
from tests.service.conftest import PASSWORD, Login


def entries(client: CamundaClient, **wanted: Any) -> list[Any]:
    """What the log tells, oldest first."""
    query = {"filter": wanted, "sort": [{"field": "timestamp", "order": "ASC"}]}
    return client.search_audit_logs(data=AuditLogSearchQueryRequest.from_dict(query)).items


def told(found: list[Any]) -> list[tuple[str, str]]:
    return [(entry.entity_type.value, entry.operation_type.value) for entry in found]


def test_the_audit_log_tells_who_did_what(deployed: CamundaClient) -> None:
    key = started(deployed, "task").process_instance_key
    deployed.cancel_process_instance(process_instance_key=key, data=None)
    found = entries(deployed, processInstanceKey=key, entityType="PROCESS_INSTANCE")
    assert told(found) == [("PROCESS_INSTANCE", "CREATE"), ("PROCESS_INSTANCE", "CANCEL")]
    one = deployed.get_audit_log(audit_log_key=found[1].audit_log_key)
    assert (one.actor_id, one.entity_key) == ("admin", key)
    assert one.process_definition_id == "task"
    with pytest.raises(NotFoundError):
        deployed.get_audit_log(audit_log_key="7")


def test_the_log_of_an_instance_tells_of_its_tasks(deployed: CamundaClient) -> None:
    key = started(deployed, "task").process_instance_key
    started(deployed, "task")
    (task,) = (
        task
        for task in deployed.search_user_tasks(data=UserTaskSearchQuery()).items
        if task.process_instance_key == key
    )
    mine = UserTaskAssignmentRequest(assignee="admin")
    deployed.assign_user_task(user_task_key=task.user_task_key, data=mine)
    found = entries(deployed, processInstanceKey=key, category="USER_TASKS")
    assert told(found) == [("USER_TASK", "CREATE"), ("USER_TASK", "ASSIGN")]
    assert {entry.user_task_key for entry in found} == {task.user_task_key}
    assert {entry.process_definition_id for entry in found} == {"task"}


def test_incidents_and_failed_jobs_are_told(deployed: CamundaClient) -> None:
    key = started(deployed, "job").process_instance_key
    request = JobActivationRequest(type_="pay", timeout=10_000, max_jobs_to_activate=1)
    (job,) = deployed.activate_jobs(data=request).jobs
    deployed.fail_job(job_key=job.job_key, data=JobFailRequest(retries=0, error_message="broken"))
    (incident,) = deployed.search_incidents(data=IncidentSearchQuery()).items
    deployed.resolve_incident(incident_key=incident.incident_key, data=IncidentResolutionRequest())
    (failed,) = entries(deployed, result="FAIL")
    assert (failed.job_key, failed.process_instance_key) == (job.job_key, key)
    (resolved,) = entries(deployed, entityType="INCIDENT")
    assert (resolved.operation_type.value, resolved.actor_id) == ("RESOLVE", "admin")
    assert resolved.entity_key == incident.incident_key
    assert resolved.element_instance_key == incident.element_instance_key


def test_variables_that_people_set_are_told_one_by_one(deployed: CamundaClient) -> None:
    key = started(deployed, "task", a=1, untouched=1).process_instance_key
    values = SetVariableRequest.from_dict({"variables": {"a": 2, "b": 3}, "local": True})
    deployed.create_element_instance_variables(element_instance_key=key, data=values)
    found = entries(deployed, entityType="VARIABLE", processInstanceKey=key)
    known = deployed.search_variables(data=VariableSearchQuery()).items
    keys = {variable.name: variable.variable_key for variable in known}
    assert sorted(
        (entry.entity_description, entry.operation_type.value, entry.entity_key) for entry in found
    ) == [("a", "UPDATE", keys["a"]), ("b", "CREATE", keys["b"])]


def test_deployments_decisions_and_who_may_what_are_told(deployed: CamundaClient) -> None:
    data = {"decisionDefinitionId": "risk", "variables": {"sum": 500}}
    deployed.evaluate_decision(data=DecisionEvaluationByID.from_dict(data))
    deployed.create_user(data=UserRequest(username="anna", password=PASSWORD))
    deployed.create_group(data=GroupCreateRequest(group_id="night", name="Night shift"))
    deployed.assign_user_to_group(group_id="night", username="anna")
    (decided,) = entries(deployed, entityType="DECISION")
    assert (decided.operation_type.value, decided.decision_definition_id) == ("EVALUATE", "risk")
    (made,) = entries(deployed, entityType="RESOURCE")
    assert (made.operation_type.value, made.deployment_key) == ("CREATE", made.entity_key)
    (joined,) = entries(deployed, relatedEntityKey="anna")
    assert told([joined]) == [("GROUP", "ASSIGN")]
    assert joined.related_entity_type.value == "USER"
    assert told(entries(deployed, actorId="admin", category="ADMIN"))[-3:] == [
        ("USER", "CREATE"),
        ("GROUP", "CREATE"),
        ("GROUP", "ASSIGN"),
    ]


def test_a_user_task_tells_what_was_done_with_it(deployed: CamundaClient) -> None:
    started(deployed, "task")
    (task,) = deployed.search_user_tasks(data=UserTaskSearchQuery()).items
    found = deployed.search_user_task_audit_logs(
        user_task_key=task.user_task_key, data=UserTaskAuditLogSearchQueryRequest()
    )
    assert [entry.operation_type.value for entry in found.items] == ["CREATE"]


def test_only_administrators_read_the_audit_log(login: Login) -> None:
    assert login("operator").post("/v2/audit-logs/search", json={}).status_code == 403
