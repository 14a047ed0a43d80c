"""Leases live by heartbeats and end by silence."""

from collections.abc import Sequence

from sqlalchemy import update
from sqlmodel import col, select
from sqlmodel.sql.expression import SelectOfScalar

from orchestrator.store.sql import execute
from orchestrator.store.tables import Run, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work import attempts, settle
from orchestrator.work.lifecycle import LEASED
from orchestrator.work.model import Extended, Settled

ROUND = 100
"""How many leases are ended in one transaction."""


def extend(unit: Unit, agent_key: int, run_keys: Sequence[int]) -> Extended:
    """Give the agent's runs new deadlines. `lost`: runs that have ended or are not this
    agent's; `cancelled`: runs to stop, because their item was withdrawn."""
    rows = execute(unit, "lease_extend", agent_key=agent_key, run_keys=list(run_keys))
    found = {row.run_key: row for row in rows}
    return Extended(
        leases={key: row.deadline for key, row in found.items()},
        lost=[key for key in run_keys if key not in found],
        cancelled=[key for key, row in found.items() if row.cancelled],
    )


def overdue(unit: Unit) -> list[WorkItem]:
    """The leases that ran out first, up to a round of them; read without a lock."""
    return list(unit.session.exec(_overdue(unit)))


def expire(unit: Unit) -> list[Settled]:
    """End up to a round of leases whose deadline has passed, and the runs that held them; also
    runs that hold nothing and whose agent is silent. Several replicas may do this at once."""
    query = _overdue(unit).with_for_update(skip_locked=True)
    items = list(unit.session.exec(query.execution_options(populate_existing=True)))
    _end_runs(unit, [item.run_key for item in items if item.run_key is not None])
    execute(unit, "runs_expire")
    return [settle.lose(unit, item) for item in items]


def _overdue(unit: Unit) -> SelectOfScalar[WorkItem]:
    return (
        select(WorkItem)
        .where(WorkItem.tenant_id == unit.tenant_id, WorkItem.state == LEASED)
        .where(col(WorkItem.lease_deadline) < unit.now)
        .order_by(col(WorkItem.lease_deadline))
        .limit(ROUND)
    )


def _end_runs(unit: Unit, keys: list[int]) -> None:
    if keys:
        unit.session.connection().execute(
            update(Run)
            .where(col(Run.key).in_(keys), col(Run.ended_at).is_(None))
            .values(ended_at=unit.now, outcome=attempts.LOST, message="the lease ran out")
        )
