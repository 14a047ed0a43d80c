"""A throw-away durable PostgreSQL with the schema of this release."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from orchestrator.store import migrations
from orchestrator.store.database import Database
from orchestrator.store.embedded import EmbeddedPostgres


@contextmanager
def postgres() -> Iterator[EmbeddedPostgres]:
    """Its folder is gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="dh-"))
    server = EmbeddedPostgres(folder)
    server.start()
    try:
        with opened(server) as database:
            migrations.upgrade(database.engine)
        yield server
    finally:
        server.stop()
        shutil.rmtree(folder)


@contextmanager
def opened(server: EmbeddedPostgres) -> Iterator[Database]:
    database = Database(server.url())
    try:
        yield database
    finally:
        database.close()


def plain(server: EmbeddedPostgres) -> str:
    """The server's address as libpq reads it."""
    return server.url().replace("+psycopg", "")
