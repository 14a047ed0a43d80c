"""The connection pool and the transaction."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlmodel import Session

from orchestrator.kernel.clock import Clock, SystemClock
from orchestrator.kernel.keys import KeyGenerator, Keys
from orchestrator.store.tables.columns import DEFAULT_TENANT
from orchestrator.store.unit import Unit


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
            pool_pre_ping=True,
            connect_args={"options": "-c timezone=UTC"},
        )

    @contextmanager
    def begin(self, *, actor: str, tenant_id: str = DEFAULT_TENANT) -> Iterator[Unit]:
        """One command's transaction: commits on leaving, rolls back on an exception."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            unit = Unit(session, tenant_id, actor, self.clock.now(), self.keys)
            yield unit
            session.flush()
            unit.send_notices()

    def close(self) -> None:
        self.engine.dispose()
