"""Tenants through Camunda's own Python client: who is assigned to one sees its data only."""

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    CamundaClient,
    DecisionEvaluationByID,
    GroupCreateRequest,
    JobActivationRequest,
    JobCompletionRequest,
    JobFailRequest,
    MessagePublicationRequest,
    ProcessCreationById,
    ProcessDefinitionSearchQuery,
    ProcessInstanceSearchQuery,
    RoleCreateRequest,
    RoleSearchQueryRequest,
    TenantCreateRequest,
    TenantGroupSearchQueryRequest,
    TenantSearchQueryRequest,
    TenantUpdateRequest,
    TenantUserSearchQueryRequest,
    UserRequest,
    UserTaskAssignmentRequest,
    UserTaskSearchQuery,
)
from camunda_orchestration_sdk.errors import ApiError, NotFoundError

from orchestrator.api.openapi import description
from tests.service.camunda import (
    JOB,
    PASSWORD,
    RISK,
    TASK,
    WAIT,
    configuration,
    eventually,
    state,
)
from tests.service.conftest import Login

As = Callable[[str], CamundaClient]


@pytest.fixture
def as_user(client: CamundaClient, address: str) -> Iterator[As]:
    """Makes an operator of that name; their client."""
    with ExitStack() as stack:

        def make(username: str) -> CamundaClient:
            client.create_user(data=UserRequest(username=username, password=PASSWORD))
            client.assign_role_to_user(role_id="operator", username=username)
            settings = configuration(address) | {"CAMUNDA_BASIC_AUTH_USERNAME": username}
            return stack.enter_context(CamundaClient(settings))

        yield make


@pytest.fixture
def annas(client: CamundaClient, as_user: As) -> CamundaClient:
    """The client of an operator of the tenant north."""
    client.create_tenant(data=TenantCreateRequest(tenant_id="north", name="North"))
    made = as_user("anna")
    client.assign_user_to_tenant(tenant_id="north", username="anna")
    return made


def deploy(client: CamundaClient, folder: Path) -> None:
    files: list[str | Path] = []
    texts = (("job.bpmn", JOB), ("task.bpmn", TASK), ("wait.bpmn", WAIT), ("risk.dmn", RISK))
    for name, text in texts:
        (folder / name).write_text(text, encoding="utf-8")
        files.append(folder / name)
    client.deploy_resources_from_files(files)


def start(client: CamundaClient, process_id: str, **other: Any) -> Any:
    data = ProcessCreationById.from_dict({"processDefinitionId": process_id, **other})
    return client.create_process_instance(data=data)


def definitions(client: CamundaClient, **wanted: Any) -> list[Any]:
    query = ProcessDefinitionSearchQuery.from_dict({"filter": wanted})
    return list(client.search_process_definitions(data=query).items)


def activated(client: CamundaClient, **other: Any) -> list[Any]:
    request = {"type": "pay", "timeout": 10_000, "maxJobsToActivate": 5, "requestTimeout": -1}
    return list(client.activate_jobs(data=JobActivationRequest.from_dict(request | other)).jobs)


def test_a_tenant_is_made_found_changed_and_deleted(client: CamundaClient, login: Login) -> None:
    made = client.create_tenant(data=TenantCreateRequest("north", "North", description="Up."))
    assert (made.tenant_id, made.name, made.description) == ("north", "North", "Up.")
    with pytest.raises(ApiError, match=r"tenant\.exists"):
        client.create_tenant(data=TenantCreateRequest(tenant_id="north", name="Again"))
    with pytest.raises(ApiError, match=r"tenant\.exists"):
        client.create_tenant(data=TenantCreateRequest(tenant_id="default", name="Again"))
    client.update_tenant(tenant_id="north", data=TenantUpdateRequest(name="The north"))
    assert client.get_tenant(tenant_id="north").name == "The north"
    found = client.search_tenants(data=TenantSearchQueryRequest())
    assert [tenant.tenant_id for tenant in found.items] == ["default", "north"]
    for role in ("operator", "clerk", "approver"):
        assert login(role).delete("/v2/tenants/north").status_code == 403
        assert login(role).put(f"/v2/tenants/north/users/{role}").status_code == 403
        assert login(role).get("/v2/tenants/north").status_code == 404
    client.delete_tenant(tenant_id="north")
    with pytest.raises(NotFoundError):
        client.get_tenant(tenant_id="north")


