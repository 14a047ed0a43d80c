"""Leasing items to runs."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from psycopg.types.json import Json
from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.kernel.errors import LeaseLost
from orchestrator.store.sql import execute
from orchestrator.store.tables import Run, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work import items
from orchestrator.work.lifecycle import LEASED
from orchestrator.work.model import Claim, Item, token_digest


def claim(
    unit: Unit, agent_key: int, queues: Sequence[str], maximum: int, lease_seconds: int
) -> list[Claim]:
    """Lease up to `maximum` waiting items of `queues` to the agent, each with a new run.

    Two claimers never get the same item; items locked by another transaction are passed over.
    """
    tokens = {unit.keys.next(): secrets.token_urlsafe(32) for _ in range(maximum)}
    parameters = {
        "queues": list(dict.fromkeys(queues)),
        "maximum": maximum,
        "agent_key": agent_key,
        "lease_seconds": lease_seconds,
        "made": Json(_made(unit, tokens)),
    }
    leased = _lease(unit, "claim", parameters, lease_seconds)
    return [
        Claim(item, agent_key, lease_seconds, unit.now, tokens[item.run_key or 0])
        for item in leased
    ]


def _made(unit: Unit, tokens: Mapping[int, str]) -> list[dict[str, Any]]:
    """Runs and attempts for the items that are found, by their places."""
    return [
        {
            "place": place,
            "run_key": key,
            "attempt_key": unit.keys.next(),
            "digest": token_digest(token),
        }
        for place, (key, token) in enumerate(tokens.items(), 1)
    ]


def reserve_next(unit: Unit, run: Run) -> WorkItem | None:
    """The item the run still holds, or else the next one of its queue, leased to it; None when
    the queue is empty. So a repeated request gets the same item.

    Raises `LeaseLost` when the run has ended.
    """
    if lock_run(unit, run.key).ended_at is not None:
        raise LeaseLost(f"run {run.key} has ended")
    held = unit.session.exec(
        select(WorkItem).where(col(WorkItem.run_key) == run.key, WorkItem.state == LEASED)
    ).first()
    if held is not None:
        return held
    parameters = {
        "queue": run.queue,
        "run_key": run.key,
        "attempt_key": unit.keys.next(),
    }
    leased = _lease(unit, "reserve_next", parameters, run.lease_seconds)
    return items.lock(unit, leased[0].key) if leased else None


def lock_run(unit: Unit, run_key: int) -> Run:
    """The run's row, locked: what one run does happens one after another."""
    return unit.session.exec(
        select(Run)
        .where(Run.tenant_id == unit.tenant_id, Run.key == run_key)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def _lease(unit: Unit, name: str, parameters: dict[str, Any], lease_seconds: int) -> list[Item]:
    deadline = unit.now + timedelta(seconds=lease_seconds)
    leased = [Item.of(row) for row in execute(unit, name, deadline=deadline, **parameters)]
    for item in leased:
        append(unit, f"work-item/{item.key}", "work_item.leased", _facts(item))
        unit.notify("work-item", item.key)
    return leased


def _facts(item: Item) -> dict[str, Any]:
    return {"run": item.run_key, "attempt": item.attempts, "fencing_token": item.fencing_token}
