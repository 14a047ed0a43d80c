"""What people do with user tasks."""

from fastapi import APIRouter

from orchestrator.api.model import JsonObject, Key, Model
from orchestrator.api.security import Person, TaskDoer
from orchestrator.kernel.errors import Forbidden, InvalidInput
from orchestrator.people import tasks as people_tasks
from orchestrator.people import users
from orchestrator.people.roles import Permission, may
from orchestrator.process import tasks
from orchestrator.store.tables import User, UserTask
from orchestrator.store.unit import Unit

router = APIRouter(prefix="/v2/user-tasks", tags=["user tasks"])


class Assignment(Model):
    assignee: str


class Completion(Model):
    variables: JsonObject | None = None
    retry: bool = False
    """Of a review: let the work item be tried again instead."""


@router.post("/{key}/assignment", status_code=204)
def assign_user_task(key: Key, body: Assignment, caller: TaskDoer) -> None:
    """Claim it (the own name), or give it to another."""
    with caller.begin() as unit:
        people_tasks.assign(unit, key, _assignee(unit, caller, body.assignee))


@router.delete("/{key}/assignee", status_code=204)
def unassign_user_task(key: Key, caller: TaskDoer) -> None:
    """Put it back."""
    with caller.begin() as unit:
        task: UserTask = people_tasks.get(unit, key)
        if task.assignee != caller.user.username:
            _check_may_assign(caller)
        people_tasks.unassign(unit, key)


@router.post("/{key}/completion", status_code=204)
def complete_user_task(key: Key, body: Completion, caller: TaskDoer) -> None:
    """Done. 403 task.separation_of_duties when the caller did an earlier step it must be
    separate from."""
    given = body.variables or {}
    variables = {**given, "retry": True} if body.retry else given
    with caller.begin() as unit:
        tasks.complete(unit, key, caller.user, variables)


def _assignee(unit: Unit, caller: Person, username: str) -> User:
    if username == caller.user.username:
        return caller.user
    _check_may_assign(caller)
    user = users.find(unit, username)
    if user is None:
        raise InvalidInput(f"there is no user {username!r}")
    return user


def _check_may_assign(caller: Person) -> None:
    if not may(caller.user.roles, Permission.ASSIGN_OTHERS):
        raise Forbidden("you may assign tasks to yourself only")
