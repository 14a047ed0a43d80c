"""The migrated schema is the schema of the tables."""

from collections.abc import Iterator

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine, create_engine, text
from sqlmodel import SQLModel

from orchestrator.store import migrations
from orchestrator.store.embedded import EmbeddedPostgres

CONSTRAINTS = text(
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint"
    " WHERE connamespace = 'public'::regnamespace AND conrelid::regclass::text <> 'alembic_version'"
    " UNION SELECT tablename, indexname, indexdef FROM pg_indexes"
    " WHERE schemaname = 'public' AND tablename <> 'alembic_version'"
)


@pytest.fixture
def empty(postgres: EmbeddedPostgres) -> Iterator[Engine]:
    yield from _created(postgres, "empty")


@pytest.fixture
def other(postgres: EmbeddedPostgres) -> Iterator[Engine]:
    yield from _created(postgres, "other")


def _created(postgres: EmbeddedPostgres, name: str) -> Iterator[Engine]:
    admin = create_engine(postgres.url(), isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
        engine = create_engine(postgres.url(name))
        yield engine
        engine.dispose()
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


def test_the_migrated_schema_is_that_of_the_tables(empty: Engine, other: Engine) -> None:
    migrations.upgrade(empty)
    SQLModel.metadata.create_all(other)
    with empty.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), SQLModel.metadata) == []
        migrated = set(map(tuple, connection.execute(CONSTRAINTS)))
    with other.connect() as connection:
        assert migrated == set(map(tuple, connection.execute(CONSTRAINTS)))


def test_upgrading_again_changes_nothing(empty: Engine) -> None:
    assert not migrations.is_current(empty)
    migrations.upgrade(empty)
    migrations.upgrade(empty)
    assert migrations.is_current(empty)
