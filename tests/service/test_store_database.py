"""A unit commits as a whole or not at all."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial

import pytest
from sqlalchemy import Executable, insert, text
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlmodel import select

from orchestrator.kernel.errors import Concurrent
from orchestrator.store.database import Database
from orchestrator.store.embedded import EmbeddedPostgres
from orchestrator.store.tables import Document
from orchestrator.store.unit import Unit

LOCK = text("SELECT pg_advisory_xact_lock(:number)")


def document(tenant_id: str) -> Document:
    now = datetime(2026, 1, 1, tzinfo=UTC)
    return Document(
        tenant_id=tenant_id, digest="00", name="a", content_type="b", size=1, created_at=now
    )


def fail_after_writing(unit: Unit) -> None:
    unit.session.add(document(unit.tenant_id))
    unit.session.flush()
    raise ZeroDivisionError


def test_commits_on_leaving(database: Database) -> None:
    with database.begin(actor="system") as unit:
        unit.session.add(document(unit.tenant_id))
    with database.begin(actor="system") as unit:
        assert unit.session.exec(select(Document)).one().name == "a"


def test_rolls_back_on_an_exception(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.begin(actor="system") as unit:
        fail_after_writing(unit)
    with database.begin(actor="system") as unit:
        assert unit.session.exec(select(Document)).first() is None


def test_dead_connections_are_replaced(
    database: Database, postgres: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orchestrator.store.database.IDLE", 0.0)
    with database.begin(actor="system") as unit:
        unit.session.add(document(unit.tenant_id))
    postgres.stop()
    postgres.start()
    with database.begin(actor="system") as unit:
        assert unit.session.exec(select(Document)).one().size == 1


def write_and_notify(unit: Unit, writing: Executable, queue: str) -> None:
    unit.session.connection().execute(writing)
    unit.notify("queue", queue)


def test_a_failed_notice_takes_what_was_written_with_it(database: Database) -> None:
    """The notices travel with the COMMIT, which must not happen without them."""
    too_long, values = "a" * 9000, document("default").model_dump()
    with pytest.raises(DBAPIError), database.begin(actor="system") as unit:
        write_and_notify(unit, insert(Document).values(**values), too_long)
    with database.begin(actor="system") as unit:
        assert unit.session.exec(select(Document)).first() is None


def test_what_only_the_commit_finds_wrong_is_raised(database: Database) -> None:
    with database.begin(actor="system") as unit:
        unit.session.connection().execute(
            text("CREATE TABLE late (key int UNIQUE DEFERRABLE INITIALLY DEFERRED)")
        )
    with pytest.raises(IntegrityError), database.begin(actor="system") as unit:
        write_and_notify(unit, text("INSERT INTO late VALUES (1), (1)"), "a.b")
    with database.begin(actor="system") as unit:
        rows = unit.session.connection().execute(text("SELECT count(*) FROM late"))
        assert rows.scalar_one() == 0


def test_a_command_that_a_deadlock_ended_is_tried_again(database: Database) -> None:
    both_hold, tries = threading.Barrier(2), Counter[int]()

    def lock_in_turn(unit: Unit, first: int, second: int) -> int:
        tries[first] += 1
        unit.session.connection().execute(LOCK, {"number": first})
        if tries[first] == 1:
            both_hold.wait()
        unit.session.connection().execute(LOCK, {"number": second})
        return first

    def command(first: int, second: int) -> int:
        work = partial(lock_in_turn, first=first, second=second)
        return database.command(work, actor="system")

    with ThreadPoolExecutor(2) as pool:
        assert list(pool.map(command, (1, 2), (2, 1))) == [1, 2]
    assert sorted(tries.values()) == [1, 2]


@pytest.mark.parametrize(("error", "tries"), [(Concurrent("again"), 4), (ValueError("no"), 1)])
def test_a_command_is_tried_again_a_few_times_and_only_where_that_is_safe(
    database: Database, error: Exception, tries: int
) -> None:
    made: list[Unit] = []

    def work(unit: Unit) -> None:
        made.append(unit)
        raise error

    with pytest.raises(type(error)):
        database.command(work, actor="system")
    assert len(made) == tries
