"""A command with too many steps stops, as an incident. What is left of it is not lost: it is done
when the incident is resolved, up to as many steps again."""

from collections.abc import Iterator, Mapping
from typing import Any

from orchestrator.bpmn import tokens
from orchestrator.bpmn.run import Failed, Run

STAGE = "steps"


def pause(run: Run, failure: Failed) -> None:
    """Put what is left aside, on the innermost element instance with all of it in it: so it goes
    only when everything that it is about has ended."""
    left = {
        "steps": [list(step) for step in run.todo],
        "unsettled": sorted(run.unsettled),
        "conditions_due": sorted(run.conditions_due),
    }
    about = {key for _, key in run.todo} | run.unsettled | run.conditions_due
    run.todo.clear()
    run.unsettled.clear()
    run.conditions_due.clear()
    alive = [key for key in about if run.state.get(key) is not None]
    if alive:
        tokens.raise_incident(run, _around(run, alive), failure, STAGE, left)


def go_on(run: Run, left: Mapping[str, Any]) -> None:
    """Take up what `pause` put aside."""
    run.todo.extend((step, key) for step, key in left["steps"])
    run.unsettled.update(left["unsettled"])
    run.conditions_due.update(left["conditions_due"])


def _around(run: Run, keys: list[int]) -> int:
    """The innermost element instance that all of `keys` are in, or are."""
    first, *others = ([*_upwards(run, key)] for key in keys)
    shared = set(first).intersection(*others)
    return next(key for key in first if key in shared)


def _upwards(run: Run, key: int | None) -> Iterator[int]:
    while key is not None:
        yield key
        key = run.live(key).scope_key
