"""A bot hands an item back."""

from orchestrator.kernel.errors import InvalidInput, LeaseLost
from orchestrator.store.tables import Run
from orchestrator.store.unit import Unit
from orchestrator.work import attempts, items, lifecycle, settle
from orchestrator.work.holding import holds
from orchestrator.work.model import (
    APPLICATION,
    BUSINESS,
    COMPLETED,
    DONE,
    EXHAUSTED,
    FAILED,
    ORCHESTRATOR,
    RETRY,
    UNSPECIFIED,
    Settled,
    WorkException,
)

_TYPES = {BUSINESS, APPLICATION, UNSPECIFIED, ORCHESTRATOR}
_OUTCOMES = {
    lifecycle.DONE: DONE,
    lifecycle.REVIEW: BUSINESS,
    lifecycle.FAILED: EXHAUSTED,
}


def release(
    unit: Unit, run: Run, item_key: int, state: str, exception: WorkException | None = None
) -> Settled:
    """End the run's lease of the item: `state` COMPLETED or FAILED, the latter with why.

    The same release once more (its answer was lost) is answered as before, with `repeated`.
    Raises `LeaseLost` when the run does not hold the item, `InvalidInput` for an unknown state
    or type of exception.
    """
    reason = _reason(state, exception)
    item = items.lock(unit, item_key)
    if holds(run, item):
        return settle.complete(unit, item) if reason is None else settle.fail(unit, item, reason)
    attempt = attempts.latest(unit, item_key, run.key)
    expected = reason.as_json() if reason else None
    if attempt is None or (attempt.outcome, attempt.exception) != (state, expected):
        raise LeaseLost(f"run {run.key} does not hold work item {item_key}")
    return Settled(item, _OUTCOMES.get(item.state, RETRY), repeated=True)


def _reason(state: str, exception: WorkException | None) -> WorkException | None:
    if state == COMPLETED:
        return None
    if state != FAILED:
        raise InvalidInput(f"an item is released COMPLETED or FAILED, not {state!r}")
    reason = exception or WorkException(UNSPECIFIED)
    if reason.type not in _TYPES:
        raise InvalidInput(f"an exception is one of {sorted(_TYPES)}, not {reason.type!r}")
    return reason
