"""Camunda's own Python client, unmodified, works against Deskhand."""

import asyncio
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    CamundaAsyncClient,
    CamundaClient,
    DecisionEvaluationByID,
    IncidentResolutionRequest,
    IncidentSearchQuery,
    JobActivationRequest,
    JobCompletionRequest,
    JobError,
    JobFailRequest,
    JobFailure,
    JobSearchQuery,
    JobUpdateRequest,
    MessagePublicationRequest,
    ProcessCreationById,
    ProcessInstanceMigrationInstruction,
    ProcessInstanceModificationInstruction,
    ProcessInstanceSearchQuery,
    SignalBroadcastRequest,
    UserTaskAssignmentRequest,
    UserTaskCompletionRequest,
    UserTaskSearchQuery,
    VariableSearchQuery,
    WorkerConfig,
    errors,
)

from orchestrator.people import api_tokens, users
from orchestrator.store.database import Database
from tests.service.conftest import PASSWORD

HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><error id="bad" errorCode="bad"/>
<message id="paid" name="paid"><extensionElements>
<zeebe:subscription correlationKey="=order"/></extensionElements></message>
<signal id="alarm" name="alarm"/>"""
JOB = f"""{HEAD}<process id="job" isExecutable="true"><startEvent id="s"/>
<serviceTask id="work"><extensionElements><zeebe:taskDefinition type="pay" retries="2"/>
<zeebe:taskHeaders><zeebe:header key="bank" value="x"/></zeebe:taskHeaders></extensionElements>
</serviceTask><boundaryEvent id="b" attachedToRef="work"><errorEventDefinition errorRef="bad"/>
</boundaryEvent><endEvent id="e"/><endEvent id="caught"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="work"/>
<sequenceFlow id="f2" sourceRef="work" targetRef="e"/>
<sequenceFlow id="f3" sourceRef="b" targetRef="caught"/></process></definitions>"""
TASK = f"""{HEAD}<process id="task" isExecutable="true"><startEvent id="s"/>
<userTask id="look"/><endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="look"/>
<sequenceFlow id="f2" sourceRef="look" targetRef="e"/></process></definitions>"""
WAIT = f"""{HEAD}<process id="wait" isExecutable="true"><startEvent id="s"/>
<intermediateCatchEvent id="m"><messageEventDefinition messageRef="paid"/></intermediateCatchEvent>
<intermediateCatchEvent id="a"><signalEventDefinition signalRef="alarm"/></intermediateCatchEvent>
<endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="m"/>
<sequenceFlow id="f2" sourceRef="m" targetRef="a"/>
<sequenceFlow id="f3" sourceRef="a" targetRef="e"/></process></definitions>"""
RISK = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
namespace="t"><decision id="risk" name="Risk"><variable name="risk"/>
<decisionTable hitPolicy="FIRST"><input id="i"><inputExpression><text>sum</text></inputExpression>
</input><output id="o" name="risk"/><rule id="r1"><inputEntry><text>&gt; 100</text></inputEntry>
<outputEntry><text>"high"</text></outputEntry></rule><rule id="r2"><inputEntry><text>-</text>
</inputEntry><outputEntry><text>"low"</text></outputEntry></rule></decisionTable></decision>
</definitions>"""


def configuration(address: str) -> Any:
    return {
        "CAMUNDA_REST_ADDRESS": address,
        "CAMUNDA_AUTH_STRATEGY": "BASIC",
        "CAMUNDA_BASIC_AUTH_USERNAME": "admin",
        "CAMUNDA_BASIC_AUTH_PASSWORD": PASSWORD,
    }


@pytest.fixture
def client(address: str) -> Iterator[CamundaClient]:
    with CamundaClient(configuration(address)) as made:
        yield made


@pytest.fixture
def deployed(client: CamundaClient, tmp_path: Path) -> CamundaClient:
    files: list[str | Path] = []
    for name, text in (("job", JOB), ("task", TASK), ("wait", WAIT)):
        (tmp_path / f"{name}.bpmn").write_text(text, encoding="utf-8")
        files.append(tmp_path / f"{name}.bpmn")
    (tmp_path / "risk.dmn").write_text(RISK, encoding="utf-8")
    deployment = client.deploy_resources_from_files([*files, tmp_path / "risk.dmn"])
    assert [p.process_definition_id for p in deployment.processes] == ["job", "task", "wait"]
    assert [d.decision_definition_id for d in deployment.decisions] == ["risk"]
    return client


def started(client: CamundaClient, process_id: str, **variables: Any) -> Any:
    data = {"processDefinitionId": process_id, "variables": variables}
    return client.create_process_instance(data=ProcessCreationById.from_dict(data))


def state(client: CamundaClient, key: Any) -> str:
    return str(client.get_process_instance(process_instance_key=key).state.value)


def eventually(true: Callable[[], bool]) -> None:
    until = threading.Event()
    for _ in range(200):
        if true():
            return
        until.wait(0.05)
    raise AssertionError("it never came true")


def test_topology_and_who_am_i(client: CamundaClient) -> None:
    assert client.get_topology().brokers[0].partitions[0].partition_id == 1
    assert client.get_authentication().username == "admin"


