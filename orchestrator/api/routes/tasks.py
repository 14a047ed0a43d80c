"""Looking at user tasks."""

from collections.abc import Sequence
from typing import Any, Literal

from fastapi import APIRouter
from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, JsonObject, Key, Model
from orchestrator.api.routes.definitions import newest_form
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.security import Anyone
from orchestrator.people import tasks
from orchestrator.store.tables import (
    ElementInstance,
    ProcessInstance,
    UserTask,
    Variable,
    WorkItem,
)
from orchestrator.store.unit import Unit

router = APIRouter(prefix="/v2/user-tasks", tags=["user tasks"])


class ExceptionView(Model):
    type: str
    code: str | None = None
    message: str | None = None


class TaskView(Model):
    user_task_key: Key
    name: str
    kind: Literal["task", "review"]
    state: Literal["CREATED", "COMPLETED", "CANCELED"]
    element_id: str | None
    process_instance_key: Key | None
    process_definition_id: str | None
    business_key: str | None
    title: str | None
    """What it is about: the name of the instance's document, else its business key."""
    assignee: str | None
    candidate_groups: list[str]
    form_id: str | None
    priority: int
    due_date: Instant | None
    creation_date: Instant
    completion_date: Instant | None
    completed_by: str | None


class TaskForm(Model):
    form_schema: JsonObject = Field(serialization_alias="schema")


class TaskDetail(TaskView):
    variables: JsonObject
    form: TaskForm | None
    exception: ExceptionView | None
    work_item_key: Key | None


class TaskFilter(Filter):
    user_task_key: Match[Key] | None = None
    state: Match[str] | None = None
    assignee: Match[str] | None = None
    kind: Match[str] | None = None
    element_id: Match[str] | None = None
    process_instance_key: Match[Key] | None = None


COLUMNS = {
    "userTaskKey": col(UserTask.key),
    "state": col(UserTask.state),
    "assignee": col(UserTask.assignee),
    "kind": col(UserTask.kind),
    "name": col(UserTask.name),
    "elementId": col(UserTask.element_id),
    "processInstanceKey": col(UserTask.instance_key),
    "priority": col(UserTask.priority),
    "dueDate": col(UserTask.due_at),
    "creationDate": col(UserTask.created_at),
}


@router.post("/search")
def search_user_tasks(body: Search[TaskFilter], caller: Anyone) -> Found[TaskView]:
    with caller.begin() as unit:
        query = select(UserTask).where(UserTask.tenant_id == unit.tenant_id)
        rows, total = find(unit, query, body, COLUMNS, col(UserTask.key))
        return page_of(views(unit, rows), total)


@router.get("/{key}")
def get_user_task(key: Key, caller: Anyone) -> TaskDetail:
    with caller.begin() as unit:
        task = tasks.get(unit, key)
        form = newest_form(unit, task.form_id) if task.form_id else None
        return TaskDetail(
            **views(unit, [task])[0].model_dump(),
            variables=_variables(unit, task),
            form=TaskForm(form_schema=form.form_schema) if form else None,
            exception=ExceptionView.model_validate(task.exception) if task.exception else None,
            work_item_key=task.work_item_key,
        )


def views(unit: Unit, rows: Sequence[UserTask]) -> list[TaskView]:
    owners = _owners(unit, {row.instance_key for row in rows if row.instance_key})
    return [_view(row, *owners.get(row.instance_key, (None, None, None))) for row in rows]


def _view(
    row: UserTask, process_id: str | None, business_key: str | None, title: str | None
) -> TaskView:
    return TaskView(
        user_task_key=row.key,
        name=row.name,
        kind=row.kind,
        state=row.state,
        element_id=row.element_id,
        process_instance_key=row.instance_key,
        process_definition_id=process_id,
        business_key=business_key,
        title=title or business_key,
        assignee=row.assignee,
        candidate_groups=row.candidate_groups or [],
        form_id=row.form_id,
        priority=row.priority,
        due_date=row.due_at,
        creation_date=row.created_at,
        completion_date=row.completed_at,
        completed_by=row.completed_by,
    )


Owner = tuple[str | None, str | None, str | None]


def _owners(unit: Unit, keys: set[int]) -> dict[int | None, Owner]:
    title = col(Variable.value)["v"]["metadata"]["fileName"].astext
    query = (
        select(ProcessInstance.key, ProcessInstance.process_id, ProcessInstance.business_key, title)
        .outerjoin(
            Variable,
            (col(Variable.scope_key) == ProcessInstance.key) & (col(Variable.name) == "document"),
        )
        .where(col(ProcessInstance.key).in_(keys))
    )
    return {row[0]: (row[1], row[2], row[3]) for row in unit.session.exec(query)}


def _variables(unit: Unit, task: UserTask) -> dict[str, Any]:
    """What the task's element sees: inner scopes hide outer ones. The payload of a reviewed
    item that no process owns."""
    found: dict[str, Any] = {}
    scope = task.element_key
    while scope is not None:
        rows = unit.session.exec(select(Variable).where(Variable.scope_key == scope))
        found = {row.name: row.value["v"] for row in rows} | found
        element = unit.session.get(ElementInstance, scope)
        scope = element.scope_key if element else None
    if task.instance_key is not None:
        rows = unit.session.exec(select(Variable).where(Variable.scope_key == task.instance_key))
        return {row.name: row.value["v"] for row in rows} | found
    item = unit.session.get(WorkItem, task.work_item_key) if task.work_item_key else None
    return item.payload if item and isinstance(item.payload, dict) else found
