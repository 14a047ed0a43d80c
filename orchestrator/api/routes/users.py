"""Users. Only administrators may look at them and change them."""

from typing import Annotated, Any

from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import UserManager
from orchestrator.people import users
from orchestrator.store.tables import User
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/users", tags=["users"])

Text = Annotated[str, Field(max_length=200)]
Roles = Annotated[list[Annotated[str, Field(max_length=64)]], Field(max_length=100)]


class NewUser(Model):
    username: str
    password: str
    name: Text = ""
    email: Text | None = None
    roles: Roles = Field(default_factory=list)
    """Without one the user may do nothing yet."""
    language: Text = "en"


class UserChange(Model):
    """What is not given stays."""

    name: Text | None = None
    email: Text | None = None
    password: str | None = None
    roles: Roles | None = None
    language: Text | None = None
    active: bool | None = None
    """One who is not can no longer log in."""


class UserView(Model):
    user_key: Key = Field(validation_alias="key")
    username: str
    name: str = Field(validation_alias="display_name")
    email: str | None
    roles: list[str]
    """Without those of the groups."""
    groups: list[str]
    language: str
    active: bool
    created_at: Instant


class UserFilter(Filter):
    username: Match[str] | None = None
    name: Match[str] | None = None
    email: Match[str] | None = None
    active: bool | None = None
    either: Annotated[list["UserFilter"], Field(max_length=100)] | None = Field(None, alias="$or")


COLUMNS = {
    "username": col(User.username),
    "name": col(User.display_name),
    "email": col(User.email),
    "active": col(User.active),
    "createdAt": col(User.created_at),
}


@router.post("", status_code=201)
def create_user(body: NewUser, caller: UserManager) -> UserView:
    new = users.NewUser(
        body.username, body.password, body.roles, body.name, body.language, body.email
    )
    with caller.at_home() as unit:
        return UserView.model_validate(users.create(unit, new))


@router.post("/search")
def search_users(body: Search[UserFilter], caller: UserManager) -> Found[UserView]:
    with caller.at_home() as unit:
        return found_users(unit, body)


@router.get("/{username}")
def get_user(username: str, caller: UserManager) -> UserView:
    with caller.at_home() as unit:
        return UserView.model_validate(users.get(unit, username))


@router.put("/{username}")
def update_user(username: str, body: UserChange, caller: UserManager) -> UserView:
    """A new password ends the user's sessions and API tokens. 409 user.last_admin when no
    administrator would be left."""
    change = users.Change(
        body.name, body.email, body.roles, body.language, body.active, body.password
    )
    with caller.at_home() as unit:
        return UserView.model_validate(users.change(unit, username, change))


@router.delete("/{username}", status_code=204)
def delete_user(username: str, caller: UserManager) -> None:
    with caller.at_home() as unit:
        users.delete(unit, username)


def found_users(unit: Unit, body: Search[UserFilter], *conditions: Any) -> Found[UserView]:
    query = select(User).where(User.tenant_id == unit.tenant_id, *conditions)
    rows, total = find(unit, query, body, COLUMNS, col(User.key))
    return page_of([UserView.model_validate(row) for row in rows], total, body)
