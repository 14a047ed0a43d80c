"""The record of each lease of an item: who tried, when, how it ended."""

from sqlalchemy import update
from sqlmodel import col, select

from orchestrator.store.tables import Attempt, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work.model import WorkException

LOST = "LOST"  # the lease ran out
RETURNED = "RETURNED"  # given back untried; not counted


def end(unit: Unit, item: WorkItem, outcome: str, exception: WorkException | None = None) -> None:
    """Close the running attempt of the run that holds `item`."""
    ending = (
        update(Attempt)
        .where(
            col(Attempt.item_key) == item.key,
            col(Attempt.number) == item.attempts,
            col(Attempt.ended_at).is_(None),
        )
        .values(
            ended_at=unit.now, outcome=outcome, exception=exception.as_json() if exception else None
        )
    )
    unit.session.connection().execute(ending)


def latest(unit: Unit, item_key: int, run_key: int) -> Attempt | None:
    """The last attempt of this run at this item."""
    query = select(Attempt).where(
        Attempt.tenant_id == unit.tenant_id,
        Attempt.item_key == item_key,
        Attempt.run_key == run_key,
    )
    return unit.session.exec(query.order_by(col(Attempt.key).desc())).first()
