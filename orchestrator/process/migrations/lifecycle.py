"""The life of a migration plan and of its members. CHECK constraints repeat the states."""

from typing import Final

from orchestrator.kernel.errors import Conflict
from orchestrator.store.tables import Migration

CHECKING: Final = "CHECKING"  # the dry run; moved on by the background
READY: Final = "READY"  # by a person: canary, all, or leave it
CANARY: Final = "CANARY"  # by the background, when the first have gone
PAUSED: Final = "PAUSED"  # by a person: go on, or revert
RUNNING: Final = "RUNNING"  # by the background, when all have gone
DONE: Final = "DONE"  # by a person: revert
REVERTING: Final = "REVERTING"  # by the background
REVERTED: Final = "REVERTED"

NEXT: Final[dict[str, frozenset[str]]] = {
    CHECKING: frozenset({READY}),
    READY: frozenset({CANARY, RUNNING, CHECKING}),
    CANARY: frozenset({PAUSED, REVERTING}),
    PAUSED: frozenset({RUNNING, CANARY, REVERTING}),
    RUNNING: frozenset({DONE, PAUSED, REVERTING}),
    DONE: frozenset({REVERTING}),
    REVERTING: frozenset({REVERTED}),
    REVERTED: frozenset(),
}
AT_WORK: Final = (CHECKING, CANARY, RUNNING, REVERTING)

PENDING: Final = "PENDING"  # has not gone
MIGRATED: Final = "MIGRATED"
FAILED: Final = "FAILED"  # could not go; it is as it was
BACK: Final = "REVERTED"
KEPT: Final = "KEPT"  # could not go back; it stays in the target


def move(migration: Migration, state: str) -> None:
    """Raises Conflict (migration.state) when the table above does not allow it."""
    if state not in NEXT[migration.state]:
        text = f"Migration {migration.key} is {migration.state} and cannot become {state}."
        raise Conflict(text, code="migration.state")
    migration.state = state
