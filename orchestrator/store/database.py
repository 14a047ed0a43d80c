"""The connection pool and the transaction."""

import random
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from typing import Any, TypeVar

import psycopg
from sqlalchemy import create_engine, event
from sqlalchemy.exc import DisconnectionError, OperationalError

from orchestrator.kernel.clock import Clock, SystemClock
from orchestrator.kernel.errors import Concurrent
from orchestrator.kernel.keys import KeyGenerator, Keys
from orchestrator.store import ending
from orchestrator.store.tables.columns import DEFAULT_TENANT
from orchestrator.store.unit import Unit

TRIES = 4
PAUSE = 0.05  # seconds before the second try at most, twice as long before the third ...
Result = TypeVar("Result")

# Every statement has its index. A connection keeps the plans that it made while a table was
# small, so the planner must not find then that reading the whole table is cheaper.
OPTIONS = "-c timezone=UTC -c enable_seqscan=off"
IDLE = 1.0  # seconds after which a pooled connection is asked whether it still lives


class Database:
    """PostgreSQL at `url` (postgresql+psycopg://...). Safe to share between threads."""

    def __init__(
        self,
        url: str,
        *,
        clock: Clock | None = None,
        keys: Keys | None = None,
        pool_size: int = 10,
        message_lifetime: timedelta = timedelta(hours=1),
    ) -> None:
        self.url = url
        self.clock = clock or SystemClock()
        self.keys = keys or KeyGenerator(self.clock)
        self.message_lifetime = message_lifetime
        self.engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=10,
            connect_args={"options": OPTIONS},
        )
        event.listen(self.engine, "checkin", _remember)
        event.listen(self.engine, "checkout", _ping_when_idle)

    @contextmanager
    def begin(
        self, *, actor: str, tenant_id: str = DEFAULT_TENANT, others: tuple[str, ...] = ()
    ) -> Iterator[Unit]:
        """One command's transaction: commits on leaving, rolls back on an exception."""
        with self.engine.begin() as connection:
            now = self.clock.now()
            kept = self.message_lifetime
            unit = Unit(connection, tenant_id, actor, now, self.keys, kept, others=others)
            with closing(unit):
                yield unit
                ending.end(unit)

    def command(
        self, work: Callable[[Unit], Result], *, actor: str, tenant_id: str = DEFAULT_TENANT
    ) -> Result:
        """What `work` gives, done in a transaction, which is tried again a few times when the
        database gave it up in favour of another. So `work` acts through its unit alone."""
        for left in reversed(range(TRIES)):
            try:
                with self.begin(actor=actor, tenant_id=tenant_id) as unit:
                    return work(unit)
            except (OperationalError, Concurrent) as error:
                if not left or not _was_given_up(error):
                    raise
                # At random, so that those who met do not meet again.
                time.sleep(random.uniform(0, PAUSE * (TRIES - left)))  # noqa: S311
        raise AssertionError("the last try has returned or raised")

    def close(self) -> None:
        self.engine.dispose()


def _was_given_up(error: OperationalError | Concurrent) -> bool:
    """To a deadlock, or to a transaction that was there before; see PostgreSQL, 13.5."""
    given_up = (psycopg.errors.DeadlockDetected, psycopg.errors.SerializationFailure)
    return isinstance(error, Concurrent) or isinstance(error.orig, given_up)


def _remember(_: Any, record: Any) -> None:
    record.info["idle_since"] = time.monotonic()


def _ping_when_idle(connection: psycopg.Connection, record: Any, _: Any) -> None:
    """After a restart of the database, dead connections are replaced on the way out of the
    pool; those in steady use are spared the round trip."""
    if time.monotonic() - record.info.get("idle_since", time.monotonic()) < IDLE:
        return
    try:
        connection.execute("SELECT 1")
        connection.rollback()
    except psycopg.OperationalError as error:
        raise DisconnectionError from error
