"""The unit of work: one command, one transaction, one actor, one tenant, one instant."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import psycopg
from sqlalchemy import ColumnElement, Connection
from sqlmodel import Session

from orchestrator.kernel.keys import Keys


class Line(NamedTuple):
    """What a line of the ledger will say; its place in the chain is found when it is written.
    `data` is canonical JSON, `digest` that of the line (`ledger.line_digest`). Digests are in
    hexadecimal."""

    tenant_id: str
    stream: str
    actor: str
    kind: str
    data: str
    data_digest: str
    digest: str


@dataclass(slots=True)
class Unit:
    """What a service needs to act. Made by `Database.begin`, committed or rolled back there."""

    joined: Connection  # in the transaction
    tenant_id: str
    actor: str  # user:anna, agent:123, run:456, system
    now: datetime
    keys: Keys
    message_lifetime: timedelta = timedelta(hours=1)
    """How long a message that a process throws is kept, when its model does not say."""
    lines: list[Line] = field(default_factory=list)
    """Of the ledger, to be written at the end, or before someone reads it; see `ending`."""
    notices: dict[tuple[str, str, str], None] = field(default_factory=dict)
    """(tenant, topic, key), sent when the transaction commits."""
    others: tuple[str, ...] = ()
    """Further tenants of whose data a search tells, too; see `within`."""
    _session: Session | None = None

    @property
    def session(self) -> Session:
        """The session of rows as objects, in this transaction. Made for the first who asks: the
        hot commands need none, and to make and end one costs more than their statements."""
        if self._session is None:
            self._session = Session(self.joined, expire_on_commit=False)
        return self._session

    @property
    def connection(self) -> "psycopg.Connection[tuple[object, ...]]":
        """The driver's own connection, in this transaction: what runs through it is spared the
        cost of SQLAlchemy, which is several times that of the statement. See `store.sql`."""
        connection = self.joined.connection.driver_connection
        assert isinstance(connection, psycopg.Connection)  # noqa: S101  the only driver there is
        return connection

    def of_tenant(self, tenant_id: str) -> "Unit":
        """The same transaction, on the data of another tenant."""
        return replace(self, tenant_id=tenant_id, _session=self.session)

    def within(self, tenant_id: ColumnElement[Any] | Any) -> ColumnElement[bool]:
        """The condition that a row is of the unit's tenant, or of one of several for a search."""
        if not self.others:
            return tenant_id == self.tenant_id
        return tenant_id.in_(self.tenants)

    @property
    def tenants(self) -> list[str]:
        return [self.tenant_id, *self.others]

    def flush(self) -> None:
        """Write what the session has changed so far."""
        if self._session is not None:
            self._session.flush()

    def close(self) -> None:
        """Let go of the session's objects, which stay as they are."""
        if self._session is not None:
            self._session.close()

    def notify(self, topic: str, key: int | str) -> None:
        """Tell waiting claimers and open consoles once this transaction commits (the database
        sends nothing when it rolls back). Topics: queue (key = its name), work-item,
        user-task, process-instance, incident, agent, error-budget."""
        self.notices[self.tenant_id, topic, str(key)] = None

    @contextmanager
    def savepoint(self) -> Iterator[None]:
        """When the block raises, what it did is undone, and what came before it stays."""
        before = list(self.lines)  # written inside or not, they wait again when it is undone
        try:
            with self.session.begin_nested():
                self.session.connection()  # the session leaves it till then to begin it
                yield
        except BaseException:
            self.lines[:] = before
            raise
