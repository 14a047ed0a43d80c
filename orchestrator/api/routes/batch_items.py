"""The items of batch operations."""

from collections.abc import Sequence

from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.sealing import unsealed
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.process import instances
from orchestrator.store.tables import BatchItem, BatchOperation
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/batch-operation-items", tags=["batch operations"])


class BatchItemView(Model):
    operation_type: str
    batch_operation_key: Key
    item_key: Key
    """Of the process instance, incident, job or evaluation of a decision."""
    process_instance_key: Key | None
    root_process_instance_key: Key | None
    state: str
    processed_date: Instant | None
    error_message: str | None


class BatchItemFilter(Filter):
    batch_operation_key: Match[Key] | None = None
    item_key: Match[Key] | None = None
    process_instance_key: Match[Key] | None = None
    state: Match[str] | None = None
    operation_type: Match[str] | None = None


COLUMNS = {
    "batchOperationKey": col(BatchItem.operation_key),
    "itemKey": col(BatchItem.item_key),
    "processInstanceKey": col(BatchItem.instance_key),
    "state": col(BatchItem.state),
    "processedDate": col(BatchItem.processed_at),
    "operationType": col(BatchOperation.kind),
}


@router.post("/search")
def search_batch_operation_items(
    body: Search[BatchItemFilter], caller: Anyone
) -> Found[BatchItemView]:
    with caller.searching() as unit:
        query = (
            select(BatchItem)
            .join(BatchOperation, col(BatchOperation.key) == BatchItem.operation_key)
            .where(unit.within(col(BatchItem.tenant_id)))
            .where(unsealed(caller, col(BatchItem.instance_key)))
        )
        rows, total = find(unit, query, body, COLUMNS, col(BatchItem.key))
        return page_of(_views(unit, rows), total, body)


def _views(unit: Unit, rows: Sequence[BatchItem]) -> list[BatchItemView]:
    operations = select(BatchOperation.key, BatchOperation.kind).where(
        col(BatchOperation.key).in_({row.operation_key for row in rows})
    )
    kinds = dict(unit.session.exec(operations).all())
    owners = instances.by_keys(unit, {row.instance_key for row in rows if row.instance_key})
    roots = instances.roots(unit, owners.values())
    return [
        BatchItemView(
            operation_type=kinds[row.operation_key],
            batch_operation_key=row.operation_key,
            item_key=row.item_key,
            process_instance_key=row.instance_key,
            root_process_instance_key=roots.get(row.instance_key or 0),
            state=row.state,
            processed_date=row.processed_at,
            error_message=row.error,
        )
        for row in rows
    ]
