"""Statistics and parts of process instances, and the variables of user tasks, through Camunda's
own Python client, unmodified."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    CamundaClient,
    ElementInstanceSearchQuery,
    IncidentProcessInstanceStatisticsByDefinitionQuery,
    IncidentProcessInstanceStatisticsByErrorQuery,
    IncidentSearchQuery,
    JobActivationRequest,
    JobFailRequest,
    JobSearchQuery,
    ProcessDefinitionElementStatisticsQuery,
    ProcessDefinitionInstanceStatisticsQuery,
    ProcessDefinitionInstanceVersionStatisticsQuery,
    ProcessDefinitionVariableNameSearchQuery,
    ProcessInstanceSearchQuery,
    UserTaskAssignmentRequest,
    UserTaskEffectiveVariableSearchQueryRequest,
    UserTaskSearchQuery,
    UserTaskUpdateRequest,
    UserTaskVariableSearchQueryRequest,
)

from tests.service.camunda import (
    HEAD,
    JOB,
    configuration,
    eventually,
    started,
    state,
)

CALL = f"""{HEAD}<process id="outer" isExecutable="true"><startEvent id="s"/>
<callActivity id="call"><extensionElements>
<zeebe:calledElement processId="job" propagateAllChildVariables="true"/></extensionElements>
</callActivity><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="call"/>
<sequenceFlow id="f2" sourceRef="call" targetRef="e"/></process></definitions>"""
TASK = f"""{HEAD}<process id="task" isExecutable="true"><startEvent id="s"/>
<userTask id="look"><extensionElements><zeebe:assignmentDefinition candidateGroups="clerk"/>
<zeebe:ioMapping><zeebe:input source="=a + 1" target="a"/>
<zeebe:input source="=5" target="only"/></zeebe:ioMapping></extensionElements></userTask>
<exclusiveGateway id="x" default="no"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="x"/>
<sequenceFlow id="yes" sourceRef="x" targetRef="e"><conditionExpression>=a &gt; 100
</conditionExpression></sequenceFlow>
<sequenceFlow id="no" sourceRef="x" targetRef="look"/>
<sequenceFlow id="f2" sourceRef="look" targetRef="e"/></process></definitions>"""


@pytest.fixture
def client(address: str, tmp_path: Path) -> Iterator[CamundaClient]:
    with CamundaClient(configuration(address)) as made:
        files: list[str | Path] = []
        for name, text in (("job", JOB), ("outer", CALL), ("task", TASK)):
            files.append(tmp_path / f"{name}.bpmn")
            (tmp_path / f"{name}.bpmn").write_text(text, encoding="utf-8")
        made.deploy_resources_from_files(files)
        yield made


def keys(client: CamundaClient, **condition: Any) -> list[Any]:
    query = ProcessInstanceSearchQuery.from_dict({"filter": condition})
    found = client.search_process_instances(data=query).items
    return sorted(instance.process_instance_key for instance in found)


def failed_call(client: CamundaClient) -> tuple[Any, Any]:
    """The keys of an instance and of the one it called, whose job has failed for good."""
    outer = started(client, "outer").process_instance_key
    eventually(lambda: len(keys(client, parentProcessInstanceKey=outer)) == 1)
    (inner,) = keys(client, parentProcessInstanceKey=outer)
    request = JobActivationRequest(type_="pay", timeout=10_000, max_jobs_to_activate=1)
    (job,) = client.activate_jobs(data=request).jobs
    client.fail_job(job_key=job.job_key, data=JobFailRequest(retries=0, error_message="broken"))
    return outer, inner


def the_task(client: CamundaClient, **condition: Any) -> Any:
    query = UserTaskSearchQuery.from_dict({"filter": condition})
    (task,) = client.search_user_tasks(data=query).items
    return task


def test_an_instance_tells_its_flows_calls_and_incidents(client: CamundaClient) -> None:
    outer, inner = failed_call(client)
    calls = client.get_process_instance_call_hierarchy(process_instance_key=inner)
    assert [call.process_instance_key for call in calls] == [outer, inner]
    flows = client.get_process_instance_sequence_flows(process_instance_key=outer).items
    assert [flow.sequence_flow_id for flow in flows] == ["f1"]
    for key in (outer, inner):
        found = client.search_process_instance_incidents(
            process_instance_key=key, data=IncidentSearchQuery()
        )
        assert [i.process_instance_key for i in found.items] == [inner]
    query = ElementInstanceSearchQuery.from_dict({"filter": {"type": "CALL_ACTIVITY"}})
    (call,) = client.search_element_instances(data=query).items
    below = client.search_element_instance_incidents(
        element_instance_key=call.element_instance_key, data=IncidentSearchQuery()
    )
    assert [i.error_message for i in below.items] == ["broken"]


def test_elements_and_instances_are_counted_by_state(client: CamundaClient) -> None:
    _, inner = failed_call(client)
    waiting = started(client, "job").process_instance_key
    cancelled = started(client, "job").process_instance_key
    client.cancel_process_instance(process_instance_key=cancelled, data=None)
    definition = client.get_process_instance(process_instance_key=waiting).process_definition_key

    def counts(found: Any) -> dict[str, tuple[int, ...]]:
        return {s.element_id: (s.active, s.canceled, s.incidents, s.completed) for s in found.items}

    query = ProcessDefinitionElementStatisticsQuery.from_dict({"filter": {}})
    found = client.get_process_definition_statistics(process_definition_key=definition, data=query)
    assert counts(found) == {"s": (0, 0, 0, 3), "work": (1, 1, 1, 0)}
    failed = ProcessDefinitionElementStatisticsQuery.from_dict({"filter": {"hasIncident": True}})
    found = client.get_process_definition_statistics(process_definition_key=definition, data=failed)
    assert counts(found) == {"s": (0, 0, 0, 1), "work": (0, 0, 1, 0)}
    one = client.get_process_instance_statistics(process_instance_key=inner)
    assert counts(one) == {"s": (0, 0, 0, 1), "work": (0, 0, 1, 0)}
    versions = client.get_process_definition_instance_version_statistics(
        data=ProcessDefinitionInstanceVersionStatisticsQuery.from_dict(
            {"filter": {"processDefinitionId": "job"}}
        )
    )
    (version,) = versions.items
    assert version.active_instances_with_incident_count == 1
    assert version.active_instances_without_incident_count == 1
    processes = client.get_process_definition_instance_statistics(
        data=ProcessDefinitionInstanceStatisticsQuery.from_dict(
            {"sort": [{"field": "processDefinitionId", "order": "DESC"}]}
        )
    )
    assert [p.process_definition_id for p in processes.items] == ["outer", "job"]


def test_instances_are_counted_by_what_holds_them_up(client: CamundaClient) -> None:
    failed_call(client)
    (error,) = client.get_process_instance_statistics_by_error(
        data=IncidentProcessInstanceStatisticsByErrorQuery()
    ).items
    assert (error.error_message, error.active_instances_with_error_count) == ("broken", 1)
    query = {"filter": {"errorHashCode": error.error_hash_code}}
    (held_up,) = client.get_process_instance_statistics_by_definition(
        data=IncidentProcessInstanceStatisticsByDefinitionQuery.from_dict(query)
    ).items
    assert held_up.process_definition_id == "job"


def test_instances_are_found_by_variables_elements_and_alternatives(
    client: CamundaClient,
) -> None:
    one = started(client, "task", a=1, kind="x").process_instance_key
    two = started(client, "task", a=2, kind="x").process_instance_key
    done = started(client, "task", a=200, kind="y").process_instance_key
    assert keys(client, variables=[{"name": "a", "value": "2"}]) == [two]
    wanted = [{"name": "a", "value": {"$neq": "2"}}, {"name": "kind", "value": '"x"'}]
    assert keys(client, variables=wanted) == [one]
    assert keys(client, elementId="look", elementInstanceState="ACTIVE") == [one, two]
    assert keys(client, elementId="e") == [done]
    either = [{"processInstanceKey": one}, {"state": "COMPLETED"}]
    assert keys(client, processDefinitionName="no such", **{"$or": either}) == []
    assert keys(client, processDefinitionId="task", **{"$or": either}) == [one, done]


def test_the_names_of_variables_are_listed_once(client: CamundaClient) -> None:
    definition = started(client, "task", a=1, b=2).process_definition_key
    started(client, "task", a=3)

    def names(**condition: Any) -> list[str]:
        query = ProcessDefinitionVariableNameSearchQuery.from_dict({"filter": condition})
        found = client.search_process_definition_variable_names(
            process_definition_key=definition, data=query
        )
        return [variable.name for variable in found.items]

    assert names() == ["a", "b", "only"]
    assert names(name={"$like": "o*"}) == ["only"]


def test_jobs_are_found_by_state_and_error(client: CamundaClient) -> None:
    failed_call(client)
    started(client, "job")

    def found(**condition: Any) -> list[str]:
        query = JobSearchQuery.from_dict({"filter": condition})
        return [job.state.value for job in client.search_jobs(data=query).items]

    assert found(state="FAILED", retries=0, processDefinitionId="job") == ["FAILED"]
    assert found(errorMessage={"$like": "bro*"}) == ["FAILED"]
    assert found(state={"$neq": "FAILED"}, worker="") == ["CREATED"]
    assert found(hasFailedWithRetriesLeft=True) == []


def test_a_user_task_shows_the_variables_it_sees(client: CamundaClient) -> None:
    started(client, "task", a=1, b=2)
    key = the_task(client).user_task_key
    every = client.search_user_task_variables(
        user_task_key=key, data=UserTaskVariableSearchQueryRequest()
    )
    assert sorted((v.name, v.value) for v in every.items) == [
        ("a", "1"),
        ("a", "2"),
        ("b", "2"),
        ("only", "5"),
    ]
    query = UserTaskEffectiveVariableSearchQueryRequest.from_dict(
        {"sort": [{"field": "name", "order": "ASC"}]}
    )
    seen = client.search_user_task_effective_variables(user_task_key=key, data=query)
    assert [(v.name, v.value) for v in seen.items] == [("a", "2"), ("b", "2"), ("only", "5")]


def test_user_tasks_are_found_by_group_and_variables(client: CamundaClient) -> None:
    started(client, "task", a=1)
    wanted = the_task(client).user_task_key
    assert the_task(client, candidateGroup={"$in": ["clerk"]}).user_task_key == wanted
    local = [{"name": "a", "value": "2"}]
    outer = [{"name": "a", "value": "1"}]
    found = the_task(client, localVariables=local, processInstanceVariables=outer)
    assert found.user_task_key == wanted
    query = UserTaskSearchQuery.from_dict({"filter": {"candidateGroup": "boss"}})
    assert client.search_user_tasks(data=query).items == []


def test_a_user_task_is_updated_and_given_to_another(client: CamundaClient) -> None:
    key = started(client, "task", a=1).process_instance_key
    task = the_task(client, processInstanceKey=key).user_task_key
    change = {"changeset": {"priority": 80, "dueDate": "2027-01-01T00:00:00Z"}}
    client.update_user_task(user_task_key=task, data=UserTaskUpdateRequest.from_dict(change))
    changed = client.get_user_task(user_task_key=task)
    assert (changed.priority, changed.candidate_groups) == (80, ["clerk"])
    assert changed.due_date is not None
    assert changed.due_date.year == 2027
    for name in ("admin", "clerk"):
        given = UserTaskAssignmentRequest(assignee=name, allow_override=True)
        client.assign_user_task(user_task_key=task, data=given)
    assert client.get_user_task(user_task_key=task).assignee == "clerk"
    assert state(client, key) == "ACTIVE"
