"""Enqueuing items and what people and owners do with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from psycopg.types.json import Json
from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.kernel.errors import Conflict, InvalidInput, NotFound
from orchestrator.store import keyed, sql
from orchestrator.store.documents import references
from orchestrator.store.tables import Attempt, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work import attempts, files
from orchestrator.work.lifecycle import CANCELLED, DONE, FAILED, LEASED, NEW, REVIEW, move
from orchestrator.work.limits import check_payload
from orchestrator.work.model import NewItem


def enqueue(unit: Unit, new: NewItem) -> WorkItem:
    """As `enqueue_each`, one item, which is returned."""
    (key,) = enqueue_each(unit, [new])
    return get(unit, key)


def enqueue_each(unit: Unit, wanted: Sequence[NewItem]) -> list[int]:
    """Put items into their queues and wake who waits for one; their keys.

    Raises `Conflict` (work_item.duplicate_reference) when a queue has an item with the same
    reference, `InvalidInput` for a payload that cannot be stored.
    """
    for new in wanted:
        _check(new)
    by_key = {unit.keys.next(): new for new in wanted}
    _insert(unit, by_key)
    for key, new in by_key.items():
        files.attach_all(unit, key, [*new.files, *references(new.payload)])
        data = {"queue": new.queue, "reference": new.reference, "priority": new.priority}
        append(unit, f"work-item/{key}", "work_item.created", data)
        unit.notify("queue", new.queue)
        unit.notify("work-item", key)
    return list(by_key)


def get(unit: Unit, key: int) -> WorkItem:
    """Raises `NotFound`."""
    return keyed.get(unit, WorkItem, key, f"there is no work item {key}")


@dataclass(frozen=True, slots=True)
class Standing:
    """Who owns an item, and which run holds it now; read without a lock."""

    instance_key: int | None
    run_key: int | None


def standing(unit: Unit, key: int) -> Standing:
    """Raises `NotFound`."""
    row = sql.execute(unit, "item_standing", key=key).fetchone()
    if row is None:
        raise NotFound(f"there is no work item {key}")
    return Standing(*row)


def lock(unit: Unit, key: int) -> WorkItem:
    """The item as it is now, and nobody else changes it before this transaction ends. Raises
    `NotFound`."""
    return keyed.lock(unit, WorkItem, key, f"there is no work item {key}")


def chain(unit: Unit, key: int) -> list[Attempt]:
    """Every attempt at the item, oldest first."""
    query = select(Attempt).where(Attempt.tenant_id == unit.tenant_id, Attempt.item_key == key)
    return list(unit.session.exec(query.order_by(col(Attempt.number), col(Attempt.key))))


def cancel_for_element(unit: Unit, element_key: int) -> list[WorkItem]:
    """Withdraw what waits or runs for the element. A run that holds such an item learns it from
    its next heartbeat. What has ended stays as it is."""
    query = (
        select(WorkItem)
        .where(WorkItem.tenant_id == unit.tenant_id, WorkItem.element_key == element_key)
        .where(col(WorkItem.state).in_([NEW, LEASED, REVIEW]))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    items = list(unit.session.exec(query))
    for item in items:
        if item.state == LEASED:
            attempts.end(unit, item, CANCELLED)
        _move(unit, item, CANCELLED, "work_item.cancelled", {"reference": item.reference})
        item.reference = None  # free for the item that takes its place
    return items


def hold(unit: Unit, instance_key: int) -> None:
    """The instance is suspended: nobody claims its items. A run that has one keeps it."""
    _set_held(unit, instance_key, held=True)


def let_go(unit: Unit, instance_key: int) -> None:
    """The instance goes on: its items can be claimed again."""
    for queue in _set_held(unit, instance_key, held=False):
        unit.notify("queue", queue)


def _set_held(unit: Unit, instance_key: int, *, held: bool) -> set[str]:
    rows = sql.execute(unit, "items_hold", instance_key=instance_key, held=held)
    return {row.queue for row in rows}


def resolve_review(unit: Unit, key: int, output: dict[str, Any]) -> WorkItem:
    """A person settled the business exception: their answer becomes the item's output."""
    item = lock(unit, key)
    check_payload(output)
    _move(unit, item, DONE, "work_item.review_resolved", {"output": output})
    item.output = output
    return item


def close_review(unit: Unit, key: int) -> WorkItem:
    """The owner has caught the business exception: nobody needs to look, the item is FAILED."""
    item = lock(unit, key)
    return _move(unit, item, FAILED, "work_item.exception_caught", {})


def retry(unit: Unit, key: int) -> WorkItem:
    """Try a FAILED item or one in REVIEW again, with one more attempt allowed than it had."""
    item = lock(unit, key)
    if item.state not in {FAILED, REVIEW}:
        raise Conflict(
            f"work item {key} is {item.state}; only FAILED and REVIEW can be retried",
            code="work_item.state",
        )
    _move(unit, item, NEW, "work_item.retried", {"attempts": item.attempts})
    item.max_attempts = max(item.max_attempts, item.attempts + 1)
    item.not_before = None
    unit.notify("queue", item.queue)
    return item


def _check(new: NewItem) -> None:
    if not new.queue:
        raise InvalidInput("a work item needs a queue")
    if new.max_attempts < 1:
        raise InvalidInput(f"max_attempts must be at least 1, not {new.max_attempts}")
    check_payload(new.payload)


def _insert(unit: Unit, by_key: Mapping[int, NewItem]) -> None:
    if not by_key:
        return
    rows = [{"key": key} | _columns(new) for key, new in by_key.items()]
    inserted = {row.key for row in sql.execute(unit, "items_enqueue", rows=Json(rows))}
    for key, new in by_key.items():
        if key not in inserted:
            raise Conflict(
                f"there is a work item with the reference {new.reference!r} in {new.queue} already",
                code="work_item.duplicate_reference",
            )


def _columns(new: NewItem) -> dict[str, Any]:
    columns = {name: getattr(new, name) for name in NewItem.__slots__ if name != "files"}
    return columns | {
        "headers": dict(new.headers) if new.headers else None,
        "due_at": new.due_at.isoformat() if new.due_at else None,
        "not_before": new.not_before.isoformat() if new.not_before else None,
    }


def _move(unit: Unit, item: WorkItem, state: str, kind: str, data: dict[str, Any]) -> WorkItem:
    before = item.state
    move(item, state, unit.now)
    unit.session.add(item)
    append(unit, f"work-item/{item.key}", kind, {"before": before, "after": state, **data})
    unit.notify("work-item", item.key)
    return item
