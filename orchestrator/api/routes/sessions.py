"""Logging in and out."""

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import Request, Response
from pydantic import Field

from orchestrator.api import security
from orchestrator.api.model import Model
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person
from orchestrator.api.services import S
from orchestrator.people import sessions, standing, users
from orchestrator.people.roles import Permission
from orchestrator.people.standing import Standing
from orchestrator.store.tables import User

router = Section(prefix="/v2", tags=["sessions"])


class Login(Model):
    username: Annotated[str, Field(max_length=256)]
    password: Annotated[str, Field(max_length=256)]


class Me(Model):
    username: str
    display_name: str
    roles: list[str]
    tenant_id: str
    language: str


class Preferences(Model):
    language: Literal["en", "zh"]


class SessionView(Model):
    user: Me
    permissions: list[Permission]
    """What the user's roles allow; everything else is refused."""
    csrf_token: str
    """Send it as X-CSRF-Token with every unsafe request; empty without a session."""


@router.post("/login")
def login(body: Login, request: Request, response: Response, s: S) -> SessionView:
    """Open. Sets the session cookie."""
    user = security.log_in(s, security.address(request), body.username, body.password)
    life = timedelta(hours=s.settings.session_hours)
    with s.database.begin(actor=f"user:{user.username}", tenant_id=user.tenant_id) as unit:
        opened = sessions.open(unit, user, life)
        stands = standing.of(unit, user)
    response.set_cookie(
        security.COOKIE,
        opened.token,
        max_age=int(life.total_seconds()),
        httponly=True,
        samesite="strict",
        secure=s.settings.base_url.startswith("https:"),
    )
    return _view(user, stands, opened.session.csrf_token)


@router.post("/logout", status_code=204)
def logout(caller: Anyone, response: Response) -> None:
    """Ends the session of the cookie."""
    if caller.session is not None:
        with caller.at_home() as unit:
            sessions.close(unit, caller.session)
    response.delete_cookie(security.COOKIE, httponly=True, samesite="strict")


@router.get("/me")
def me(caller: Anyone) -> SessionView:
    """Who is calling."""
    return _view(caller.user, caller.standing, _csrf_token(caller))


@router.patch("/me")
def update_me(body: Preferences, caller: Anyone) -> SessionView:
    """The language in which the console greets the caller from now on."""
    with caller.at_home() as unit:
        user = users.change(unit, caller.user.username, users.Change(language=body.language))
    return _view(user, caller.standing, _csrf_token(caller))


def _csrf_token(caller: Person) -> str:
    return caller.session.csrf_token if caller.session else ""


def _view(user: User, stands: Standing, csrf_token: str) -> SessionView:
    permissions = [permission for permission in Permission if stands.may(permission)]
    return SessionView(user=Me.model_validate(user), permissions=permissions, csrf_token=csrf_token)
