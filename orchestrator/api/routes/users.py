"""Users and their API tokens."""

from typing import Annotated

from fastapi import APIRouter
from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.security import Anyone, UserManager
from orchestrator.people import api_tokens, users
from orchestrator.people.roles import Role
from orchestrator.store.tables import User

router = APIRouter(prefix="/v2", tags=["users"])


class NewUser(Model):
    username: str
    password: str
    display_name: str = ""
    roles: Annotated[list[Role], Field(min_length=1)]
    language: str = "en"


class UserView(Model):
    user_key: Key = Field(validation_alias="key")
    username: str
    display_name: str
    roles: list[str]
    language: str
    active: bool
    created_at: Instant


class UserFilter(Filter):
    username: Match[str] | None = None
    active: bool | None = None


class NewApiToken(Model):
    name: Annotated[str, Field(min_length=1, max_length=100)]
    expires_at: Instant | None = None


class ApiTokenView(Model):
    api_token_key: Key
    name: str
    token: str
    """Shown this once."""
    expires_at: Instant | None


COLUMNS = {
    "username": col(User.username),
    "displayName": col(User.display_name),
    "active": col(User.active),
    "createdAt": col(User.created_at),
}


@router.post("/users", status_code=201)
def create_user(body: NewUser, caller: UserManager) -> UserView:
    new = users.NewUser(
        body.username, body.password, list(body.roles), body.display_name, body.language
    )
    with caller.begin() as unit:
        return UserView.model_validate(users.create(unit, new))


@router.post("/users/search")
def search_users(body: Search[UserFilter], caller: UserManager) -> Found[UserView]:
    with caller.begin() as unit:
        query = select(User).where(User.tenant_id == unit.tenant_id)
        rows, total = find(unit, query, body, COLUMNS, col(User.key))
        return page_of([UserView.model_validate(row) for row in rows], total, body)


@router.post("/api-tokens", status_code=201)
def create_api_token(body: NewApiToken, caller: Anyone) -> ApiTokenView:
    """A token that acts as the caller."""
    with caller.begin() as unit:
        issued = api_tokens.issue(unit, caller.user, body.name, body.expires_at)
        return ApiTokenView(
            api_token_key=issued.row.key,
            name=issued.row.name,
            token=issued.token,
            expires_at=issued.row.expires_at,
        )


@router.delete("/api-tokens/{key}", status_code=204)
def revoke_api_token(key: Key, caller: Anyone) -> None:
    """Ends one of the caller's own tokens."""
    with caller.begin() as unit:
        api_tokens.revoke(unit, caller.user, key)
