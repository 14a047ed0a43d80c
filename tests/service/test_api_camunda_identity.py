"""Users, roles and tenants through Camunda's own Python client, unmodified."""

from typing import Any

import pytest
from camunda_orchestration_sdk import (
    AuthorizationSearchQuery,
    CamundaClient,
    RoleSearchQueryRequest,
    RoleUserSearchQueryRequest,
    TenantSearchQueryRequest,
    UserRequest,
    UserSearchQueryRequest,
    UserUpdateRequest,
)
from camunda_orchestration_sdk.errors import ApiError, NotFoundError

from orchestrator.audit import read
from orchestrator.store.database import Database
from tests.service.camunda import configuration
from tests.service.conftest import PASSWORD, Login


@pytest.fixture
def anna(client: CamundaClient) -> str:
    new = UserRequest(username="anna", password=PASSWORD, name="Anna A", email="a@example.org")
    return client.create_user(data=new).username


def test_a_user_is_created_found_changed_and_deleted(client: CamundaClient, anna: str) -> None:
    query = UserSearchQueryRequest.from_dict({"filter": {"name": {"$like": "Anna*"}}})
    (found,) = client.search_users(data=query).items
    assert (found.username, found.email) == ("anna", "a@example.org")
    client.update_user(username=anna, data=UserUpdateRequest(name="Anna B"))
    assert client.get_user(username=anna).name == "Anna B"
    assert client.get_user(username=anna).email == "a@example.org"
    client.delete_user(username=anna)
    with pytest.raises(NotFoundError):
        client.get_user(username=anna)


def test_a_user_has_the_roles_that_are_assigned(
    client: CamundaClient, anna: str, address: str
) -> None:
    def members() -> list[Any]:
        query = RoleUserSearchQueryRequest()
        return [u.username for u in client.search_users_for_role(role_id="clerk", data=query).items]

    assert members() == ["clerk"]
    client.assign_role_to_user(role_id="clerk", username=anna)
    assert members() == ["clerk", "anna"]
    settings = configuration(address) | {"CAMUNDA_BASIC_AUTH_USERNAME": "anna"}
    with CamundaClient(settings) as annas:
        assert annas.get_authentication().roles == ["clerk"]
    client.unassign_role_from_user(role_id="clerk", username=anna)
    assert members() == ["clerk"]


def test_the_last_administrator_stays(client: CamundaClient, anna: str) -> None:
    with pytest.raises(ApiError, match="last_admin"):
        client.unassign_role_from_user(role_id="admin", username="admin")
    with pytest.raises(ApiError, match="last_admin"):
        client.delete_user(username="admin")
    client.assign_role_to_user(role_id="admin", username=anna)
    client.unassign_role_from_user(role_id="admin", username="admin")


def test_a_new_password_ends_the_sessions_of_the_old_one(login: Login, database: Database) -> None:
    clerk, admin = login("clerk"), login("admin")
    changed = admin.put("/v2/users/clerk", json={"password": "another horse"})
    assert changed.status_code == 200
    assert clerk.get("/v2/me").status_code == 401
    with database.begin(actor="test") as unit:
        line = read(unit, f"user/{changed.json()['userKey']}")[-1]
    assert (line.kind, line.actor) == ("user.changed", "user:admin")
    assert line.data == {"before": {}, "after": {}, "password": True}


def test_a_user_that_is_not_active_cannot_log_in(login: Login) -> None:
    clerk, admin = login("clerk"), login("admin")
    admin.put("/v2/users/clerk", json={"active": False})
    assert clerk.get("/v2/me").status_code == 401


@pytest.mark.parametrize("role", ["operator", "clerk", "approver"])
def test_only_administrators_change_users(login: Login, role: str) -> None:
    client = login(role)
    assert client.put(f"/v2/users/{role}", json={"roles": ["admin"]}).status_code == 403
    assert client.put(f"/v2/roles/admin/users/{role}").status_code == 403
    assert client.delete("/v2/users/admin").status_code == 403


def test_roles_tenants_and_what_they_allow(client: CamundaClient) -> None:
    wanted = RoleSearchQueryRequest.from_dict({"filter": {"roleId": "clerk"}})
    assert [r.role_id for r in client.search_roles(data=wanted).items] == ["clerk"]
    assert client.get_role(role_id="admin").name == "Admin"
    (tenant,) = client.search_tenants(data=TenantSearchQueryRequest()).items
    assert client.get_tenant(tenant_id=tenant.tenant_id).name == "default"
    query = AuthorizationSearchQuery.from_dict(
        {"filter": {"ownerId": "clerk", "resourceType": "USER"}}
    )
    assert client.search_authorizations(data=query).items == []
    query = AuthorizationSearchQuery.from_dict({"filter": {"resourceType": "USER"}})
    (found,) = client.search_authorizations(data=query).items
    assert found.owner_id == "admin"
    key = found.authorization_key
    assert client.get_authorization(authorization_key=key).permission_types[0].value == "CREATE"
