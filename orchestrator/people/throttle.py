"""Slowing down who guesses passwords."""

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Lock

from orchestrator.kernel.errors import DeskhandError

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=1)
LONGEST_WAIT = timedelta(minutes=5)
FORGET_AFTER = timedelta(minutes=30)
SIZE = 10_000


class TooManyTries(DeskhandError):
    """Too many wrong passwords; `wait` says how long nobody is let in under this name."""

    code = "auth.too_many_tries"

    def __init__(self, wait: timedelta) -> None:
        self.wait = wait
        super().__init__(f"Too many wrong passwords; try again in {wait.total_seconds():.0f} s.")


@dataclass(slots=True)
class _Failures:
    count: int
    last: datetime


class Throttle:
    """After `FREE_TRIES` wrong passwords each further one doubles the wait. Kept per name and
    address and in this process only: it is a brake, not a record (the ledger has that)."""

    def __init__(self) -> None:
        self._failures: OrderedDict[str, _Failures] = OrderedDict()
        self._lock = Lock()

    def check(self, who: str, now: datetime) -> None:
        """Raises `TooManyTries` while `who` has to wait."""
        with self._lock:
            failures = self._failures.get(who)
        if failures is None or failures.count < FREE_TRIES:
            return
        wait = min(FIRST_WAIT * 2 ** min(failures.count - FREE_TRIES, 20), LONGEST_WAIT)
        if failures.last + wait > now:
            raise TooManyTries(failures.last + wait - now)

    def failed(self, who: str, now: datetime) -> None:
        with self._lock:
            known = self._failures.pop(who, None)
            stale = known is None or known.last + FORGET_AFTER < now
            self._failures[who] = _Failures(1 if stale or known is None else known.count + 1, now)
            if len(self._failures) > SIZE:
                self._failures.popitem(last=False)

    def succeeded(self, who: str) -> None:
        with self._lock:
            self._failures.pop(who, None)
