"""The life of a user task. A CHECK constraint on the table repeats the states."""

from typing import Final

from orchestrator.kernel.errors import Conflict
from orchestrator.store.tables import UserTask

CREATED: Final = "CREATED"  # moved on by a person, or by its element's end
COMPLETED: Final = "COMPLETED"
CANCELED: Final = "CANCELED"

NEXT: Final[dict[str, frozenset[str]]] = {
    CREATED: frozenset({COMPLETED, CANCELED}),
    COMPLETED: frozenset(),
    CANCELED: frozenset(),
}


def move(task: UserTask, state: str) -> None:
    """Bring `task` into `state`. Raises `Conflict` (task.state) when that is not allowed."""
    if state not in NEXT[task.state]:
        raise Conflict(
            f"task {task.key} is {task.state} and cannot become {state}", code="task.state"
        )
    task.state = state
