"""The life of a work item. A CHECK constraint on the table repeats the states."""

from datetime import datetime
from typing import Final

from orchestrator.kernel.errors import Conflict
from orchestrator.store.tables import WorkItem

NEW: Final = "NEW"  # moved on by a claim
LEASED: Final = "LEASED"  # by its run, the end of its lease, or its owner
DONE: Final = "DONE"
REVIEW: Final = "REVIEW"  # by a person
FAILED: Final = "FAILED"  # by an operator's retry
CANCELLED: Final = "CANCELLED"
OUTPUT: Final = "OUTPUT"  # never claimed, never moved

NEXT: Final[dict[str, frozenset[str]]] = {
    NEW: frozenset({LEASED, CANCELLED}),
    LEASED: frozenset({NEW, DONE, REVIEW, FAILED, CANCELLED}),
    REVIEW: frozenset({NEW, DONE, FAILED, CANCELLED}),
    FAILED: frozenset({NEW}),
    DONE: frozenset(),
    CANCELLED: frozenset(),
    OUTPUT: frozenset(),
}


def move(item: WorkItem, state: str, now: datetime) -> None:
    """Bring `item` into `state`; leaving LEASED ends its lease, whose holder and fencing token
    stay readable.

    Raises `Conflict` (work_item.state) when the table above does not allow it.
    """
    if state not in NEXT[item.state]:
        raise Conflict(
            f"work item {item.key} is {item.state} and cannot become {state}",
            code="work_item.state",
        )
    item.state = state
    item.lease_deadline = None
    item.updated_at = now