def test_neither_tenant_sees_the_other(
    deployed: CamundaClient, annas: CamundaClient, tmp_path: Path
) -> None:
    ours = start(deployed, "job").process_instance_key
    assert definitions(annas) == []
    with pytest.raises(NotFoundError):
        annas.get_process_instance(process_instance_key=ours)
    with pytest.raises(NotFoundError):
        annas.cancel_process_instance(process_instance_key=ours, data=None)
    with pytest.raises(ApiError, match=r"process\.not_found"):
        start(annas, "job")
    (tmp_path / "north").mkdir()
    deploy(annas, tmp_path / "north")
    theirs = start(annas, "job")
    assert theirs.tenant_id == "north"
    query = ProcessInstanceSearchQuery()
    for client, mine in ((deployed, ours), (annas, theirs.process_instance_key)):
        found = client.search_process_instances(data=query).items
        assert [instance.process_instance_key for instance in found] == [mine]
    with pytest.raises(NotFoundError):
        deployed.get_process_instance(process_instance_key=theirs.process_instance_key)
    (job,) = activated(annas)
    assert (job.process_instance_key, job.tenant_id) == (theirs.process_instance_key, "north")
    with pytest.raises(NotFoundError):
        deployed.complete_job(job_key=job.job_key, data=JobCompletionRequest())
    annas.complete_job(job_key=job.job_key, data=JobCompletionRequest())
    assert state(annas, theirs.process_instance_key) == "COMPLETED"


def test_a_tenant_that_is_not_ones_own_is_refused(
    deployed: CamundaClient, annas: CamundaClient
) -> None:
    for tenant_id in ("<default>", "default", "south"):
        with pytest.raises(ApiError, match=r"tenant\.forbidden"):
            start(annas, "job", tenantId=tenant_id)
    with pytest.raises(ApiError, match=r"tenant\.forbidden"):
        activated(annas, tenantIds=["north", "default"])
    message = {"name": "paid", "correlationKey": "1", "tenantId": "default"}
    with pytest.raises(ApiError, match=r"tenant\.forbidden"):
        annas.publish_message(data=MessagePublicationRequest.from_dict(message))
    decision = {"decisionDefinitionId": "risk", "tenantId": "default"}
    with pytest.raises(ApiError, match=r"tenant\.forbidden"):
        annas.evaluate_decision(data=DecisionEvaluationByID.from_dict(decision))
    assert definitions(annas, tenantId="default") == []
    assert len(definitions(deployed, tenantId="<default>")) == 3


def test_who_is_in_several_tenants_names_one(
    deployed: CamundaClient, annas: CamundaClient, tmp_path: Path
) -> None:
    (tmp_path / "north").mkdir()
    deploy(annas, tmp_path / "north")
    theirs = start(annas, "job").process_instance_key
    deployed.create_tenant(data=TenantCreateRequest(tenant_id="south", name="South"))
    deployed.assign_user_to_tenant(tenant_id="south", username="anna")
    with pytest.raises(ApiError, match=r"tenant\.unnamed"):
        start(annas, "job")
    assert start(annas, "job", tenantId="north").tenant_id == "north"
    with pytest.raises(ApiError, match=r"process\.not_found"):
        start(annas, "job", tenantId="south")
    assert state(annas, theirs) == "ACTIVE"
    assert len(definitions(annas, tenantId="north")) == 3
    assert definitions(annas, tenantId="south") == []
    assert len(activated(annas, tenantIds=["north"])) == 2
    assert activated(annas, tenantIds=["south"]) == []
    found = annas.get_authentication().tenants
    assert sorted(tenant.tenant_id for tenant in found) == ["north", "south"]


