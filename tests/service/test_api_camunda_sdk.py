"""Camunda's own Python client, unmodified, works against Deskhand: how it logs in, and what it
sends."""

from pathlib import Path
from typing import Any

from camunda_orchestration_sdk import (
    CamundaClient,
    DecisionEvaluationByID,
    MessagePublicationRequest,
    SignalBroadcastRequest,
    UserTaskAssignmentRequest,
    UserTaskCompletionRequest,
    UserTaskSearchQuery,
)

from orchestrator.people import api_tokens, users
from orchestrator.store.database import Database
from tests.service.camunda import eventually, started, state


def test_topology_and_who_am_i(client: CamundaClient) -> None:
    assert client.get_topology().brokers[0].partitions[0].partition_id == 1
    assert client.get_authentication().username == "admin"


def test_oauth_client_credentials(address: str, database: Database, tmp_path: Path) -> None:
    with database.begin(actor="test") as unit:
        admin = users.find(unit, "admin")
        assert admin is not None
        secret = api_tokens.issue(unit, admin, "sdk", None).token
    settings: Any = {
        "CAMUNDA_REST_ADDRESS": address,
        "CAMUNDA_AUTH_STRATEGY": "OAUTH",
        "CAMUNDA_OAUTH_URL": f"{address}/oauth/token",
        "CAMUNDA_CLIENT_ID": "admin",
        "CAMUNDA_CLIENT_SECRET": secret,
        "CAMUNDA_TOKEN_DISK_CACHE_DISABLE": "true",
    }
    with CamundaClient(settings) as client:
        assert client.get_authentication().username == "admin"


def test_messages_and_signals_arrive(deployed: CamundaClient) -> None:
    key = started(deployed, "wait", order="7").process_instance_key
    message = MessagePublicationRequest(name="paid", correlation_key="7", time_to_live=60_000)
    deployed.publish_message(data=message)

    def goes_on() -> bool:
        deployed.broadcast_signal(data=SignalBroadcastRequest(signal_name="alarm"))
        return state(deployed, key) == "COMPLETED"

    eventually(goes_on)


def test_decisions_are_evaluated(deployed: CamundaClient) -> None:
    data = {"decisionDefinitionId": "risk", "variables": {"sum": 500}}
    result = deployed.evaluate_decision(data=DecisionEvaluationByID.from_dict(data))
    assert result.output == '"high"'
    made = result.evaluated_decisions[0]
    assert made.evaluated_inputs[0].input_value == "500"
    assert made.matched_rules[0].rule_id == "r1"
    assert made.matched_rules[0].evaluated_outputs[0].output_value == '"high"'


def test_user_tasks_are_found_assigned_and_completed(deployed: CamundaClient) -> None:
    key = started(deployed, "task").process_instance_key
    query = UserTaskSearchQuery.from_dict({"filter": {"state": "CREATED", "elementId": "look"}})
    (task,) = deployed.search_user_tasks(data=query).items
    deployed.assign_user_task(
        user_task_key=task.user_task_key, data=UserTaskAssignmentRequest(assignee="admin")
    )
    assert deployed.get_user_task(user_task_key=task.user_task_key).assignee == "admin"
    done = UserTaskCompletionRequest.from_dict({"variables": {"seen": True}})
    deployed.complete_user_task(user_task_key=task.user_task_key, data=done)
    assert state(deployed, key) == "COMPLETED"
