"""One change of many process instances: a person asks for it, the background does it, each item in
a transaction of its own, as that person."""

from collections.abc import Iterable, Mapping
from typing import Final

from sqlalchemy import update
from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.kernel.errors import Conflict, DeskhandError
from orchestrator.process.batch_kinds import KINDS, Parameters
from orchestrator.store import keyed
from orchestrator.store.tables import BatchItem, BatchOperation
from orchestrator.store.unit import Unit

TOPIC = "batch-operation"

ACTIVE: Final = "ACTIVE"  # moved on by the background, when every item is done, or by a person
SUSPENDED: Final = "SUSPENDED"  # by a person
COMPLETED: Final = "COMPLETED"
CANCELED: Final = "CANCELED"
FAILED: Final = "FAILED"  # of an item
NEXT: Final[Mapping[str, frozenset[str]]] = {
    ACTIVE: frozenset({SUSPENDED, COMPLETED, CANCELED}),
    SUSPENDED: frozenset({ACTIVE, CANCELED}),
    COMPLETED: frozenset(),
    CANCELED: frozenset(),
}


def create(
    unit: Unit,
    kind: str,
    targets: Iterable[tuple[int, int | None]],
    parameters: Parameters | None = None,
) -> BatchOperation:
    """`targets` are the keys of the things to change and of their process instances, if they are of
    any; `parameters`, see `batch_kinds`."""
    operation = BatchOperation(
        key=unit.keys.next(),
        tenant_id=unit.tenant_id,
        kind=kind,
        state=ACTIVE,
        actor=unit.actor,
        parameters=dict(parameters) if parameters else None,
        started_at=unit.now,
    )
    items = [
        BatchItem(
            key=unit.keys.next(),
            tenant_id=unit.tenant_id,
            operation_key=operation.key,
            item_key=item_key,
            instance_key=instance_key,
        )
        for item_key, instance_key in targets
    ]
    unit.session.add_all([operation, *items])
    facts = {"kind": kind, "items": len(items), "parameters": operation.parameters}
    _record(unit, operation, "created", **facts)
    return operation


def get(unit: Unit, key: int) -> BatchOperation:
    """Raises NotFound."""
    return keyed.get(unit, BatchOperation, key, f"There is no batch operation {key}.")


def suspend(unit: Unit, key: int) -> None:
    """Stop after the item that is being done. Raises NotFound, Conflict (batch.state)."""
    operation = _lock(unit, key)
    _move(unit, operation, SUSPENDED)


def resume(unit: Unit, key: int) -> None:
    """Raises NotFound, Conflict (batch.state)."""
    operation = _lock(unit, key)
    _move(unit, operation, ACTIVE)


def cancel(unit: Unit, key: int) -> None:
    """Leave the items that are not done. Raises NotFound, Conflict (batch.state)."""
    operation = _lock(unit, key)
    _move(unit, operation, CANCELED)
    left = update(BatchItem).where(
        col(BatchItem.operation_key) == key, col(BatchItem.state) == ACTIVE
    )
    unit.session.connection().execute(left.values(state=CANCELED, processed_at=unit.now))


def at_work(unit: Unit) -> list[BatchOperation]:
    """Those that have items to do, oldest first; read without a lock."""
    query = select(BatchOperation).where(
        BatchOperation.tenant_id == unit.tenant_id, BatchOperation.state == ACTIVE
    )
    return list(unit.session.exec(query.order_by(col(BatchOperation.key))))


def step(unit: Unit, key: int) -> bool:
    """Do the next item, unless another replica does; whether there may be more to do."""
    query = select(BatchOperation).where(
        BatchOperation.tenant_id == unit.tenant_id,
        BatchOperation.key == key,
        BatchOperation.state == ACTIVE,
    )
    operation = unit.session.exec(query.with_for_update(skip_locked=True)).one_or_none()
    if operation is None:
        return False
    open_items = select(BatchItem).where(BatchItem.operation_key == key, BatchItem.state == ACTIVE)
    item = unit.session.exec(open_items.order_by(col(BatchItem.key)).limit(1)).one_or_none()
    if item is None:
        _move(unit, operation, COMPLETED)
        return False
    _do(unit, operation, item)
    return True


def _do(unit: Unit, operation: BatchOperation, item: BatchItem) -> None:
    """What an item changed is taken back when it fails; the reason is kept."""
    item.state, item.processed_at = COMPLETED, unit.now
    try:
        with unit.savepoint():
            KINDS[operation.kind](unit, item.item_key, operation.parameters or {})
    except DeskhandError as error:
        item.state, item.error = FAILED, error.message
    unit.session.add(item)


def _move(unit: Unit, operation: BatchOperation, state: str) -> None:
    if state not in NEXT[operation.state]:
        text = f"Batch operation {operation.key} is {operation.state}, it cannot become {state}."
        raise Conflict(text, code="batch.state")
    operation.state = state
    operation.ended_at = None if NEXT[state] else unit.now
    unit.session.add(operation)
    _record(unit, operation, state.lower())


def _record(unit: Unit, operation: BatchOperation, what: str, **facts: object) -> None:
    append(unit, f"batch-operation/{operation.key}", f"batch_operation.{what}", facts)
    unit.notify(TOPIC, operation.key)


def _lock(unit: Unit, key: int) -> BatchOperation:
    return keyed.lock(unit, BatchOperation, key, f"There is no batch operation {key}.")
