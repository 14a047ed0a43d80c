"""Work items that elements own: what their ends mean for the process.

The instance is locked before the item, everywhere: two transactions that touch both never wait
for each other in a circle.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import select

from orchestrator import bpmn
from orchestrator.bpmn.commands import CompleteElement, RaiseIncident, ResolveIncident, ThrowError
from orchestrator.people import tasks
from orchestrator.process import definitions
from orchestrator.process.execute import execute, lock
from orchestrator.process.loading import RowLoader
from orchestrator.store.tables import ProcessInstance, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work import items, leases, runs
from orchestrator.work.lifecycle import LEASED
from orchestrator.work.model import BUSINESS, DONE, EXHAUSTED, Item, Settled, WorkException
from orchestrator.work.release import release as release_item

NO_RETRIES = "JOB_NO_RETRIES"


def release(
    unit: Unit,
    run_key: int,
    item_key: int,
    state: str,
    exception: WorkException | None = None,
    variables: Mapping[str, Any] | None = None,
) -> Settled:
    """A bot hands an item back; its process goes on. See `work.release`."""
    instance = lock_owner(unit, item_key)
    settled = release_item(unit, run_key, item_key, state, exception, variables)
    _settle(unit, instance, settled)
    return settled


def finish_run(
    unit: Unit, run_key: int, agent_key: int, outcome: str, exit_code: int | None, message: str
) -> list[Settled]:
    """An agent reports the end of a run; what it still held is settled. See `work.runs`."""
    held = select(WorkItem).where(
        WorkItem.tenant_id == unit.tenant_id,
        WorkItem.run_key == run_key,
        WorkItem.state == LEASED,
    )
    owners = _lock_owners(unit, unit.session.exec(held))
    settled = runs.finish(unit, run_key, agent_key, outcome, exit_code, message)
    for one in settled:
        _settle(unit, owners.get(one.item.instance_key), one)
    return settled


def expire_leases(unit: Unit) -> int:
    """End a round of leases that have run out; the number ended."""
    owners = _lock_owners(unit, leases.overdue(unit))
    settled = leases.expire(unit)
    for one in settled:
        if one.outcome == EXHAUSTED:
            # One that ran out only after the look above has its owner locked now.
            _settle(unit, owners.get(one.item.instance_key) or lock_owner(unit, one.item.key), one)
    return len(settled)


def retry(unit: Unit, item_key: int) -> WorkItem:
    """An operator lets a failed item be tried again; its incident or review is over."""
    instance = lock_owner(unit, item_key)
    item = items.retry(unit, item_key)
    tasks.cancel_for_item(unit, item.key)
    if instance is not None and item.element_key is not None:
        live = RowLoader(unit, instance.key).element(item.element_key)
        if live is not None and live.incident:
            execute(unit, instance, ResolveIncident(item.element_key))
    return item


def _lock_owners(unit: Unit, found: Iterable[WorkItem]) -> dict[int | None, ProcessInstance]:
    """In the order of their keys, so that nobody who does the same waits in a circle."""
    keys = {item.instance_key for item in found if item.instance_key is not None}
    return {key: lock(unit, key) for key in sorted(keys)}


def lock_owner(unit: Unit, item_key: int) -> ProcessInstance | None:
    """The instance of an item, locked: before the item itself. Raises NotFound."""
    instance_key = items.standing(unit, item_key).instance_key
    return None if instance_key is None else lock(unit, instance_key)


def _settle(unit: Unit, instance: ProcessInstance | None, settled: Settled) -> None:
    if settled.repeated:
        return
    if settled.outcome == BUSINESS:
        _business(unit, instance, settled.item)
    elif instance is None or settled.item.element_key is None:
        return
    elif settled.outcome == DONE:
        output = settled.item.output if isinstance(settled.item.output, dict) else {}
        execute(unit, instance, CompleteElement(settled.item.element_key, output))
    elif settled.outcome == EXHAUSTED:
        message = _words(settled.item)
        execute(unit, instance, RaiseIncident(settled.item.element_key, NO_RETRIES, message))


def _business(unit: Unit, instance: ProcessInstance | None, item: Item) -> None:
    """To the boundary event that catches it, else to a person."""
    code = str((item.exception or {}).get("code") or "")
    if instance is not None and item.element_key is not None:
        definition = definitions.of(unit, instance)
        state = bpmn.State(RowLoader(unit, instance.key))
        if bpmn.catches(definition, state, item.element_key, code):
            items.close_review(unit, item.key)
            execute(unit, instance, ThrowError(item.element_key, code, _words(item)))
            return
    _open_review(unit, item)


def _open_review(unit: Unit, item: Item) -> None:
    tasks.open(
        unit,
        tasks.NewTask(
            name=f"Review: {item.element_id or item.queue}",
            kind=tasks.REVIEW,
            candidate_groups=("clerk",),
            instance_key=item.instance_key,
            element_key=item.element_key,
            element_id=item.element_id,
            work_item_key=item.key,
            exception=item.exception,
        ),
    )


def _words(item: Item) -> str:
    found = item.exception or {}
    return str(found.get("message") or found.get("code") or "No reason was given.")
