"""Opening, assigning and ending user tasks."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.kernel.errors import Conflict
from orchestrator.people import who_may
from orchestrator.people.lifecycle import CANCELED, COMPLETED, CREATED, move
from orchestrator.store import keyed
from orchestrator.store.tables import User, UserTask
from orchestrator.store.unit import Unit

TASK, REVIEW, SECOND_LOOK = "task", "review", "second_look"


@dataclass(frozen=True, slots=True)
class NewTask:
    """A task to open. `kind`: task (modelled), review (of a business exception) or second_look
    (of `look_key`: see `who_may` for who must not do it). Nobody who
    completed one of the elements `separate_from` in this instance may do it."""

    kind: str
    name: str
    form_id: str | None = None
    assignee: str | None = None
    candidate_groups: Sequence[str] = ()
    priority: int = 50
    due_at: datetime | None = None
    instance_key: int | None = None
    element_key: int | None = None
    element_id: str | None = None
    work_item_key: int | None = None
    look_key: int | None = None
    exception: Mapping[str, Any] | None = None
    separate_from: Sequence[str] = ()


def open(unit: Unit, new: NewTask) -> UserTask:
    """Put a task into the inbox."""
    values = {name: getattr(new, name) for name in NewTask.__slots__}
    values["candidate_groups"] = list(new.candidate_groups) or None
    values["separate_from"] = list(new.separate_from) or None
    values["exception"] = dict(new.exception) if new.exception else None
    values["seen_by"] = [new.assignee] if new.assignee else None
    task = UserTask(
        key=unit.keys.next(), tenant_id=unit.tenant_id, created_at=unit.now, state=CREATED, **values
    )
    _record(unit, task, "user_task.created", {"name": new.name, "kind": new.kind})
    return task


def get(unit: Unit, key: int) -> UserTask:
    """Raises `NotFound`."""
    return keyed.get(unit, UserTask, key, f"there is no task {key}")


def lock(unit: Unit, key: int) -> UserTask:
    """The task as it is now, and nobody else changes it before this transaction ends."""
    return keyed.lock(unit, UserTask, key, f"there is no task {key}")


def assign(unit: Unit, key: int, assignee: User, *, override: bool = False) -> UserTask:
    """Give the open task to `assignee`, who must be one who may do it; `override` takes it from
    who has it.

    Raises `Conflict` (task.assigned) when someone else has it, `Forbidden` as `who_may.check`.
    """
    task = _open(unit, key)
    if not override and task.assignee not in {None, assignee.username}:
        raise Conflict(f"{task.assignee} has this task already", code="task.assigned")
    who_may.check(unit, task, assignee)
    task.assignee = assignee.username
    _has_seen(task, assignee.username)
    return _record(unit, task, "user_task.assigned", {"assignee": assignee.username})


def show(unit: Unit, key: int, user: User) -> UserTask:
    """Keep, on the record, that the user was shown what the task is about while that was sealed:
    a second look at it is for others."""
    task = get(unit, key)
    if user.username in (task.seen_by or ()):
        return task
    task = lock(unit, key)
    _has_seen(task, user.username)
    return _record(unit, task, "user_task.shown", {"to": user.username})


def unassign(unit: Unit, key: int) -> UserTask:
    """Put the open task back for everyone it is for."""
    task = _open(unit, key)
    before, task.assignee = task.assignee, None
    return _record(unit, task, "user_task.unassigned", {"before": before})


def unassign_all(unit: Unit, username: str) -> None:
    """Put back every open task of a user who is no more."""
    query = select(UserTask.key).where(
        UserTask.tenant_id == unit.tenant_id,
        UserTask.assignee == username,
        UserTask.state == CREATED,
    )
    for key in sorted(unit.session.exec(query)):
        unassign(unit, key)


def change(unit: Unit, key: int, values: Mapping[str, Any]) -> UserTask:
    """Set `priority`, `due_at` and `candidate_groups` of an open task, those that are given."""
    task = _open(unit, key)
    before = {name: getattr(task, name) for name in values}
    for name, value in values.items():
        setattr(task, name, value)
    return _record(unit, task, "user_task.updated", {"before": before, "after": dict(values)})


def complete(unit: Unit, key: int, user: User, result: Mapping[str, Any]) -> UserTask:
    """The user has done the task; `result` is what they said.

    Raises `Conflict` (task.state, task.assigned), `Forbidden` as `who_may.check`.
    """
    task = _open(unit, key)
    if task.assignee not in {None, user.username}:
        raise Conflict(f"{task.assignee} has this task", code="task.assigned")
    who_may.check(unit, task, user)
    move(task, COMPLETED)
    task.assignee, task.completed_by = user.username, user.username
    _has_seen(task, user.username)
    task.completed_at, task.result = unit.now, dict(result)
    return _record(unit, task, "user_task.completed", {"result": task.result})


def cancel_for_element(unit: Unit, element_key: int) -> list[UserTask]:
    """Withdraw the open tasks of an element that has ended."""
    return _cancel(unit, col(UserTask.element_key) == element_key)


def cancel_for_item(unit: Unit, item_key: int) -> list[UserTask]:
    """Withdraw the open review of a work item that is tried again."""
    return _cancel(unit, col(UserTask.work_item_key) == item_key)


def _cancel(unit: Unit, which: ColumnElement[bool]) -> list[UserTask]:
    query = (
        select(UserTask)
        .where(UserTask.tenant_id == unit.tenant_id, which)
        .where(UserTask.state == CREATED)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    tasks = list(unit.session.exec(query))
    for task in tasks:
        move(task, CANCELED)
        _record(unit, task, "user_task.canceled", {})
    return tasks


def _has_seen(task: UserTask, username: str) -> None:
    task.seen_by = list(dict.fromkeys((*(task.seen_by or ()), username)))


def _open(unit: Unit, key: int) -> UserTask:
    task = lock(unit, key)
    if task.state != CREATED:
        raise Conflict(f"task {key} is {task.state}", code="task.state")
    return task


def _record(unit: Unit, task: UserTask, kind: str, data: dict[str, Any]) -> UserTask:
    unit.session.add(task)
    append(unit, f"user-task/{task.key}", kind, {"state": task.state, **data})
    unit.notify("user-task", task.key)
    return task
