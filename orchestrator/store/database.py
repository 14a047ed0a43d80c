"""The connection pool and the transaction."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from sqlalchemy import create_engine, event
from sqlalchemy.exc import DisconnectionError
from sqlmodel import Session

from orchestrator.kernel.clock import Clock, SystemClock
from orchestrator.kernel.keys import KeyGenerator, Keys
from orchestrator.store import ending
from orchestrator.store.tables.columns import DEFAULT_TENANT
from orchestrator.store.unit import Unit

IDLE = 1.0  # seconds after which a pooled connection is asked whether it still lives


class Database:
    """PostgreSQL at `url` (postgresql+psycopg://...). Safe to share between threads."""

    def __init__(
        self, url: str, *, clock: Clock | None = None, keys: Keys | None = None, pool_size: int = 10
    ) -> None:
        self.url = url
        self.clock = clock or SystemClock()
        self.keys = keys or KeyGenerator(self.clock)
        self.engine = create_engine(
            url,
            pool_size=pool_size,
            max_overflow=10,
            connect_args={"options": "-c timezone=UTC"},
        )
        event.listen(self.engine, "checkin", _remember)
        event.listen(self.engine, "checkout", _ping_when_idle)

    @contextmanager
    def begin(self, *, actor: str, tenant_id: str = DEFAULT_TENANT) -> Iterator[Unit]:
        """One command's transaction: commits on leaving, rolls back on an exception."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            unit = Unit(session, tenant_id, actor, self.clock.now(), self.keys)
            yield unit
            ending.end(unit)

    def close(self) -> None:
        self.engine.dispose()


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
