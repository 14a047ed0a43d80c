"""Looking at user tasks."""

from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import ColumnElement, SQLColumnExpression, func
from sqlmodel import col, select

from orchestrator.api import sealing
from orchestrator.api.model import Filter, Instant, JsonObject, Key, Model
from orchestrator.api.routes import look_tasks
from orchestrator.api.routes.definitions import FormView, newest_form
from orchestrator.api.routes.variable_views import VariableMatch, with_variables
from orchestrator.api.search import (
    Column,
    Columns,
    Condition,
    Found,
    Match,
    Search,
    find,
    matching,
    page_of,
)
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person
from orchestrator.people import tasks
from orchestrator.store.tables import (
    ElementInstance,
    ProcessInstance,
    UserTask,
    Variable,
    WorkItem,
)
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/user-tasks", tags=["user tasks"])


class ExceptionView(Model):
    type: str
    code: str | None = None
    message: str | None = None


class TaskView(Model):
    user_task_key: Key
    name: str
    kind: Literal["task", "review", "second_look"]
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
    tenant_id: str
    candidate_users: list[str] = Field(default_factory=list)
    follow_up_date: Instant | None = None
    external_form_reference: str | None = None
    process_definition_version: int | None
    process_definition_key: Key | None
    process_name: str | None
    element_instance_key: Key | None
    root_process_instance_key: Key | None = None
    business_id: str | None
    form_key: Key | None = None
    custom_headers: JsonObject = Field(default_factory=dict)
    tags: list[str] = Field(default_factory=list)


class TaskForm(Model):
    form_schema: JsonObject = Field(serialization_alias="schema")


class TaskDetail(TaskView):
    variables: JsonObject
    form: TaskForm | None
    exception: ExceptionView | None
    work_item_key: Key | None
    is_sealed: bool
    """The invoice waits for a second look: variables and exception are told to the assignee."""


class TaskFilter(Filter):
    user_task_key: Match[Key] | None = None
    state: Match[str] | None = None
    assignee: Match[str] | None = None
    kind: Match[str] | None = None
    element_id: Match[str] | None = None
    process_instance_key: Match[Key] | None = None
    element_instance_key: Match[Key] | None = None
    priority: Match[int] | None = None
    name: Match[str] | None = None
    due_date: Match[Instant] | None = None
    creation_date: Match[Instant] | None = None
    completion_date: Match[Instant] | None = None
    tenant_id: Match[str] | None = None
    candidate_group: Match[str] | None = None
    process_definition_id: Match[str] | None = None
    process_definition_key: Match[Key] | None = None
    business_id: Match[str] | None = None
    process_instance_variables: Annotated[list[VariableMatch], Field(max_length=100)] | None = None
    local_variables: Annotated[list[VariableMatch], Field(max_length=100)] | None = None
    either: Annotated[list["TaskFilter"], Field(max_length=100)] | None = Field(None, alias="$or")


_COLUMNS: Columns = {
    "userTaskKey": col(UserTask.key),
    "state": col(UserTask.state),
    "assignee": col(UserTask.assignee),
    "kind": col(UserTask.kind),
    "name": col(UserTask.name),
    "elementId": col(UserTask.element_id),
    "processInstanceKey": col(UserTask.instance_key),
    "elementInstanceKey": col(UserTask.element_key),
    "tenantId": col(UserTask.tenant_id),
    "completionDate": col(UserTask.completed_at),
    "priority": col(UserTask.priority),
    "dueDate": col(UserTask.due_at),
    "creationDate": col(UserTask.created_at),
    "candidateGroup": lambda wanted: _for_group(wanted),
    "processDefinitionId": col(ProcessInstance.process_id),
    "processDefinitionKey": col(ProcessInstance.definition_key),
    "businessId": col(ProcessInstance.business_key),
}


