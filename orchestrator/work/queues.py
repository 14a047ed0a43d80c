"""Queues are the names items are put under; there is nothing to create first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func
from sqlmodel import col, select

from orchestrator.store.sql import execute
from orchestrator.store.tables import WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work.lifecycle import NEW


@dataclass(frozen=True, slots=True)
class QueueSummary:
    """How many items of a queue are in which state, and since when the oldest waits."""

    name: str
    new: int
    leased: int
    done: int
    failed: int
    review: int
    oldest: datetime | None


def summary(unit: Unit) -> list[QueueSummary]:
    """Every queue of the tenant, by name."""
    return [QueueSummary(*row) for row in execute(unit, "queue_summary", tenants=unit.tenants)]


def next_due(unit: Unit, queues: Sequence[str]) -> datetime | None:
    """When the first deferred item of `queues` may be claimed: nobody sends a notice then, so
    who waits for work wakes up by itself."""
    query = select(func.min(WorkItem.not_before)).where(
        WorkItem.tenant_id == unit.tenant_id,
        col(WorkItem.queue).in_(queues),
        WorkItem.state == NEW,
        col(WorkItem.not_before) > unit.now,
    )
    return unit.session.exec(query).one()
