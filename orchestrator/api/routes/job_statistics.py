"""Of the jobs that were created in a window of time: how many, and how they fared."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

from fastapi import Query
from pydantic import Field
from sqlalchemy import (
    ColumnElement,
    Interval,
    Label,
    RowMapping,
    and_,
    cast,
    distinct,
    func,
    select,
)
from sqlmodel import col

from orchestrator.api.model import Filter, Instant, Model
from orchestrator.api.sealing import unsealed
from orchestrator.api.search import Found, Match, Page, Search, matching
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.api.short_lists import in_memory
from orchestrator.kernel.errors import InvalidInput
from orchestrator.kernel.keys import EPOCH, first_of
from orchestrator.store.tables import Agent, Attempt, Run, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work.model import BUSINESS, COMPLETED, FAILED

router = Section(prefix="/v2/jobs/statistics", tags=["statistics"])

NEVER = datetime.max.replace(tzinfo=UTC)
MOST_STEPS = 10_000
USUAL_STEPS = 200
RESOLUTIONS = [
    timedelta(minutes=1),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(days=1),
]
Resolution = Annotated[timedelta, Field(ge=timedelta(seconds=1), le=timedelta(days=3650))]


class Metric(Model):
    count: int
    last_updated_at: Instant | None
    """When the newest of them happened."""


class Metrics(Model):
    created: Metric
    completed: Metric
    failed: Metric
    """Those of which an attempt failed; a BPMN error is no failure."""


class Overall(Metrics):
    is_incomplete: bool = False


class OfType(Metrics):
    job_type: str
    workers: int


class OfWorker(Metrics):
    """Of the jobs that the worker has had; `created` are all of these."""

    worker: str


class OfTime(Metrics):
    time: Instant
    """When the step begins; one in which nothing was created is left out."""


class OfError(Model):
    error_code: str
    error_message: str
    workers: int


class Window(Filter):
    """When the jobs were created: `from` is within it, `to` not."""

    start: Instant = Field(alias="from")
    to: Instant


class TypesFilter(Window):
    job_type: Match[str] | None = None


class TypeFilter(Window):
    job_type: str


class StepsFilter(TypeFilter):
    resolution: Resolution | None = None
    """Length of a step (ISO 8601); without one, so that there are some hundred at most."""


class ErrorsFilter(TypeFilter):
    error_code: Match[str] | None = None
    error_message: Match[str] | None = None


class Asked(Model):
    page: Page = Field(default_factory=lambda: Page())

    def found(self, items: Sequence[Any]) -> Found[Any]:
        return in_memory(items, Search[Filter](page=self.page))


class TypesAsked(Asked):
    filter: TypesFilter | None = None


class TypeAsked(Asked):
    filter: TypeFilter


class StepsAsked(Asked):
    filter: StepsFilter


class ErrorsAsked(Asked):
    filter: ErrorsFilter


_WORKER = col(Agent.name)
_ERROR = col(Attempt.exception)
_CODE = func.coalesce(_ERROR["code"].astext, "")
_MESSAGE = func.coalesce(_ERROR["message"].astext, "")
_HAS_FAILED = and_(col(Attempt.outcome) == FAILED, _ERROR["type"].astext.is_distinct_from(BUSINESS))


@router.get("/global")
def get_global_job_statistics(
    caller: Anyone,
    start: Annotated[Instant, Query(alias="from")],
    to: Instant,
    job_type: Annotated[str | None, Query(alias="jobType", max_length=500)] = None,
) -> Overall:
    window = Window(start=start, to=to)
    with caller.begin() as unit:
        (row,) = _counted(unit, window, [], matching(col(WorkItem.queue), job_type))
        return Overall(**_metrics(row))


@router.post("/by-types")
def get_job_type_statistics(body: TypesAsked, caller: Anyone) -> Found[OfType]:
    job_type: Label[str] = col(WorkItem.queue).label("job_type")
    workers = func.count(distinct(_WORKER)).label("workers")
    asked = body.filter or TypesFilter(start=EPOCH, to=NEVER)
    wanted = matching(col(WorkItem.queue), asked.job_type)
    with caller.begin() as unit:
        rows = _counted(unit, asked, [job_type], wanted, workers)
        return body.found(
            [OfType(job_type=r["job_type"], workers=r["workers"], **_metrics(r)) for r in rows]
        )


@router.post("/by-workers")
def get_job_worker_statistics(body: TypeAsked, caller: Anyone) -> Found[OfWorker]:
    wanted = [col(WorkItem.queue) == body.filter.job_type, _WORKER.is_not(None)]
    with caller.begin() as unit:
        rows = _counted(unit, body.filter, [_WORKER.label("worker")], wanted)
        return body.found([OfWorker(worker=row["worker"], **_metrics(row)) for row in rows])


@router.post("/time-series")
def get_job_time_series_statistics(body: StepsAsked, caller: Anyone) -> Found[OfTime]:
    """In steps from `from` on. 400 when there would be more than 10,000."""
    step, start = cast(_step(body.filter), Interval), body.filter.start
    time = func.date_bin(step, col(WorkItem.created_at), start).label("time")
    wanted = [col(WorkItem.queue) == body.filter.job_type]
    with caller.begin() as unit:
        rows = _counted(unit, body.filter, [time], wanted)
        return body.found([OfTime(time=row["time"], **_metrics(row)) for row in rows])


@router.post("/errors")
def get_job_error_statistics(body: ErrorsAsked, caller: Anyone) -> Found[OfError]:
    """Why attempts failed, BPMN errors too; how many workers met it."""
    asked = body.filter
    wanted = [
        col(WorkItem.queue) == asked.job_type,
        _ERROR.is_not(None),
        unsealed(caller, col(WorkItem.instance_key)),
        *matching(_CODE, asked.error_code),
        *matching(_MESSAGE, asked.error_message),
    ]
    code, message = _CODE.label("error_code"), _MESSAGE.label("error_message")
    workers = func.count(distinct(_WORKER)).label("workers")
    with caller.begin() as unit:
        rows = _counted(unit, asked, [code, message], wanted, workers)
        return body.found([OfError.model_validate(dict(row)) for row in rows])


def _counted(
    unit: Unit,
    window: Window,
    by: Sequence[Label[Any]],
    wanted: Sequence[ColumnElement[bool]],
    *more: ColumnElement[Any],
) -> Sequence[RowMapping]:
    """Keys rise with time, so only those of the window and after it are read."""
    names = [column.name for column in by]
    query = (
        select(*by, *_counts(), *more)
        .select_from(WorkItem)
        .outerjoin(Attempt, col(Attempt.item_key) == WorkItem.key)
        .outerjoin(Run, col(Run.key) == Attempt.run_key)
        .outerjoin(Agent, col(Agent.key) == Run.agent_key)
        .where(unit.within(col(WorkItem.tenant_id)))
        .where(col(WorkItem.instance_key).is_not(None))
        .where(col(WorkItem.key) >= first_of(window.start))
        .where(col(WorkItem.created_at) >= window.start, col(WorkItem.created_at) < window.to)
        .where(*wanted)
        .group_by(*names)
        .order_by(*names)
    )
    return unit.session.connection().execute(query).mappings().all()


def _counts() -> list[ColumnElement[Any]]:
    item, ended = distinct(col(WorkItem.key)), func.max(col(Attempt.ended_at))
    done = col(Attempt.outcome) == COMPLETED
    return [
        func.count(item).label("created"),
        func.max(col(WorkItem.created_at)).label("created_last"),
        func.count(item).filter(done).label("completed"),
        ended.filter(done).label("completed_last"),
        func.count(item).filter(_HAS_FAILED).label("failed"),
        ended.filter(_HAS_FAILED).label("failed_last"),
    ]


def _metrics(row: RowMapping) -> dict[str, Metric]:
    return {
        name: Metric(count=row[name], last_updated_at=row[f"{name}_last"])
        for name in ("created", "completed", "failed")
    }


def _step(asked: StepsFilter) -> timedelta:
    """Raises InvalidInput when there would be too many."""
    length = _length(asked.start, asked.to)
    if asked.resolution is None:
        fine = [step for step in RESOLUTIONS if length / step <= USUAL_STEPS]
        return fine[0] if fine else max(RESOLUTIONS[-1], length / USUAL_STEPS)
    if length / asked.resolution > MOST_STEPS:
        raise InvalidInput(f"a series has {MOST_STEPS} steps at most; ask for longer ones")
    return asked.resolution


def _length(start: datetime, to: datetime) -> timedelta:
    return max(to - start, timedelta(0))
