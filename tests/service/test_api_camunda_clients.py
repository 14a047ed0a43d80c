"""Programs as members of groups, roles and tenants, through Camunda's own client."""

from collections.abc import Iterator
from typing import Any

import pytest
from camunda_orchestration_sdk import (
    CamundaClient,
    GroupClientSearchQueryRequest,
    GroupCreateRequest,
    ProcessInstanceSearchQuery,
    RoleClientSearchQueryRequest,
    TenantClientSearchQueryRequest,
    TenantCreateRequest,
)
from camunda_orchestration_sdk.errors import ApiError, ConflictError, NotFoundError

from tests.service.camunda import started
from tests.service.conftest import Login

CLIENT = "approver"
"""A user who may not start processes."""


@pytest.fixture
def program(address: str, login: Login) -> Iterator[CamundaClient]:
    """It acts with an API token, by OAuth client credentials."""
    token = login(CLIENT).post("/v2/api-tokens", json={"name": "program"}).json()["token"]
    configuration: Any = {
        "CAMUNDA_REST_ADDRESS": address,
        "CAMUNDA_AUTH_STRATEGY": "OAUTH",
        "CAMUNDA_OAUTH_URL": f"{address}/oauth/token",
        "CAMUNDA_CLIENT_ID": CLIENT,
        "CAMUNDA_CLIENT_SECRET": token,
    }
    with CamundaClient(configuration) as made:
        yield made


def test_a_client_may_what_its_roles_allow(deployed: CamundaClient, program: CamundaClient) -> None:
    with pytest.raises(ApiError, match="do not allow this"):
        started(program, "task")
    deployed.assign_role_to_client(role_id="clerk", client_id=CLIENT)
    assert started(program, "task").process_instance_key
    query = RoleClientSearchQueryRequest()
    found = deployed.search_clients_for_role(role_id="clerk", data=query).items
    assert [each.client_id for each in found] == [CLIENT]
    with pytest.raises(ConflictError):
        deployed.assign_role_to_client(role_id="clerk", client_id=CLIENT)
    deployed.unassign_role_from_client(role_id="clerk", client_id=CLIENT)
    with pytest.raises(ApiError, match="do not allow this"):
        started(program, "task")


def test_a_client_has_what_its_groups_have(deployed: CamundaClient, program: CamundaClient) -> None:
    deployed.create_group(data=GroupCreateRequest(group_id="robots", name="Robots"))
    deployed.assign_role_to_group(role_id="clerk", group_id="robots")
    deployed.assign_client_to_group(group_id="robots", client_id=CLIENT)
    assert started(program, "task").process_instance_key
    query = GroupClientSearchQueryRequest()
    found = deployed.search_clients_for_group(group_id="robots", data=query).items
    assert [each.client_id for each in found] == [CLIENT]
    deployed.unassign_client_from_group(group_id="robots", client_id=CLIENT)
    with pytest.raises(ApiError, match="do not allow this"):
        started(program, "task")


def test_a_client_works_in_the_tenants_it_is_assigned_to(
    deployed: CamundaClient, program: CamundaClient
) -> None:
    started(deployed, "task")
    query = ProcessInstanceSearchQuery()
    assert len(program.search_process_instances(data=query).items) == 1
    deployed.create_tenant(data=TenantCreateRequest(tenant_id="branch", name="Branch"))
    deployed.assign_client_to_tenant(tenant_id="branch", client_id=CLIENT)
    assert program.search_process_instances(data=query).items == []
    clients = TenantClientSearchQueryRequest()
    found = deployed.search_clients_for_tenant(tenant_id="branch", data=clients).items
    assert [each.client_id for each in found] == [CLIENT]
    deployed.unassign_client_from_tenant(tenant_id="branch", client_id=CLIENT)
    assert len(program.search_process_instances(data=query).items) == 1


def test_who_has_no_token_is_no_client(deployed: CamundaClient) -> None:
    for name in ("clerk", "nobody"):
        with pytest.raises(NotFoundError):
            deployed.assign_role_to_client(role_id="operator", client_id=name)
    query = RoleClientSearchQueryRequest()
    assert deployed.search_clients_for_role(role_id="clerk", data=query).items == []