def test_messages_stay_in_their_tenant_and_its_background_runs(
    deployed: CamundaClient, annas: CamundaClient, tmp_path: Path
) -> None:
    (tmp_path / "north").mkdir()
    deploy(annas, tmp_path / "north")
    variables = {"order": "7"}
    ours = start(deployed, "wait", variables=variables).process_instance_key
    theirs = start(annas, "wait", variables=variables).process_instance_key
    message = {"name": "paid", "correlationKey": "7", "timeToLive": 60_000}
    annas.publish_message(data=MessagePublicationRequest.from_dict(message))

    def arrived(client: CamundaClient, key: Any) -> bool:
        statistics = client.get_process_instance_statistics(process_instance_key=key).items
        return "a" in {each.element_id for each in statistics if each.active}

    eventually(lambda: arrived(annas, theirs))
    assert not arrived(deployed, ours)


def test_groups_and_roles_bring_their_members(
    client: CamundaClient, as_user: As, tmp_path: Path
) -> None:
    client.create_tenant(data=TenantCreateRequest(tenant_id="north", name="North"))
    client.create_group(data=GroupCreateRequest(group_id="night", name="Night shift"))
    client.create_role(data=RoleCreateRequest(role_id="northern", name="Northern"))
    berts, carls = as_user("bert"), as_user("carl")
    client.assign_user_to_group(group_id="night", username="bert")
    client.assign_role_to_user(role_id="northern", username="carl")
    client.assign_group_to_tenant(tenant_id="north", group_id="night")
    client.assign_role_to_tenant(tenant_id="north", role_id="northern")
    deploy(berts, tmp_path)
    start(berts, "task")
    (task,) = carls.search_user_tasks(data=UserTaskSearchQuery()).items
    to_carl = UserTaskAssignmentRequest(assignee="carl")
    berts.assign_user_task(user_task_key=task.user_task_key, data=to_carl)
    to_admin = UserTaskAssignmentRequest(assignee="admin", allow_override=True)
    with pytest.raises(ApiError, match="no user"):
        berts.assign_user_task(user_task_key=task.user_task_key, data=to_admin)
    groups = client.search_group_ids_for_tenant(
        tenant_id="north", data=TenantGroupSearchQueryRequest()
    )
    assert [group.group_id for group in groups.items] == ["night"]
    roles = client.search_roles_for_tenant(tenant_id="north", data=RoleSearchQueryRequest())
    assert [role.role_id for role in roles.items] == ["northern"]
    users = client.search_users_for_tenant(tenant_id="north", data=TenantUserSearchQueryRequest())
    assert users.items == []
    with pytest.raises(ApiError, match=r"role\.fixed"):
        client.assign_role_to_tenant(tenant_id="north", role_id="clerk")
    with pytest.raises(ApiError, match=r"tenant\.in_use"):
        client.delete_tenant(tenant_id="north")
    client.unassign_group_from_tenant(tenant_id="north", group_id="night")
    assert definitions(berts) == []
    client.unassign_role_from_tenant(tenant_id="north", role_id="northern")
    assert carls.search_user_tasks(data=UserTaskSearchQuery()).items == []


