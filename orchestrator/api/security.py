"""Who is calling, and may they? Every route but the documented open ones asks here.

Dependencies look the caller up in a short transaction of their own and hold no connection
afterwards; the route then acts in `begin()`, as that caller, in their tenant.
"""

import base64
import binascii
import hmac
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request
from starlette.concurrency import run_in_threadpool

from orchestrator.api import tenancy
from orchestrator.api.services import Services, services_of
from orchestrator.api.tenancy import Asked
from orchestrator.kernel.errors import Forbidden, Unauthenticated
from orchestrator.people import api_tokens, blindness, sessions, standing, throttle, users
from orchestrator.people.roles import Permission
from orchestrator.people.standing import Standing
from orchestrator.store.database import Database, Result
from orchestrator.store.tables import Agent, Run, Session, User
from orchestrator.store.unit import Unit
from orchestrator.work import agents, runs

COOKIE = "deskhand_session"
CSRF_HEADER = "X-CSRF-Token"
SAFE_METHODS = {"GET", "HEAD", "OPTIONS"}


@dataclass(frozen=True, slots=True)
class Caller:
    """Who acts, in the transactions of their requests."""

    database: Database

    @property
    def actor(self) -> str:
        raise NotImplementedError

    @property
    def tenant_id(self) -> str:
        raise NotImplementedError

    def begin(self) -> AbstractContextManager[Unit]:
        return self.database.begin(actor=self.actor, tenant_id=self.tenant_id)

    def command(self, work: Callable[[Unit], Result]) -> Result:
        """See `Database.command`."""
        return self.database.command(work, actor=self.actor, tenant_id=self.tenant_id)


@dataclass(frozen=True, slots=True)
class Person(Caller):
    """A user, with the session when they came with its cookie."""

    user: User
    standing: Standing
    asked: Asked
    tenant: str | None
    """Whose data the request is about; None when that cannot be told."""
    session: Session | None = None

    @property
    def actor(self) -> str:
        return f"user:{self.user.username}"

    @property
    def tenant_id(self) -> str:
        """Raises Forbidden (tenant.forbidden), InvalidInput (tenant.unnamed)."""
        if self.tenant is None:
            raise tenancy.refusal(self.standing, self.asked)
        return self.tenant

    @property
    def tenants(self) -> list[str]:
        """Whose data a search is about: of one that names none, all of the caller's. Raises
        Forbidden (tenant.forbidden)."""
        if self.tenant is not None:
            return [self.tenant]
        if set(self.asked.named) - self.standing.tenants:
            raise tenancy.refusal(self.standing, self.asked)
        return sorted(self.asked.named or self.standing.tenants)

    def searching(self) -> AbstractContextManager[Unit]:
        """In all of `tenants`."""
        first, *others = self.tenants
        return self.database.begin(actor=self.actor, tenant_id=first, others=tuple(others))

    def at_home(self) -> AbstractContextManager[Unit]:
        """Where users, groups, roles and tenants are, whatever tenant the request is about."""
        return self.database.begin(actor=self.actor, tenant_id=self.user.tenant_id)


@dataclass(frozen=True, slots=True)
class Worker(Caller):
    """An agent."""

    agent: Agent

    @property
    def actor(self) -> str:
        return f"agent:{self.agent.key}"

    @property
    def tenant_id(self) -> str:
        return self.agent.tenant_id


@dataclass(frozen=True, slots=True)
class Robot(Caller):
    """A run, which reaches what it holds and no more."""

    run: Run

    @property
    def actor(self) -> str:
        return f"run:{self.run.key}"

    @property
    def tenant_id(self) -> str:
        return self.run.tenant_id


def person(request: Request, asked: Asked) -> Person:
    """By session cookie (unsafe methods with the CSRF token), API token or HTTP Basic."""
    s = services_of(request)
    scheme, credentials = _authorization(request)
    if scheme == "basic":
        name, password = _name_and_password(credentials)
        user = log_in(s, address(request), name, password)
        with _looking_up(s) as unit:
            return _person(s, unit, user, asked)
    with _looking_up(s) as unit:
        if scheme == "bearer":
            user = _known(api_tokens.find(unit, credentials))
            return _person(s, unit, user, asked)
        found = sessions.find(unit, request.cookies.get(COOKIE, ""))
        if found is None:
            raise Unauthenticated("Log in, or send an API token.")
        session, user = found
        caller = _person(s, unit, user, asked)
    if request.method not in SAFE_METHODS:
        _check_csrf(request, session)
    return replace(caller, session=session)


def _person(s: Services, unit: Unit, user: User, asked: Asked) -> Person:
    stands = standing.of(unit, user)
    blindness.keep_sight(unit, user, stands)
    return Person(s.database, user, stands, asked, tenancy.tenant_of(unit, stands, asked))


def worker(request: Request) -> Worker:
    """By agent token."""
    s = services_of(request)
    with _looking_up(s) as unit:
        agent = agents.by_token(unit, _bearer(request))
    if agent is None:
        raise Unauthenticated("The agent token is not known.")
    return Worker(s.database, agent)


def robot(request: Request) -> Robot:
    """By run token; a path that names another workspace or run is refused."""
    s = services_of(request)
    with _looking_up(s) as unit:
        run = runs.by_token(unit, _bearer(request))
    named = request.path_params
    if named.get("workspace", run.tenant_id) != run.tenant_id:
        raise Forbidden("this run belongs to another workspace")
    if named.get("step_run", str(run.key)) != str(run.key):
        raise Forbidden("this token belongs to another run")
    return Robot(s.database, run)


