"""The instant at which expressions are evaluated: what `now()` and `today()` answer.

It is given from outside, never read off the machine, so that an evaluation can be repeated.
"""

import datetime as dt
from contextvars import ContextVar, Token

from orchestrator.feel.operators import NotApplicable

_INSTANT: ContextVar[dt.datetime | None] = ContextVar("instant", default=None)


class at:  # noqa: N801  read as a word: with clock.at(...)
    """Every evaluation in the block, in this thread or task, happens at `instant`. No generator:
    every command of the engine enters one, and would spend a tenth of its time on it."""

    __slots__ = ("_instant", "_token")
    _token: Token[dt.datetime | None]

    def __init__(self, instant: dt.datetime) -> None:
        self._instant = instant

    def __enter__(self) -> None:
        self._token = _INSTANT.set(self._instant)

    def __exit__(self, *_: object) -> None:
        _INSTANT.reset(self._token)


def now() -> dt.datetime:
    """Raises NotApplicable outside of `at`."""
    instant = _INSTANT.get()
    if instant is None:
        raise NotApplicable("it is not known what time it is")
    return instant


def today() -> dt.date:
    """The day of `now` in its zone. Raises as `now`."""
    return now().date()
