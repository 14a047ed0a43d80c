"""The instant at which expressions are evaluated: what `now()` and `today()` answer.

It is given from outside, never read off the machine, so that an evaluation can be repeated.
"""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from orchestrator.feel.operators import NotApplicable

_INSTANT: ContextVar[dt.datetime | None] = ContextVar("instant", default=None)


@contextmanager
def at(instant: dt.datetime) -> Iterator[None]:
    """Every evaluation in the block, in this thread or task, happens at `instant`."""
    token = _INSTANT.set(instant)
    try:
        yield
    finally:
        _INSTANT.reset(token)


def now() -> dt.datetime:
    """Raises NotApplicable outside of `at`."""
    instant = _INSTANT.get()
    if instant is None:
        raise NotApplicable("it is not known what time it is")
    return instant


def today() -> dt.date:
    """The day of `now` in its zone. Raises as `now`."""
    return now().date()