class Allowed:
    """A dependency: the caller is a person whose roles allow all of it. One, not one that hangs
    on others: to solve each takes as long as to look the caller up."""

    def __init__(self, *permissions: Permission) -> None:
        self._permissions = permissions

    async def __call__(self, request: Request) -> Person:
        asked = await tenancy.asked(request)
        caller = await run_in_threadpool(person, request, asked)
        for permission in self._permissions:
            if not caller.standing.may(permission):
                raise Forbidden(f"your roles do not allow this ({permission.value})")
        return caller


def log_in(s: Services, address: str, username: str, password: str) -> User:
    """The user of that name and password. Raises `Unauthenticated` (auth.failed), and
    `TooManyTries` after too many wrong ones from that address."""
    who = f"{address} {username}"
    with _looking_up(s) as unit:
        has_failed = throttle.check(unit, who)
        user = users.find(unit, username)
    if not s.remembered.matches(user.password_hash if user else None, password) or user is None:
        with _looking_up(s) as unit:
            throttle.failed(unit, who)
        raise Unauthenticated("The user name or the password is wrong.", code="auth.failed")
    if has_failed:
        with _looking_up(s) as unit:
            throttle.succeeded(unit, who)
    return user


def address(request: Request) -> str:
    return request.client.host if request.client else ""


def _looking_up(s: Services) -> AbstractContextManager[Unit]:
    return s.database.begin(actor="system")


def _known(user: User | None) -> User:
    if user is None:
        raise Unauthenticated("The API token is unknown, revoked or expired.")
    return user


def _authorization(request: Request) -> tuple[str, str]:
    scheme, _, credentials = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower(), credentials.strip()


def _bearer(request: Request) -> str:
    scheme, credentials = _authorization(request)
    if scheme != "bearer" or not credentials:
        raise Unauthenticated("Send your token as Authorization: Bearer.")
    return credentials


def _name_and_password(credentials: str) -> tuple[str, str]:
    try:
        text = base64.b64decode(credentials, validate=True).decode()
    except (binascii.Error, UnicodeDecodeError) as error:
        raise Unauthenticated("The Authorization header cannot be read.") from error
    name, _, password = text.partition(":")
    return name, password


def _check_csrf(request: Request, session: Session) -> None:
    sent = request.headers.get(CSRF_HEADER, "")
    if not hmac.compare_digest(sent.encode(), session.csrf_token.encode()):
        raise Forbidden(f"send the session's CSRF token as {CSRF_HEADER}", code="auth.csrf")


Anyone = Annotated[Person, Depends(Allowed(Permission.LOOK))]
TaskDoer = Annotated[Person, Depends(Allowed(Permission.DO_TASKS))]
DocumentAdder = Annotated[Person, Depends(Allowed(Permission.ADD_DOCUMENTS))]
Starter = Annotated[Person, Depends(Allowed(Permission.START_PROCESSES))]
Sender = Annotated[Person, Depends(Allowed(Permission.SEND_MESSAGES))]
DecisionMaker = Annotated[Person, Depends(Allowed(Permission.EVALUATE_DECISIONS))]
Evaluator = Annotated[Person, Depends(Allowed(Permission.EVALUATE_EXPRESSIONS))]
Deployer = Annotated[Person, Depends(Allowed(Permission.DEPLOY))]
ResourceDeleter = Annotated[Person, Depends(Allowed(Permission.DELETE_RESOURCES))]
ProcessManager = Annotated[Person, Depends(Allowed(Permission.MANAGE_PROCESSES))]
InstanceDeleter = Annotated[Person, Depends(Allowed(Permission.DELETE_INSTANCES))]
DecisionDeleter = Annotated[Person, Depends(Allowed(Permission.DELETE_DECISIONS))]
DocumentDeleter = Annotated[Person, Depends(Allowed(Permission.DELETE_DOCUMENTS))]
InstanceBatchDeleter = Annotated[
    Person, Depends(Allowed(Permission.DELETE_INSTANCES, Permission.MANAGE_BATCHES))
]
DecisionBatchDeleter = Annotated[
    Person, Depends(Allowed(Permission.DELETE_DECISIONS, Permission.MANAGE_BATCHES))
]
BatchManager = Annotated[Person, Depends(Allowed(Permission.MANAGE_BATCHES))]
BatchMaker = Annotated[
    Person, Depends(Allowed(Permission.MANAGE_PROCESSES, Permission.MANAGE_BATCHES))
]
JobBatchMaker = Annotated[
    Person, Depends(Allowed(Permission.MANAGE_WORK, Permission.MANAGE_BATCHES))
]
ClusterVariableManager = Annotated[Person, Depends(Allowed(Permission.MANAGE_CLUSTER_VARIABLES))]
WorkManager = Annotated[Person, Depends(Allowed(Permission.MANAGE_WORK))]
AgentManager = Annotated[Person, Depends(Allowed(Permission.MANAGE_AGENTS))]
UserManager = Annotated[Person, Depends(Allowed(Permission.MANAGE_USERS))]
RecordReader = Annotated[Person, Depends(Allowed(Permission.READ_RECORD))]
AnAgent = Annotated[Worker, Depends(worker)]
ARun = Annotated[Robot, Depends(robot)]
