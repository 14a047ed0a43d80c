"""Roles, those that come with Deskhand and those that administrators make, and who has them."""

from typing import Annotated

from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.model import Filter, Model
from orchestrator.api.routes.users import UserFilter, UserView, found_users
from orchestrator.api.search import Found, Match, Search
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, UserManager
from orchestrator.api.short_lists import in_memory
from orchestrator.kernel.errors import NotFound
from orchestrator.people import custom_roles
from orchestrator.people.roles import MEANING, Role
from orchestrator.store.tables import Group, User
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/roles", tags=["users"])

Text = Annotated[str, Field(max_length=1000)]
Id = Annotated[str, Field(min_length=1, max_length=64)]


class RoleUpdate(Model):
    name: Annotated[str, Field(min_length=1, max_length=200)]
    description: Text | None = None


class NewRole(RoleUpdate):
    role_id: Id


class RoleView(Model):
    role_id: str
    name: str
    description: str | None


class GroupMember(Model):
    group_id: str


class RoleFilter(Filter):
    role_id: Match[str] | None = None
    name: Match[str] | None = None


class GroupMemberFilter(Filter):
    group_id: Match[str] | None = None


@router.post("", status_code=201)
def create_role(body: NewRole, caller: UserManager) -> RoleView:
    """Who has it may look; authorizations say what else."""
    with caller.at_home() as unit:
        return RoleView.model_validate(
            custom_roles.create(unit, body.role_id, body.name, body.description)
        )


@router.post("/search")
def search_roles(body: Search[RoleFilter], caller: Anyone) -> Found[RoleView]:
    with caller.at_home() as unit:
        return in_memory(all_roles(unit), body)


@router.get("/{role_id}")
def get_role(role_id: str, caller: Anyone) -> RoleView:
    with caller.at_home() as unit:
        return _role(unit, role_id)


@router.put("/{role_id}")
def update_role(role_id: str, body: RoleUpdate, caller: UserManager) -> RoleView:
    with caller.at_home() as unit:
        return RoleView.model_validate(
            custom_roles.change(unit, role_id, body.name, body.description)
        )


@router.delete("/{role_id}", status_code=204)
def delete_role(role_id: str, caller: UserManager) -> None:
    """With its authorizations; whoever had it has it no more."""
    with caller.at_home() as unit:
        custom_roles.delete(unit, role_id)


@router.post("/{role_id}/users/search")
def search_users_for_role(
    role_id: str, body: Search[UserFilter], caller: UserManager
) -> Found[UserView]:
    """Who has it by themselves, not by a group."""
    with caller.at_home() as unit:
        has_role = col(User.roles).contains([_role(unit, role_id).role_id])
        return found_users(unit, body, has_role)


@router.post("/{role_id}/groups/search")
def search_groups_for_role(
    role_id: str, body: Search[GroupMemberFilter], caller: Anyone
) -> Found[GroupMember]:
    with caller.at_home() as unit:
        holds = col(Group.roles).contains([_role(unit, role_id).role_id])
        query = select(Group.group_id).where(Group.tenant_id == unit.tenant_id, holds)
        found = [GroupMember(group_id=group) for group in sorted(unit.session.exec(query))]
        return in_memory(found, body)


def all_roles(unit: Unit) -> list[RoleView]:
    return [*map(_fixed, Role), *map(RoleView.model_validate, custom_roles.all_of(unit))]


def _role(unit: Unit, role_id: str) -> RoleView:
    found = next((role for role in all_roles(unit) if role.role_id == role_id), None)
    if found is None:
        raise NotFound(f"There is no role {role_id!r}.")
    return found


def _fixed(role: Role) -> RoleView:
    return RoleView(role_id=role, name=role.title(), description=MEANING[role])
