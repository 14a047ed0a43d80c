"""The frame that an evaluation runs on, the warnings and the steps done so far."""

from typing import Any

from msgspec import Struct, field

from orchestrator.kernel.errors import TooLarge

MAX_STEPS = 1_000_000
PER_STEP: dict[type, int] = {list: 16, str: 256}
"""Items of a list and characters of a text that a function goes through in one step."""
FREE = 64
"""So long a list or text costs nothing."""
VARIABLES, JOURNAL, FIRST = 0, 1, 2
Frame = list[Any]
"""The variables given, the journal, then the values that have a slot; see `compiler.names`."""


class FeelLimit(TooLarge):
    """An evaluation did more than a stated number of steps."""

    code = "feel.limit"


class Journal(Struct):
    """Of one evaluation. Most need none, so it is made when there is something to note."""

    warnings: list[str] = field(default_factory=list)
    steps: int = 0


def journal(frame: Frame) -> Journal:
    found = frame[JOURNAL]
    if found is None:
        found = frame[JOURNAL] = Journal()
    assert isinstance(found, Journal)  # noqa: S101  nothing else is put there
    return found


def warn(frame: Frame, message: str) -> object:
    """Note why a value is null. Always returns None, so that callers can return it."""
    warnings = journal(frame).warnings
    if message not in warnings:
        warnings.append(message)
    return None


def spend(frame: Frame, steps: int) -> None:
    """Raises FeelLimit when these are more than an evaluation may take."""
    noted = journal(frame)
    noted.steps += steps
    if noted.steps > MAX_STEPS:
        raise FeelLimit(f"The expression takes more than {MAX_STEPS} steps.")


def charge(frame: Frame, value: object) -> None:
    """Spend steps for a long list or text that is handed to a function."""
    if isinstance(value, (list, str)) and len(value) > FREE:
        spend(frame, len(value) // PER_STEP[type(value)])
