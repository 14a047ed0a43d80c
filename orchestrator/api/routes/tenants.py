"""Tenants, and who is assigned to them."""

from typing import Annotated

from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.model import Filter, Model
from orchestrator.api.routes.roles import (
    GroupMember,
    GroupMemberFilter,
    RoleFilter,
    RoleUpdate,
    RoleView,
    all_roles,
)
from orchestrator.api.routes.users import UserFilter, UserView, found_users
from orchestrator.api.search import Found, Match, Search
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person, UserManager
from orchestrator.api.short_lists import in_memory
from orchestrator.kernel.errors import NotFound
from orchestrator.people import custom_roles, tenants
from orchestrator.people.roles import Permission
from orchestrator.store.tables import Group, User

router = Section(prefix="/v2/tenants", tags=["users"])


class NewTenant(RoleUpdate):
    tenant_id: Annotated[str, Field(min_length=1, max_length=64)]


class TenantView(Model):
    tenant_id: str = Field(validation_alias="id")
    name: str
    description: str | None = None


class TenantFilter(Filter):
    tenant_id: Match[str] | None = None
    name: Match[str] | None = None


@router.post("", status_code=201)
def create_tenant(body: NewTenant, caller: UserManager) -> TenantView:
    """Nobody is assigned to it yet. Who is assigned to tenants works with theirs only."""
    with caller.at_home() as unit:
        row = tenants.create(unit, body.tenant_id, body.name, body.description)
        return TenantView.model_validate(row)


@router.post("/search")
def search_tenants(body: Search[TenantFilter], caller: Anyone) -> Found[TenantView]:
    """All of them for who manages users; else those of the caller."""
    return in_memory(visible_tenants(caller), body)


@router.get("/{tenant_id}")
def get_tenant(tenant_id: str, caller: Anyone) -> TenantView:
    found = next((t for t in visible_tenants(caller) if t.tenant_id == tenant_id), None)
    if found is None:
        raise NotFound(f"There is no tenant {tenant_id!r}.")
    return found


@router.put("/{tenant_id}")
def update_tenant(tenant_id: str, body: RoleUpdate, caller: UserManager) -> TenantView:
    with caller.at_home() as unit:
        row = tenants.change(unit, tenant_id, body.name, body.description)
        return TenantView.model_validate(row)


@router.delete("/{tenant_id}", status_code=204)
def delete_tenant(tenant_id: str, caller: UserManager) -> None:
    """Its data stays on the record. 409 tenant.in_use while instances of it run."""
    with caller.at_home() as unit:
        tenants.delete(unit, tenant_id)


@router.post("/{tenant_id}/users/search")
def search_users_for_tenant(
    tenant_id: str, body: Search[UserFilter], caller: UserManager
) -> Found[UserView]:
    """Who is assigned by themselves; in the tenant of the users, all."""
    with caller.at_home() as unit:
        if tenant_id == unit.tenant_id:
            return found_users(unit, body)
        assigned = col(User.tenants).contains([tenants.get(unit, tenant_id).id])
        return found_users(unit, body, assigned)


@router.post("/{tenant_id}/groups/search")
def search_group_ids_for_tenant(
    tenant_id: str, body: Search[GroupMemberFilter], caller: UserManager
) -> Found[GroupMember]:
    with caller.at_home() as unit:
        assigned = col(Group.tenants).contains([tenants.get(unit, tenant_id).id])
        query = select(Group.group_id).where(Group.tenant_id == unit.tenant_id, assigned)
        found = [GroupMember(group_id=group) for group in sorted(unit.session.exec(query))]
        return in_memory(found, body)


@router.post("/{tenant_id}/roles/search")
def search_roles_for_tenant(
    tenant_id: str, body: Search[RoleFilter], caller: UserManager
) -> Found[RoleView]:
    with caller.at_home() as unit:
        tenants.get(unit, tenant_id)
        held = {row.role_id for row in custom_roles.all_of(unit) if tenant_id in row.tenants}
        return in_memory([role for role in all_roles(unit) if role.role_id in held], body)


def visible_tenants(caller: Person) -> list[TenantView]:
    """Those that the caller may know of."""
    manages = caller.standing.may(Permission.MANAGE_USERS)
    return _known(caller) if manages else own_tenants(caller)


def own_tenants(caller: Person) -> list[TenantView]:
    """Those that the caller works in."""
    theirs = caller.standing.tenants
    return [tenant for tenant in _known(caller) if tenant.tenant_id in theirs]


def _known(caller: Person) -> list[TenantView]:
    with caller.at_home() as unit:
        home = TenantView.model_validate({"id": unit.tenant_id, "name": unit.tenant_id})
        return [home, *map(TenantView.model_validate, tenants.all_of(unit))]
