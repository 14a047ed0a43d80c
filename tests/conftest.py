"""Fixtures every test may use."""

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text

from orchestrator.kernel.clock import Clock, SystemClock
from orchestrator.store import migrations
from orchestrator.store.database import Database
from orchestrator.store.embedded import EmbeddedPostgres

# A busy machine is no reason for a property to fail.
settings.register_profile("deskhand", deadline=None)
settings.load_profile("deskhand")

TEMPLATE = "deskhand_template"
_numbers = itertools.count(1)


@pytest.fixture(scope="session")
def postgres() -> Iterator[EmbeddedPostgres]:
    """A throw-away PostgreSQL server, in a short path because socket names are limited."""
    folder = Path(tempfile.mkdtemp(prefix="dh-"))
    server = EmbeddedPostgres(folder, durable=False)
    server.start()
    yield server
    server.stop()
    shutil.rmtree(folder)


@pytest.fixture(scope="session")
def template(postgres: EmbeddedPostgres) -> str:
    """The name of a database with every table and no rows."""
    _administer(postgres, f"CREATE DATABASE {TEMPLATE}")
    engine = create_engine(postgres.url(TEMPLATE))
    migrations.upgrade(engine)
    engine.dispose()
    return TEMPLATE


@pytest.fixture
def clock() -> Clock:
    """The clock of `database`. A test module that moves time defines its own `clock` fixture,
    returning a `FixedClock`."""
    return SystemClock()


@pytest.fixture
def database(postgres: EmbeddedPostgres, template: str, clock: Clock) -> Iterator[Database]:
    """A fresh migrated database of this test alone."""
    name = f"test_{next(_numbers)}"
    _administer(postgres, f"CREATE DATABASE {name} TEMPLATE {template}")
    database = Database(postgres.url(name), clock=clock)
    yield database
    database.close()
    _administer(postgres, f"DROP DATABASE {name} WITH (FORCE)")


def _administer(postgres: EmbeddedPostgres, statement: str) -> None:
    engine = create_engine(postgres.url(), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