def _columns(caller: Person) -> Columns:
    """Values are compared only where the caller may be told them."""
    known = sealing.unsealed(caller, col(Variable.instance_key))

    def of(scope: SQLColumnExpression[Any]) -> Column:
        return lambda wanted: with_variables(scope, wanted, known)

    return {
        **_COLUMNS,
        "processInstanceVariables": of(col(UserTask.instance_key)),
        "localVariables": of(col(UserTask.element_key)),
    }


def _for_group(wanted: str | Condition[str]) -> ColumnElement[bool]:
    """One of the candidate groups is such a one."""
    groups = func.jsonb_array_elements_text(col(UserTask.candidate_groups)).column_valued("g")
    return select(groups).where(*matching(groups, wanted)).exists()


@router.post("/search")
def search_user_tasks(body: Search[TaskFilter], caller: Anyone) -> Found[TaskView]:
    with caller.searching() as unit:
        query = (
            select(UserTask)
            .outerjoin(ProcessInstance, col(ProcessInstance.key) == UserTask.instance_key)
            .where(unit.within(col(UserTask.tenant_id)))
        )
        rows, total = find(unit, query, body, _columns(caller), col(UserTask.key))
        return page_of(views(unit, rows), total, body)


@router.get("/{key}")
def get_user_task(key: Key, caller: Anyone) -> TaskDetail:
    """While the invoice waits for a second look, the variables are told to who has claimed the
    task, and so cannot take that look; see `is_sealed`."""
    with caller.begin() as unit:
        task = tasks.get(unit, key)
        shown = sealing.shows(unit, caller, task)
        form = newest_form(unit, task.form_id) if task.form_id else None
        return TaskDetail(
            **views(unit, [task])[0].model_dump(),
            variables=_variables(unit, task) if shown else {},
            form=TaskForm(form_schema=form.form_schema) if form else None,
            exception=ExceptionView.model_validate(task.exception)
            if task.exception and shown
            else None,
            work_item_key=task.work_item_key,
            is_sealed=not shown,
        )


@router.get("/{key}/form", responses={204: {"description": "The task has no form."}})
def get_user_task_form(key: Key, caller: Anyone) -> FormView | None:
    with caller.begin() as unit:
        task = tasks.get(unit, key)
        form = newest_form(unit, task.form_id) if task.form_id else None
        return FormView.model_validate(form) if form else None


def views(unit: Unit, rows: Sequence[UserTask]) -> list[TaskView]:
    owners = _owners(unit, {row.instance_key for row in rows if row.instance_key})
    titles = look_tasks.titles(unit, {row.look_key for row in rows if row.look_key})
    return [
        _view(row, *owners.get(row.instance_key, (None, titles.get(row.look_key)))) for row in rows
    ]


def _view(row: UserTask, owner: ProcessInstance | None, title: str | None) -> TaskView:
    business_key = owner.business_key if owner else None
    return TaskView(
        tenant_id=row.tenant_id,
        process_definition_version=owner.version if owner else None,
        process_definition_key=owner.definition_key if owner else None,
        process_name=owner.process_id if owner else None,
        element_instance_key=row.element_key,
        business_id=business_key,
        user_task_key=row.key,
        name=row.name,
        kind=row.kind,
        state=row.state,
        element_id=row.element_id,
        process_instance_key=row.instance_key,
        process_definition_id=owner.process_id if owner else None,
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


Owner = tuple[ProcessInstance | None, str | None]


def _owners(unit: Unit, keys: set[int]) -> dict[int | None, Owner]:
    title = col(Variable.value)["v"]["metadata"]["fileName"].astext
    query = (
        select(ProcessInstance, title)
        .outerjoin(
            Variable,
            (col(Variable.scope_key) == ProcessInstance.key) & (col(Variable.name) == "document"),
        )
        .where(col(ProcessInstance.key).in_(keys))
    )
    return {owner.key: (owner, title) for owner, title in unit.session.exec(query)}


def _variables(unit: Unit, task: UserTask) -> dict[str, Any]:
    """What the task's element sees: inner scopes hide outer ones. The payload of a reviewed
    item that no process owns. Of a second look what its doer may know."""
    if task.look_key is not None:
        return look_tasks.variables(unit, task.look_key)
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
