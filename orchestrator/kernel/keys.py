"""63-bit time-ordered keys: 42 bits of milliseconds, 9 of node, 12 of sequence.

Keys made by one generator rise strictly; keys of different nodes never meet. They fit a
PostgreSQL bigint and are strings in JSON, because JavaScript numbers hold only 53 bits.
"""

import threading
from datetime import UTC, datetime
from typing import Protocol

from orchestrator.kernel.clock import Clock

EPOCH = datetime(2024, 1, 1, tzinfo=UTC)
NODE_BITS, SEQUENCE_BITS = 9, 12
MAX_KEY = 2**63 - 1
MAX_NODE = (1 << NODE_BITS) - 1


def first_of(instant: datetime) -> int:
    """No key made at `instant` or later is smaller."""
    millis = int((instant - EPOCH).total_seconds() * 1000)
    return min(max(millis << NODE_BITS + SEQUENCE_BITS, 0), MAX_KEY)


class Keys(Protocol):
    def next(self) -> int:
        """A key greater than every key given before."""
        ...


class KeyGenerator:
    """Thread-safe generator. `node` (0 to 511) tells replicas apart."""

    def __init__(self, clock: Clock, node: int = 0) -> None:
        if not 0 <= node <= MAX_NODE:
            raise ValueError(f"node must be between 0 and {MAX_NODE}, not {node}")
        self._clock, self._node = clock, node
        self._last = 0
        self._lock = threading.Lock()

    def next(self) -> int:
        with self._lock:
            millis = int((self._clock.now() - EPOCH).total_seconds() * 1000)
            # The low 12 bits of the tick count the keys of one millisecond; when the clock
            # stands still or steps back, counting on keeps the order.
            self._last = max(self._last + 1, millis << SEQUENCE_BITS)
            tick, sequence = divmod(self._last, 1 << SEQUENCE_BITS)
            return (tick << NODE_BITS | self._node) << SEQUENCE_BITS | sequence


class CountingKeys:
    """Keys 1, 2, 3 ...: for replay and tests."""

    def __init__(self, start: int = 1) -> None:
        self._next = start

    def next(self) -> int:
        key, self._next = self._next, self._next + 1
        return key
