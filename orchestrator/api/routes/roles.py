"""The roles, which are fixed, and who has them."""

from fastapi import APIRouter
from sqlmodel import col

from orchestrator.api.model import Filter, Model
from orchestrator.api.routes.users import UserFilter, UserView, found_users
from orchestrator.api.search import Found, Match, Search
from orchestrator.api.security import Anyone, UserManager
from orchestrator.api.short_lists import in_memory
from orchestrator.kernel.errors import NotFound
from orchestrator.people import users
from orchestrator.people.roles import MEANING, Role
from orchestrator.store.tables import User

router = APIRouter(prefix="/v2/roles", tags=["users"])


class RoleView(Model):
    role_id: str
    name: str
    description: str


class RoleFilter(Filter):
    role_id: Match[str] | None = None
    name: Match[str] | None = None


@router.post("/search")
def search_roles(body: Search[RoleFilter], caller: Anyone) -> Found[RoleView]:
    return in_memory([_view(role) for role in Role], body)


@router.get("/{role_id}")
def get_role(role_id: str, caller: Anyone) -> RoleView:
    return _view(_role(role_id))


@router.post("/{role_id}/users/search")
def search_users_for_role(
    role_id: str, body: Search[UserFilter], caller: UserManager
) -> Found[UserView]:
    has_role = col(User.roles).contains([_role(role_id)])
    with caller.begin() as unit:
        return found_users(unit, body, has_role)


@router.put("/{role_id}/users/{username}", status_code=204)
def assign_role_to_user(role_id: str, username: str, caller: UserManager) -> None:
    with caller.begin() as unit:
        users.grant(unit, username, _role(role_id))


@router.delete("/{role_id}/users/{username}", status_code=204)
def unassign_role_from_user(role_id: str, username: str, caller: UserManager) -> None:
    with caller.begin() as unit:
        users.revoke(unit, username, _role(role_id))


def _role(role_id: str) -> Role:
    if role_id not in set(Role):
        raise NotFound(f"There is no role {role_id!r}; there are {[r.value for r in Role]}.")
    return Role(role_id)


def _view(role: Role) -> RoleView:
    return RoleView(role_id=role, name=role.title(), description=MEANING[role])
