"""Who is logged in, and the invoice each of them is entering."""

import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from samples.legacy_erp.faults import Faults


@dataclass
class Session:
    """One login: its user, its last click and the entry in progress."""

    user: str
    clicked_at: float
    draft: dict[str, str] = field(default_factory=dict)


class Sessions:
    """The live sessions. A session ends when it is not clicked for session_seconds."""

    def __init__(self, faults: Faults, clock: Callable[[], float] = time.monotonic) -> None:
        self._faults = faults
        self._clock = clock
        self._live: dict[str, Session] = {}

    def open(self, user: str) -> str:
        ticket = secrets.token_hex(16)
        self._live[ticket] = Session(user, self._clock())
        return ticket

    def find(self, ticket: str | None) -> Session | None:
        """The session of the ticket, its time-out begun anew, or None once it has ended."""
        session = self._live.get(ticket or "")
        if session is None:
            return None
        if self._clock() - session.clicked_at > self._faults.session_seconds:
            del self._live[ticket or ""]
            return None
        session.clicked_at = self._clock()
        return session

    def close(self, ticket: str | None) -> None:
        self._live.pop(ticket or "", None)
