"""Work items."""

from typing import Annotated, Literal

from pydantic import Field
from sqlmodel import col, select

from orchestrator.api import sealing
from orchestrator.api.model import Filter, Instant, Json, JsonObject, Key, Model
from orchestrator.api.routes.tasks import ExceptionView
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person, WorkManager
from orchestrator.process import jobs
from orchestrator.store.tables import Agent, Attempt, Run, RunArtifact, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work import files, items
from orchestrator.work.lifecycle import OUTPUT
from orchestrator.work.model import NewItem

router = Section(prefix="/v2/work-items", tags=["work"])

MAX_INT = 2**31 - 1


class ItemBase(Model):
    work_item_key: Key = Field(validation_alias="key")
    queue: str
    state: Literal["NEW", "LEASED", "DONE", "FAILED", "REVIEW", "CANCELLED", "OUTPUT"]
    held: bool
    """Its process instance is suspended: it is not claimed before that goes on."""
    priority: int
    reference: str | None
    max_attempts: int
    due_at: Instant | None
    not_before: Instant | None
    created_at: Instant
    updated_at: Instant
    process_instance_key: Key | None = Field(validation_alias="instance_key")
    element_id: str | None
    exception: ExceptionView | None


class ItemView(ItemBase):
    attempts: int


class FileView(Model):
    file_name: str = Field(validation_alias="name")
    document_id: str = Field(validation_alias="digest")


class AttemptView(Model):
    run_key: Key
    agent_name: str | None
    started_at: Instant
    ended_at: Instant | None
    outcome: str | None
    exception: ExceptionView | None
    exit_code: int | None
    artifacts: list[FileView]


class ItemDetail(ItemBase):
    payload: Json
    output: Json
    headers: JsonObject
    files: list[FileView]
    attempts: list[AttemptView]


class NewWorkItem(Model):
    queue: Annotated[str, Field(min_length=1, max_length=200)]
    payload: Json = None
    reference: Annotated[str, Field(min_length=1, max_length=500)] | None = None
    priority: Annotated[int, Field(ge=-MAX_INT, le=MAX_INT)] = 0
    due_at: Instant | None = None
    not_before: Instant | None = None
    max_attempts: Annotated[int, Field(ge=1, le=1000)] = 3


class ItemFilter(Filter):
    work_item_key: Match[Key] | None = None
    queue: Match[str] | None = None
    state: Match[str] | None = None
    reference: Match[str] | None = None
    process_instance_key: Match[Key] | None = None
    element_id: Match[str] | None = None


COLUMNS = {
    "workItemKey": col(WorkItem.key),
    "queue": col(WorkItem.queue),
    "state": col(WorkItem.state),
    "priority": col(WorkItem.priority),
    "reference": col(WorkItem.reference),
    "processInstanceKey": col(WorkItem.instance_key),
    "elementId": col(WorkItem.element_id),
    "dueAt": col(WorkItem.due_at),
    "createdAt": col(WorkItem.created_at),
    "updatedAt": col(WorkItem.updated_at),
}


@router.post("/search")
def search_work_items(body: Search[ItemFilter], caller: Anyone) -> Found[ItemView]:
    with caller.searching() as unit:
        query = select(WorkItem).where(
            unit.within(col(WorkItem.tenant_id)),
            WorkItem.state != OUTPUT,
            # Their references may be made of what was read.
            sealing.unsealed(caller, sealing.OF_ITEM),
        )
        rows, total = find(unit, query, body, COLUMNS, col(WorkItem.key).desc())
        return page_of([ItemView.model_validate(row) for row in rows], total, body)


@router.post("", status_code=201)
def create_work_item(body: NewWorkItem, caller: WorkManager) -> ItemView:
    """409 work_item.duplicate_reference when the queue has an item of this reference."""
    with caller.begin() as unit:
        return ItemView.model_validate(items.enqueue(unit, NewItem(**body.model_dump())))


@router.get("/{key}")
def get_work_item(key: Key, caller: Anyone) -> ItemDetail:
    """With its payload, output, files and every attempt."""
    with caller.begin() as unit:
        item = items.get(unit, key)
        sealing.check_item(unit, caller, key)
        base = ItemView.model_validate(item).model_dump(exclude={"attempts"})
        details = {
            "payload": item.payload,
            "output": item.output,
            "headers": item.headers or {},
            "files": files.of(unit, key),
            "attempts": _attempts(unit, caller, key),
        }
        return ItemDetail.model_validate(base | details)


@router.post("/{key}/retry")
def retry_work_item(key: Key, caller: WorkManager) -> ItemView:
    """FAILED and REVIEW items only; one more attempt is allowed."""
    with caller.begin() as unit:
        return ItemView.model_validate(jobs.retry(unit, key))


def _attempts(unit: Unit, caller: Person, item_key: int) -> list[AttemptView]:
    """A claim makes the run; its agent and what it left behind belong to the attempt."""
    query = (
        select(Attempt, Run, Agent.name)
        .join(Run, col(Run.key) == Attempt.run_key)
        .outerjoin(Agent, col(Agent.key) == Run.agent_key)
        .where(unit.within(col(Attempt.tenant_id)), Attempt.item_key == item_key)
        .order_by(col(Attempt.number), col(Attempt.key))
    )
    artifacts = _artifacts(unit, caller, item_key)
    return [
        AttemptView(
            run_key=run.key,
            agent_name=agent_name,
            started_at=attempt.started_at,
            ended_at=attempt.ended_at,
            outcome=attempt.outcome,
            exception=ExceptionView.model_validate(attempt.exception)
            if attempt.exception
            else None,
            exit_code=run.exit_code,
            artifacts=artifacts.get(run.key, []),
        )
        for attempt, run, agent_name in unit.session.exec(query)
    ]


def _artifacts(unit: Unit, caller: Person, item_key: int) -> dict[int, list[FileView]]:
    """By run, which may have had other items."""
    shown = sealing.unsealed_run(caller, col(RunArtifact.run_key))
    query = (
        select(RunArtifact)
        .join(Attempt, col(Attempt.run_key) == RunArtifact.run_key)
        .where(unit.within(col(RunArtifact.tenant_id)), Attempt.item_key == item_key, shown)
        .order_by(col(RunArtifact.key))
        .distinct()
    )
    found: dict[int, list[FileView]] = {}
    for artifact in unit.session.exec(query):
        found.setdefault(artifact.run_key, []).append(FileView.model_validate(artifact))
    return found
