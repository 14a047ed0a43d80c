"""What people do with user tasks."""

from typing import Annotated

from pydantic import Field

from orchestrator.api.model import Instant, JsonObject, Key, Model
from orchestrator.api.section import Section
from orchestrator.api.security import Person, TaskDoer
from orchestrator.kernel.errors import Forbidden, InvalidInput
from orchestrator.people import tasks as people_tasks
from orchestrator.people import tenants
from orchestrator.people.roles import Permission
from orchestrator.process import tasks
from orchestrator.store.tables import User, UserTask
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/user-tasks", tags=["user tasks"])

DEFAULT_PRIORITY = 50


class Assignment(Model):
    assignee: str
    allow_override: bool = True
    """Take it from who has it, where the caller may give tasks to others."""


class Changeset(Model):
    """What is not given stays."""

    due_date: Instant | None = None
    priority: Annotated[int, Field(ge=0, le=100)] | None = None
    candidate_groups: list[str] | None = None
    candidate_users: Annotated[list[str], Field(max_length=0)] | None = None
    """Deskhand has candidate groups only."""
    follow_up_date: None = None
    """Deskhand has none."""


class TaskUpdate(Model):
    changeset: Changeset | None = None


class Completion(Model):
    variables: JsonObject | None = None
    retry: bool = False
    """Of a review: let the work item be tried again instead."""


@router.post("/{key}/assignment", status_code=204)
def assign_user_task(key: Key, body: Assignment, caller: TaskDoer) -> None:
    """Claim it (the own name), or give it to another."""
    override = body.allow_override and caller.standing.may(Permission.ASSIGN_OTHERS)
    with caller.begin() as unit:
        assignee = _assignee(unit, caller, body.assignee)
        people_tasks.assign(unit, key, assignee, override=override)


@router.delete("/{key}/assignee", status_code=204)
def unassign_user_task(key: Key, caller: TaskDoer) -> None:
    """Put it back."""
    with caller.begin() as unit:
        task: UserTask = people_tasks.get(unit, key)
        if task.assignee != caller.user.username:
            _check_may_assign(caller)
        people_tasks.unassign(unit, key)


@router.patch("/{key}", status_code=204)
def update_user_task(key: Key, body: TaskUpdate, caller: TaskDoer) -> None:
    """Its due date, priority and candidate groups."""
    _check_may_assign(caller)
    given = body.changeset.model_dump(exclude_unset=True) if body.changeset else {}
    names = {"due_date": "due_at", "priority": "priority", "candidate_groups": "candidate_groups"}
    values = {names[name]: value for name, value in given.items() if name in names}
    if values.get("priority", DEFAULT_PRIORITY) is None:
        values["priority"] = DEFAULT_PRIORITY
    with caller.begin() as unit:
        people_tasks.change(unit, key, values)


@router.post("/{key}/completion", status_code=204)
def complete_user_task(key: Key, body: Completion, caller: TaskDoer) -> None:
    """Done. 403 task.separation_of_duties when the caller did an earlier step it must be
    separate from."""
    given = body.variables or {}
    variables = {**given, "retry": True} if body.retry else given
    caller.command(lambda unit: tasks.complete(unit, key, caller.user, variables))


def _assignee(unit: Unit, caller: Person, username: str) -> User:
    if username == caller.user.username:
        return caller.user
    _check_may_assign(caller)
    user = tenants.member(unit, caller.user.tenant_id, username)
    if user is None:
        raise InvalidInput(f"there is no user {username!r}")
    return user


def _check_may_assign(caller: Person) -> None:
    if not caller.standing.may(Permission.ASSIGN_OTHERS):
        raise Forbidden("you may assign tasks to yourself only")
