"""What a run may touch: the item it holds and that item's outputs, and no more."""

from orchestrator.kernel.errors import LeaseLost, NotFound
from orchestrator.store.tables import Run, WorkItem
from orchestrator.store.unit import Unit
from orchestrator.work import attempts, items
from orchestrator.work.lifecycle import LEASED, OUTPUT


def holds(run: Run, item: WorkItem) -> bool:
    return item.state == LEASED and item.run_key == run.key


def held(unit: Unit, run: Run, item_key: int) -> WorkItem:
    """The item, locked, which the run holds. Raises `LeaseLost` when it does not."""
    item = items.lock(unit, item_key)
    if not holds(run, item):
        raise LeaseLost(f"run {run.key} does not hold work item {item_key}")
    return item


def writable(unit: Unit, run: Run, item_key: int) -> WorkItem:
    """The item, when the run holds it or the item that it is an output of. Raises `LeaseLost`."""
    item = items.get(unit, item_key)
    if item.state == OUTPUT and item.parent_key is not None:
        held(unit, run, item.parent_key)
        return items.lock(unit, item_key)
    return held(unit, run, item_key)


def readable(unit: Unit, run: Run, item_key: int) -> WorkItem:
    """The item, when the run holds it or held it, or the item that it is an output of. For
    others `NotFound`: a run does not learn what else there is."""
    item = items.get(unit, item_key)
    key = item.parent_key if item.state == OUTPUT and item.parent_key is not None else item_key
    if attempts.latest(unit, key, run.key) is None:
        raise NotFound(f"there is no work item {item_key}")
    return item