@pytest.fixture
def both(deployed: CamundaClient, annas: CamundaClient, as_user: As, tmp_path: Path) -> As:
    """Instances in north, where Anna is, and south, where Sue is; Bo is in both. In each waits what
    can: a job, a failed one with its incident, a task, a message; a decision is made."""
    deployed.create_tenant(data=TenantCreateRequest(tenant_id="south", name="South"))
    clients = {"anna": annas, "sue": as_user("sue"), "bo": as_user("bo")}
    assigned = (("south", "sue"), ("north", "bo"), ("south", "bo"))
    for tenant, username in assigned:
        deployed.assign_user_to_tenant(tenant_id=tenant, username=username)
    for name in ("anna", "sue"):
        client = clients[name]
        (tmp_path / name).mkdir()
        deploy(client, tmp_path / name)
        start(client, "job")
        (failing,) = activated(client)
        client.fail_job(job_key=failing.job_key, data=JobFailRequest(retries=0))
        for process in ("job", "task"):
            start(client, process)
        start(client, "wait", variables={"order": "1"})
        decision = {"decisionDefinitionId": "risk", "variables": {"sum": 1}}
        client.evaluate_decision(data=DecisionEvaluationByID.from_dict(decision))
    return clients.__getitem__


SEARCHES = [
    path
    for path, item in description()["paths"].items()
    if path.endswith("/search") and "{" not in path and "post" in item
]
ELSEWHERE = {"/v2/users/search", "/v2/queues/search", "/v2/authentication/me/authorizations/search"}
"""Those that tell of no tenant, or sum over several."""


def test_a_search_tells_of_all_tenants_of_the_caller(both: As, login: Login) -> None:
    """Every search there is: what Bo finds is what Anna and Sue find together."""
    filled = set()
    for path in set(SEARCHES) - ELSEWHERE:
        found = {}
        for name in ("anna", "sue", "bo"):
            answer = login(name).post(path, json={})
            if answer.status_code == 403:  # only administrators search these
                break
            assert answer.status_code == 200, (path, name, answer.text)
            found[name] = answer.json()
        else:
            told = {name: _comparable(page["items"]) for name, page in found.items()}
            assert told["bo"] == told["anna"] | told["sue"], path
            if told["anna"] - told["sue"]:
                filled.add(path.removeprefix("/v2/").removesuffix("/search"))
                totals = {name: page["page"]["totalItems"] for name, page in found.items()}
                assert totals["bo"] >= totals["anna"], path
    assert filled >= {
        *("process-instances", "process-definitions", "element-instances", "user-tasks", "jobs"),
        *("incidents", "variables", "decision-definitions", "decision-instances", "resources"),
        *("decision-requirements", "message-subscriptions", "element-instances/wait-states"),
        *("work-items", "agents"),
    }


def _comparable(items: list[Any]) -> set[str]:
    return {json.dumps(item, sort_keys=True) for item in items}


def test_a_page_of_all_tenants_is_sorted_and_counted_as_one(both: As) -> None:
    sort = {"sort": [{"field": "processInstanceKey", "order": "ASC"}], "page": {"limit": 3}}
    query = ProcessInstanceSearchQuery.from_dict(sort)
    bos = both("bo").search_process_instances(data=query)
    keys = [int(each.process_instance_key) for each in bos.items]
    assert (keys, len(keys), bos.page.total_items) == (sorted(keys), 3, 8)
    for wanted in ("north", {"$in": ["north", "south"]}, {"$in": ["default"]}):
        query = ProcessInstanceSearchQuery.from_dict({"filter": {"tenantId": wanted}})
        found = both("bo").search_process_instances(data=query).items
        assert len(found) == {"north": 4}.get(str(wanted), 8 if "south" in str(wanted) else 0)


@pytest.mark.parametrize(
    "asked", [{"tenantIds": ["north", "south"]}, {}, {"tenantFilter": "ASSIGNED"}]
)
def test_jobs_of_several_tenants_are_activated_in_one_request(both: As, asked: Any) -> None:
    jobs = activated(both("bo"), **asked)
    assert {job.tenant_id for job in jobs} == {"north", "south"}
    for job in jobs:
        both("bo").complete_job(job_key=job.job_key, data=JobCompletionRequest())
    assert activated(both("bo"), **asked) == []
    with pytest.raises(ApiError, match=r"tenant\.forbidden"):
        activated(both("bo"), tenantIds=["north", "default"])
