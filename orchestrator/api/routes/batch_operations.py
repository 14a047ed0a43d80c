"""Batch operations: watching and steering them."""

from collections.abc import Mapping, Sequence

from pydantic import Field
from sqlalchemy import case, func
from sqlmodel import col, select

from orchestrator.api.actors import actor_id, actor_type, described
from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, BatchManager
from orchestrator.process import batches
from orchestrator.store.tables import BatchItem, BatchOperation
from orchestrator.store.unit import Unit

router = Section(prefix="/v2", tags=["batch operations"])


class BatchView(Model):
    batch_operation_key: Key
    batch_operation_type: str
    state: str
    start_date: Instant
    end_date: Instant | None
    actor_type: str
    actor_id: str
    operations_total_count: int
    operations_completed_count: int
    operations_failed_count: int
    errors: list[str] = Field(default_factory=list)


class BatchFilter(Filter):
    batch_operation_key: Match[Key] | None = None
    operation_type: Match[str] | None = None
    state: Match[str] | None = None
    actor_type: Match[str] | None = None
    actor_id: Match[str] | None = None


BATCH_COLUMNS = {
    "batchOperationKey": col(BatchOperation.key),
    "operationType": col(BatchOperation.kind),
    "state": col(BatchOperation.state),
    "startDate": col(BatchOperation.started_at),
    "endDate": col(BatchOperation.ended_at),
    "actorType": actor_type(col(BatchOperation.actor)),
    "actorId": actor_id(col(BatchOperation.actor)),
}


@router.post("/batch-operations/search")
def search_batch_operations(body: Search[BatchFilter], caller: Anyone) -> Found[BatchView]:
    with caller.searching() as unit:
        query = select(BatchOperation).where(unit.within(col(BatchOperation.tenant_id)))
        rows, total = find(unit, query, body, BATCH_COLUMNS, col(BatchOperation.key).desc())
        return page_of(_views(unit, rows), total, body)


@router.get("/batch-operations/{key}")
def get_batch_operation(key: Key, caller: Anyone) -> BatchView:
    with caller.begin() as unit:
        return _views(unit, [batches.get(unit, key)])[0]


@router.post("/batch-operations/{key}/suspension", status_code=204)
def suspend_batch_operation(key: Key, caller: BatchManager) -> None:
    with caller.begin() as unit:
        batches.suspend(unit, key)


@router.post("/batch-operations/{key}/resumption", status_code=204)
def resume_batch_operation(key: Key, caller: BatchManager) -> None:
    with caller.begin() as unit:
        batches.resume(unit, key)


@router.post("/batch-operations/{key}/cancellation", status_code=204)
def cancel_batch_operation(key: Key, caller: BatchManager) -> None:
    """What has been done stays done."""
    with caller.begin() as unit:
        batches.cancel(unit, key)


def _views(unit: Unit, rows: Sequence[BatchOperation]) -> list[BatchView]:
    counts = _counts(unit, [row.key for row in rows])
    return [_view(row, counts.get(row.key, (0, 0, 0))) for row in rows]


def _view(row: BatchOperation, counts: tuple[int, int, int]) -> BatchView:
    total, completed, failed = counts
    return BatchView(
        batch_operation_key=row.key,
        batch_operation_type=row.kind,
        state=row.state,
        start_date=row.started_at,
        end_date=row.ended_at,
        **described(row.actor),
        operations_total_count=total,
        operations_completed_count=completed,
        operations_failed_count=failed,
    )


def _counts(unit: Unit, keys: list[int]) -> Mapping[int, tuple[int, int, int]]:
    """Of each operation its items: all, completed, failed."""
    state = col(BatchItem.state)
    query = (
        select(
            BatchItem.operation_key,
            func.count(),
            func.count(case((state == batches.COMPLETED, 1))),
            func.count(case((state == batches.FAILED, 1))),
        )
        .where(col(BatchItem.operation_key).in_(keys))
        .group_by(col(BatchItem.operation_key))
    )
    return {key: (total, done, failed) for key, total, done, failed in unit.session.exec(query)}
