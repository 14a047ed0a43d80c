"""Custom roles, what they authorize, and groups, through Camunda's own Python client."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    AuthorizationIdBasedRequest,
    AuthorizationSearchQuery,
    CamundaClient,
    GroupCreateRequest,
    GroupSearchQueryRequest,
    GroupUpdateRequest,
    GroupUserSearchQueryRequest,
    RoleCreateRequest,
    RoleGroupSearchQueryRequest,
    RoleSearchQueryRequest,
    RoleUpdateRequest,
    SignalBroadcastRequest,
    UserRequest,
    UserTaskAssignmentRequest,
    UserTaskSearchQuery,
)
from camunda_orchestration_sdk.errors import ApiError, ForbiddenError, NotFoundError
from sqlmodel import select

from orchestrator.audit import read
from orchestrator.store.database import Database
from orchestrator.store.tables import Group
from tests.service.camunda import TASK, configuration, started
from tests.service.conftest import PASSWORD, Login

FOR_NIGHT = TASK.replace(
    '<userTask id="look"/>',
    '<userTask id="look"><extensionElements><zeebe:assignmentDefinition candidateGroups="night"/>'
    "</extensionElements></userTask>",
)


@pytest.fixture
def annas(client: CamundaClient, address: str) -> Iterator[CamundaClient]:
    """The client of a user without a role."""
    client.create_user(data=UserRequest(username="anna", password=PASSWORD))
    settings = configuration(address) | {"CAMUNDA_BASIC_AUTH_USERNAME": "anna"}
    with CamundaClient(settings) as made:
        yield made


def authorization(owner: str, resource: str, *types: str, **other: Any) -> Any:
    body = {
        "ownerId": owner,
        "ownerType": "ROLE",
        "resourceId": "*",
        "resourceType": resource,
        "permissionTypes": list(types),
    }
    return AuthorizationIdBasedRequest.from_dict(body | other)


def senders(client: CamundaClient) -> None:
    client.create_role(data=RoleCreateRequest(role_id="sender", name="Sender"))


def broadcast(client: CamundaClient) -> None:
    client.broadcast_signal(data=SignalBroadcastRequest(signal_name="alarm"))


def test_a_custom_role_is_made_found_changed_and_deleted(client: CamundaClient) -> None:
    made = client.create_role(data=RoleCreateRequest("sender", "Sender", description="Sends."))
    assert (made.role_id, made.description) == ("sender", "Sends.")
    wanted = RoleSearchQueryRequest.from_dict({"filter": {"name": "Sender"}})
    assert [r.role_id for r in client.search_roles(data=wanted).items] == ["sender"]
    client.update_role(role_id="sender", data=RoleUpdateRequest(name="Sends"))
    assert client.get_role(role_id="sender").name == "Sends"
    client.delete_role(role_id="sender")
    with pytest.raises(NotFoundError):
        client.get_role(role_id="sender")


def test_a_custom_role_allows_what_is_authorized(
    client: CamundaClient, annas: CamundaClient
) -> None:
    with pytest.raises(ForbiddenError):
        annas.search_user_tasks(data=UserTaskSearchQuery())
    senders(client)
    client.assign_role_to_user(role_id="sender", username="anna")
    assert annas.search_user_tasks(data=UserTaskSearchQuery()).items == []
    with pytest.raises(ApiError, match=r"auth\.forbidden"):
        broadcast(annas)
    made = client.create_authorization(data=authorization("sender", "MESSAGE", "CREATE"))
    broadcast(annas)
    query = AuthorizationSearchQuery.from_dict({"filter": {"ownerId": "sender"}})
    (found,) = client.search_authorizations(data=query).items
    assert found.authorization_key == made.authorization_key
    changed = authorization("sender", "RESOURCE", "CREATE")
    client.update_authorization(authorization_key=made.authorization_key, data=changed)
    with pytest.raises(ApiError, match=r"auth\.forbidden"):
        broadcast(annas)
    client.delete_authorization(authorization_key=made.authorization_key)
    assert client.search_authorizations(data=query).items == []


def test_a_deleted_role_is_nobodys(client: CamundaClient, annas: CamundaClient) -> None:
    senders(client)
    client.create_authorization(data=authorization("sender", "MESSAGE", "CREATE"))
    client.assign_role_to_user(role_id="sender", username="anna")
    client.delete_role(role_id="sender")
    senders(client)
    with pytest.raises(ApiError, match=r"auth\.forbidden"):
        broadcast(annas)


@pytest.mark.parametrize(
    "wrong",
    [
        authorization("sender", "USER_TASK", "CLAIM"),
        authorization("sender", "USER", "CREATE"),
        authorization("sender", "MESSAGE", "CREATE", resourceId="paid"),
        authorization("anna", "MESSAGE", "CREATE", ownerType="USER"),
    ],
)
def test_what_deskhand_does_not_tell_apart_is_not_authorized(
    client: CamundaClient, wrong: Any
) -> None:
    senders(client)
    with pytest.raises(ApiError, match="not_supported"):
        client.create_authorization(data=wrong)


def test_the_roles_that_come_with_deskhand_stay_as_they_are(client: CamundaClient) -> None:
    with pytest.raises(ApiError, match=r"role\.fixed"):
        client.delete_role(role_id="clerk")
    with pytest.raises(ApiError, match=r"role\.fixed"):
        client.create_authorization(data=authorization("clerk", "RESOURCE", "CREATE"))
    with pytest.raises(ApiError, match=r"role\.fixed"):
        client.delete_authorization(authorization_key="1")
    with pytest.raises(ApiError, match=r"role\.exists"):
        client.create_role(data=RoleCreateRequest(role_id="admin", name="Admin"))
    with pytest.raises(ApiError, match=r"group\.exists"):
        client.create_group(data=GroupCreateRequest(group_id="admin", name="Admin"))


def test_members_of_a_group_have_its_roles(client: CamundaClient, annas: CamundaClient) -> None:
    client.create_group(data=GroupCreateRequest(group_id="night", name="Night shift"))
    client.assign_user_to_group(group_id="night", username="anna")
    client.assign_role_to_group(role_id="clerk", group_id="night")
    who = annas.get_authentication()
    assert (who.roles, who.groups) == (["clerk"], ["night"])
    members = client.search_users_for_group(group_id="night", data=GroupUserSearchQueryRequest())
    assert [member.username for member in members.items] == ["anna"]
    holders = client.search_groups_for_role(role_id="clerk", data=RoleGroupSearchQueryRequest())
    assert [holder.group_id for holder in holders.items] == ["night"]
    held = client.search_roles_for_group(group_id="night", data=RoleSearchQueryRequest())
    assert [role.role_id for role in held.items] == ["clerk"]
    client.unassign_role_from_group(role_id="clerk", group_id="night")
    with pytest.raises(ForbiddenError):
        annas.get_authentication()


def test_a_group_is_found_changed_and_deleted(
    client: CamundaClient, annas: CamundaClient, database: Database
) -> None:
    client.create_group(data=GroupCreateRequest(group_id="night", name="Night shift"))
    client.update_group(group_id="night", data=GroupUpdateRequest(name="Night"))
    query = GroupSearchQueryRequest.from_dict({"filter": {"name": {"$like": "Nig*"}}})
    assert [group.name for group in client.search_groups(data=query).items] == ["Night"]
    client.assign_user_to_group(group_id="night", username="anna")
    client.assign_role_to_group(role_id="admin", group_id="night")
    assert annas.get_group(group_id="night").name == "Night"
    with database.begin(actor="test") as unit:
        stream = f"group/{unit.session.exec(select(Group.key)).one()}"
    client.delete_group(group_id="night")
    with pytest.raises(ForbiddenError):
        annas.get_authentication()
    with database.begin(actor="test") as unit:
        lines = [(line.kind, line.actor) for line in read(unit, stream)]
    kinds = ["created", "changed", "assigned", "assigned", "deleted"]
    assert lines == [(f"group.{kind}", "user:admin") for kind in kinds]


def test_a_task_for_a_group_is_for_its_members(
    client: CamundaClient, annas: CamundaClient, tmp_path: Path
) -> None:
    (tmp_path / "task.bpmn").write_text(FOR_NIGHT, encoding="utf-8")
    client.deploy_resources_from_files([tmp_path / "task.bpmn"])
    client.create_role(data=RoleCreateRequest(role_id="worker", name="Worker"))
    types = ("READ", "CLAIM", "COMPLETE")
    client.create_authorization(data=authorization("worker", "USER_TASK", *types))
    client.assign_role_to_user(role_id="worker", username="anna")
    started(client, "task")
    (task,) = annas.search_user_tasks(data=UserTaskSearchQuery()).items
    mine = UserTaskAssignmentRequest(assignee="anna")
    with pytest.raises(ApiError, match="not_candidate"):
        annas.assign_user_task(user_task_key=task.user_task_key, data=mine)
    client.create_group(data=GroupCreateRequest(group_id="night", name="Night shift"))
    client.assign_user_to_group(group_id="night", username="anna")
    annas.assign_user_task(user_task_key=task.user_task_key, data=mine)


@pytest.mark.parametrize("role", ["operator", "clerk", "approver"])
def test_only_administrators_say_who_may_what(login: Login, role: str) -> None:
    client = login(role)
    body = {"roleId": "x", "groupId": "x", "name": "x"}
    assert client.post("/v2/roles", json=body).status_code == 403
    assert client.post("/v2/groups", json=body).status_code == 403
    assert client.put(f"/v2/groups/x/users/{role}").status_code == 403
    assert client.put("/v2/roles/admin/groups/x").status_code == 403
    assert client.post("/v2/authorizations", json={}).status_code == 403
    assert client.delete("/v2/authorizations/1").status_code == 403