def test_jobs_are_activated_failed_and_completed(deployed: CamundaClient) -> None:
    key = started(deployed, "job", sum=5).process_instance_key
    request = JobActivationRequest(type_="pay", timeout=10_000, max_jobs_to_activate=5)
    (job,) = deployed.activate_jobs(data=request).jobs
    assert (job.retries, job.variables.to_dict()["sum"]) == (2, 5)
    assert job.custom_headers.to_dict() == {"bank": "x"}
    failure = JobFailRequest(retries=1, error_message="no network")
    deployed.fail_job(job_key=job.job_key, data=failure)
    (again,) = deployed.activate_jobs(data=request).jobs
    assert (again.job_key, again.retries) == (job.job_key, 1)
    done = JobCompletionRequest.from_dict({"variables": {"paid": True}})
    deployed.complete_job(job_key=job.job_key, data=done)
    assert state(deployed, key) == "COMPLETED"
    (found,) = deployed.search_jobs(data=JobSearchQuery()).items
    assert found.state.value == "COMPLETED"


def test_a_job_without_retries_is_an_incident(deployed: CamundaClient) -> None:
    key = started(deployed, "job").process_instance_key
    request = JobActivationRequest(type_="pay", timeout=10_000, max_jobs_to_activate=1)
    (job,) = deployed.activate_jobs(data=request).jobs
    deployed.fail_job(job_key=job.job_key, data=JobFailRequest(retries=0, error_message="broken"))
    found = ProcessInstanceSearchQuery.from_dict({"filter": {"hasIncident": True}})
    assert [
        i.process_instance_key for i in deployed.search_process_instances(data=found).items
    ] == [key]


def test_new_retries_do_not_try_the_job_before_its_incident_is_resolved(
    deployed: CamundaClient,
) -> None:
    key = started(deployed, "job").process_instance_key
    request = JobActivationRequest(
        type_="pay", timeout=10_000, max_jobs_to_activate=1, request_timeout=-1
    )
    (job,) = deployed.activate_jobs(data=request).jobs
    deployed.fail_job(job_key=job.job_key, data=JobFailRequest(retries=0, error_message="broken"))
    update = JobUpdateRequest.from_dict({"changeset": {"retries": 3}})
    deployed.update_job(job_key=job.job_key, data=update)
    assert deployed.activate_jobs(data=request).jobs == []
    (incident,) = deployed.search_incidents(data=IncidentSearchQuery()).items
    deployed.resolve_incident(incident_key=incident.incident_key, data=IncidentResolutionRequest())
    (again,) = deployed.activate_jobs(data=request).jobs
    assert (again.job_key, again.retries) == (job.job_key, 3)
    deployed.complete_job(job_key=job.job_key, data=JobCompletionRequest())
    assert state(deployed, key) == "COMPLETED"


def test_values_of_variables_are_json_in_a_string(deployed: CamundaClient) -> None:
    values = {
        "text": "abc",
        "number": 1.5,
        "none": None,
        "list": [1, {"a": "é"}],
        "long": "x" * 9000,
    }
    key = started(deployed, "task", **values).process_instance_key
    query: dict[str, Any] = {
        "filter": {"processInstanceKey": key},
        "sort": [{"field": "name", "order": "ASC"}],
    }
    found = deployed.search_variables(data=VariableSearchQuery.from_dict(query)).items
    assert [(v.name, v.value, v.is_truncated) for v in found] == [
        ("list", '[1,{"a":"é"}]', False),
        ("long", '"' + "x" * 8190, True),
        ("none", "null", False),
        ("number", "1.5", False),
        ("text", '"abc"', False),
    ]
    whole = deployed.get_variable(variable_key=found[1].variable_key)
    assert whole.value == '"' + "x" * 9000 + '"'


@pytest.mark.parametrize(
    ("condition", "names"),
    [
        ({"value": '"abc"'}, ["a"]),
        ({"value": "null"}, ["none"]),
        ({"value": {"$in": ['{"b": 1}', "7"]}}, ["object", "z"]),
        ({"value": {"$in": []}}, []),
        ({"value": {"$notIn": []}, "name": "z"}, ["z"]),
        ({"value": {"$like": "*bc*"}, "name": {"$neq": "z"}}, ["a"]),
        ({"isTruncated": True}, []),
        ({"value": {"$gt": "5"}}, ["object", "z"]),
    ],
)
def test_variables_are_found_by_value(
    deployed: CamundaClient, condition: dict[str, Any], names: list[str]
) -> None:
    started(deployed, "task", a="abc", none=None, object={"b": 1}, z=7)
    query = VariableSearchQuery.from_dict({"filter": condition})
    assert [v.name for v in deployed.search_variables(data=query).items] == names


def test_a_worker_completes_fails_and_throws(deployed: CamundaClient, address: str) -> None:
    done = started(deployed, "job", how="done").process_instance_key
    thrown = started(deployed, "job", how="thrown").process_instance_key
    tried: list[str] = []

    async def work() -> None:
        async with CamundaAsyncClient(configuration(address)) as client:
            config = WorkerConfig("pay", 10_000, request_timeout_milliseconds=1000)
            client.create_job_worker(replace(config, worker_name="w"), handle)
            running = asyncio.create_task(client.run_workers())
            for _ in range(200):
                if state(deployed, done) == state(deployed, thrown) == "COMPLETED":
                    break
                await asyncio.sleep(0.05)
            running.cancel()

    async def handle(job: Any) -> dict[str, Any]:
        how = job.variables.to_dict()["how"]
        tried.append(how)
        if how == "thrown":
            raise JobError("bad", "it is bad")
        if tried.count("done") == 1:
            raise JobFailure("try again", retries=1)
        return {"paid": True}

    asyncio.run(work())
    assert state(deployed, done) == state(deployed, thrown) == "COMPLETED"
    assert tried.count("done") == 2


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
