"""What the active elements wait for, one row for each thing."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field
from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Select,
    cast,
    func,
    literal,
    true,
    union_all,
)
from sqlalchemy import select as select_columns
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.routes.elements import ELEMENT_COLUMNS
from orchestrator.api.routes.job_views import RETRIES
from orchestrator.api.sealing import unsealed
from orchestrator.api.search import Found, Match, Search, find, matching, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.process import instances
from orchestrator.store.tables import (
    ElementInstance,
    ProcessInstance,
    Subscription,
    Timer,
    UserTask,
    WorkItem,
)
from orchestrator.store.unit import Unit
from orchestrator.work import lifecycle

router = Section(prefix="/v2", tags=["process instances"])

Waiting = WorkItem | UserTask | Subscription | Timer


class JobWait(Model):
    wait_state_type: Literal["JOB"]
    job_key: Key
    job_type: str
    job_kind: str = "BPMN_ELEMENT"
    listener_event_type: None = None
    retries: int


class UserTaskWait(Model):
    wait_state_type: Literal["USER_TASK"]
    task_key: Key
    due_date: Instant | None


class MessageWait(Model):
    wait_state_type: Literal["MESSAGE"]
    message_name: str
    correlation_key: str


class SignalWait(Model):
    wait_state_type: Literal["SIGNAL"]
    signal_name: str


class TimerWait(Model):
    wait_state_type: Literal["TIMER"]
    due_date: int
    """In milliseconds since 1970."""
    repetitions: int | None
    """How often it fires again after that; -1 without end."""


Wait = Annotated[
    JobWait | UserTaskWait | MessageWait | SignalWait | TimerWait,
    Field(discriminator="wait_state_type"),
]


class WaitView(Model):
    root_process_instance_key: Key
    process_instance_key: Key
    element_instance_key: Key
    element_id: str
    element_type: str
    tenant_id: str
    bpmn_process_id: str
    details: Wait


class WaitFilter(Filter):
    element_instance_key: Match[Key] | None = None
    process_instance_key: Match[Key] | None = None
    element_id: Match[str] | None = None
    element_type: Match[str] | None = None
    wait_state_type: Match[str] | None = None


class WaitCount(Model):
    element_id: str
    waiting_count: int


class WaitCounts(Model):
    items: list[WaitCount]


@router.post("/element-instances/wait-states/search")
def search_element_instance_wait_states(
    body: Search[WaitFilter], caller: Anyone
) -> Found[WaitView]:
    with caller.searching() as unit:
        waits = _waits(unit)
        columns = {
            "elementInstanceKey": col(ElementInstance.key),
            "processInstanceKey": col(ElementInstance.instance_key),
            "elementId": col(ElementInstance.element_id),
            "elementType": ELEMENT_COLUMNS["type"],
            "waitStateType": waits.c.kind,
        }
        view = func.jsonb_build_object(
            *("process_instance_key", ElementInstance.instance_key),
            *("element_instance_key", ElementInstance.key),
            *("element_id", ElementInstance.element_id),
            *("element_type", ELEMENT_COLUMNS["type"]),
            *("tenant_id", ElementInstance.tenant_id),
            *("bpmn_process_id", ProcessInstance.process_id),
            *("details", waits.c.details),
        )
        query = (
            select(view)
            .join(waits, waits.c.element_key == ElementInstance.key)
            .join(ProcessInstance, col(ProcessInstance.key) == ElementInstance.instance_key)
            .where(ElementInstance.state == "ACTIVE")
            .where(unsealed(caller, col(ElementInstance.instance_key)))
        )
        order = func.row(col(ElementInstance.key), waits.c.key)
        rows, total = find(unit, query, body, columns, order)
        owners = instances.by_keys(unit, {row["process_instance_key"] for row in rows})
        roots = instances.roots(unit, owners.values())
        found = [
            WaitView(root_process_instance_key=roots[row["process_instance_key"]], **row)
            for row in rows
        ]
        return page_of(found, total, body)


@router.get("/process-instances/{key}/statistics/wait-states")
def get_process_instance_wait_state_statistics(key: Key, caller: Anyone) -> WaitCounts:
    """How many activations of each element wait."""
    with caller.begin() as unit:
        instances.get(unit, key)
        waits, element = _waits(unit, key), ElementInstance
        count = func.count(col(element.key).distinct()).label("waiting_count")
        query = (
            select_columns(col(element.element_id), count)
            .join(waits, waits.c.element_key == element.key)
            .where(col(element.state) == "ACTIVE")
            .group_by(col(element.element_id))
            .order_by(col(element.element_id))
        )
        rows = unit.session.connection().execute(query).mappings()
        return WaitCounts(items=[WaitCount.model_validate(dict(row)) for row in rows])


def _waits(unit: Unit, instance_key: int | None = None) -> CTE:
    """(element_key, key, kind, details) of the tenant, or of one instance."""
    job_open = col(WorkItem.state).in_([lifecycle.NEW, lifecycle.LEASED, lifecycle.FAILED])
    job = {"job_key": WorkItem.key, "job_type": WorkItem.queue, "retries": RETRIES}
    task = {"task_key": UserTask.key, "due_date": UserTask.due_at}
    message = {
        "message_name": Subscription.name,
        "correlation_key": Subscription.correlation_key,
    }
    signal = {"signal_name": Subscription.name}
    timer = {
        "due_date": cast(func.extract("epoch", col(Timer.due_at)) * 1000, BigInteger),
        "repetitions": func.coalesce(Timer.repeats, -1),
    }
    parts = [
        _part(WorkItem, "JOB", job, job_open),
        _part(UserTask, "USER_TASK", task, col(UserTask.state) == "CREATED"),
        _part(Subscription, "MESSAGE", message, col(Subscription.kind) == "message"),
        _part(Subscription, "SIGNAL", signal, col(Subscription.kind) == "signal"),
        _part(Timer, "TIMER", timer, true()),
    ]
    here = [
        part.where(
            unit.within(part.selected_columns.tenant_id),
            *matching(part.selected_columns.instance_key, instance_key),
        )
        for part in parts
    ]
    return union_all(*here).cte("waits")


def _part(
    table: type[Waiting], kind: str, details: Mapping[str, Any], is_open: ColumnElement[bool]
) -> Select[Any]:
    named = [part for name, value in details.items() for part in (name, value)]
    return select_columns(
        col(table.tenant_id),
        col(table.instance_key),
        col(table.element_key),
        col(table.key),
        literal(kind).label("kind"),
        func.jsonb_build_object("wait_state_type", kind, *named).label("details"),
    ).where(col(table.element_key).is_not(None), is_open)
