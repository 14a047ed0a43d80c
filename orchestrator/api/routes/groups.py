"""Groups of users: they have roles together, and tasks may be for them."""

from sqlmodel import col, select

from orchestrator.api.model import Filter, Model
from orchestrator.api.routes.roles import Id, RoleFilter, RoleUpdate, RoleView, all_roles
from orchestrator.api.routes.users import UserFilter, UserView, found_users
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, UserManager
from orchestrator.api.short_lists import in_memory
from orchestrator.people import groups
from orchestrator.store.tables import Group, User

router = Section(prefix="/v2/groups", tags=["users"])


class NewGroup(RoleUpdate):
    group_id: Id


class GroupView(Model):
    group_id: str
    name: str
    description: str | None


class GroupFilter(Filter):
    group_id: Match[str] | None = None
    name: Match[str] | None = None


COLUMNS = {"groupId": col(Group.group_id), "name": col(Group.name)}


@router.post("", status_code=201)
def create_group(body: NewGroup, caller: UserManager) -> GroupView:
    with caller.at_home() as unit:
        row = groups.create(unit, body.group_id, body.name, body.description)
        return GroupView.model_validate(row)


@router.post("/search")
def search_groups(body: Search[GroupFilter], caller: Anyone) -> Found[GroupView]:
    with caller.at_home() as unit:
        query = select(Group).where(Group.tenant_id == unit.tenant_id)
        rows, total = find(unit, query, body, COLUMNS, col(Group.group_id))
        return page_of([GroupView.model_validate(row) for row in rows], total, body)


@router.get("/{group_id}")
def get_group(group_id: str, caller: Anyone) -> GroupView:
    with caller.at_home() as unit:
        return GroupView.model_validate(groups.get(unit, group_id))


@router.put("/{group_id}")
def update_group(group_id: str, body: RoleUpdate, caller: UserManager) -> GroupView:
    with caller.at_home() as unit:
        row = groups.change(unit, group_id, body.name, body.description)
        return GroupView.model_validate(row)


@router.delete("/{group_id}", status_code=204)
def delete_group(group_id: str, caller: UserManager) -> None:
    """Its members stay, without what they had by it."""
    with caller.at_home() as unit:
        groups.delete(unit, group_id)


@router.post("/{group_id}/users/search")
def search_users_for_group(
    group_id: str, body: Search[UserFilter], caller: UserManager
) -> Found[UserView]:
    with caller.at_home() as unit:
        member = col(User.groups).contains([groups.get(unit, group_id).group_id])
        return found_users(unit, body, member)


@router.post("/{group_id}/roles/search")
def search_roles_for_group(
    group_id: str, body: Search[RoleFilter], caller: Anyone
) -> Found[RoleView]:
    with caller.at_home() as unit:
        held = groups.get(unit, group_id).roles
        return in_memory([role for role in all_roles(unit) if role.role_id in held], body)
