"""A bot hands an item back."""

from collections.abc import Mapping
from typing import Any

from orchestrator.kernel.errors import InvalidInput, LeaseLost
from orchestrator.store.unit import Unit
from orchestrator.work import attempts, items, lifecycle, settle
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
    Item,
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
    unit: Unit,
    run_key: int,
    item_key: int,
    state: str,
    exception: WorkException | None = None,
    variables: Mapping[str, Any] | None = None,
) -> Settled:
    """End the run's lease of the item: `state` COMPLETED or FAILED, the latter with why.
    `variables` go over those of the outputs that the run has made.

    The same release once more (its answer was lost) is answered as before, with `repeated`.
    Raises `LeaseLost` when the run does not hold the item, `InvalidInput` for an unknown state
    or type of exception.
    """
    reason = _reason(state, exception)
    if reason is None and (done := settle.complete(unit, run_key, item_key, variables)):
        return done
    item = items.lock(unit, item_key)
    if reason is not None and (item.state, item.run_key) == (lifecycle.LEASED, run_key):
        return settle.fail(unit, item, reason)
    attempt = attempts.latest(unit, item_key, run_key)
    expected = reason.as_json() if reason else None
    if attempt is None or (attempt.outcome, attempt.exception) != (state, expected):
        raise LeaseLost(f"run {run_key} does not hold work item {item_key}")
    return Settled(Item.of(item), _OUTCOMES.get(item.state, RETRY), repeated=True)


def _reason(state: str, exception: WorkException | None) -> WorkException | None:
    if state == COMPLETED:
        return None
    if state != FAILED:
        raise InvalidInput(f"an item is released COMPLETED or FAILED, not {state!r}")
    reason = exception or WorkException(UNSPECIFIED)
    if reason.type not in _TYPES:
        raise InvalidInput(f"an exception is one of {sorted(_TYPES)}, not {reason.type!r}")
    return reason
