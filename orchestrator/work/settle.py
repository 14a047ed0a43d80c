"""Ending a lease, one way or another. Each function but `complete` takes the item locked and
LEASED."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from psycopg.types.json import Jsonb

from orchestrator.audit import append
from orchestrator.store import sql
from orchestrator.store.tables import WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work import attempts, lifecycle, outputs
from orchestrator.work.backoff import retry_at
from orchestrator.work.model import (
    BUSINESS,
    DONE,
    EXHAUSTED,
    FAILED,
    ORCHESTRATOR,
    RETRY,
    Item,
    Settled,
    WorkException,
)


def complete(
    unit: Unit, run_key: int, item_key: int, variables: Mapping[str, Any] | None = None
) -> Settled | None:
    """The run did its work: its outputs, and `variables` over them, become the item's output.
    None when the run does not hold the item, which needs no lock here: one statement looks and
    changes."""
    output = dict(variables) if variables else None
    found = sql.execute(
        unit, "item_complete", key=item_key, run_key=run_key, output=output and Jsonb(output)
    ).fetchone()
    if found is None:
        return None
    item = Item.of(found)
    if found.has_outputs:
        item = replace(item, output=outputs.merge(unit, item_key, output or {}))
    _tell(unit, item, "work_item.completed", {})
    return Settled(item, DONE)


def fail(unit: Unit, item: WorkItem, exception: WorkException) -> Settled:
    """A business exception goes to a person; another is tried again, later each time, until
    the attempts are used."""
    attempts.end(unit, item, FAILED, exception)
    if exception.type == BUSINESS:
        return _failed(unit, item, lifecycle.REVIEW, exception, BUSINESS)
    if item.attempts >= item.max_attempts:
        return _failed(unit, item, lifecycle.FAILED, exception, EXHAUSTED)
    item.not_before = retry_at(unit.now, item.key, item.attempts)
    return _failed(unit, item, lifecycle.NEW, exception, RETRY)


def lose(unit: Unit, item: WorkItem) -> Settled:
    """The holder fell silent. The attempt counts, lest an item that kills its agents goes
    round for ever; but nothing speaks against trying at once."""
    exception = WorkException(ORCHESTRATOR, "AGENT_LOST", "the lease ended without a sign of life")
    attempts.end(unit, item, attempts.LOST, exception)
    if item.attempts >= item.max_attempts:
        return _failed(unit, item, lifecycle.FAILED, exception, EXHAUSTED)
    unit.notify("queue", item.queue)
    return _failed(unit, item, lifecycle.NEW, exception, RETRY)


def give_back(unit: Unit, item: WorkItem) -> Settled:
    """The agent stops and hands the item back untried: this was no attempt."""
    attempts.end(unit, item, attempts.RETURNED)
    item.attempts -= 1
    unit.notify("queue", item.queue)
    _record(unit, item, lifecycle.NEW, "work_item.returned", {})
    return Settled(Item.of(item), RETRY)


def _failed(
    unit: Unit, item: WorkItem, state: str, exception: WorkException, outcome: str
) -> Settled:
    item.exception = exception.as_json()
    data = {"exception": item.exception, "outcome": outcome, "not_before": item.not_before}
    _record(unit, item, state, "work_item.failed", data)
    return Settled(Item.of(item), outcome)


def _record(unit: Unit, item: WorkItem, state: str, kind: str, data: dict[str, Any]) -> None:
    lifecycle.move(item, state, unit.now)
    unit.session.add(item)
    _tell(unit, item, kind, data)


def _tell(unit: Unit, item: WorkItem | Item, kind: str, data: dict[str, Any]) -> None:
    facts = {"state": item.state, "run": item.run_key, "attempt": item.attempts, **data}
    append(unit, f"work-item/{item.key}", kind, facts)
    unit.notify("work-item", item.key)
