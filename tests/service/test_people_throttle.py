"""The brake on guessing passwords holds in every server process."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import select

from orchestrator.kernel.clock import FixedClock
from orchestrator.people.throttle import (
    FORGET_AFTER,
    FREE_TRIES,
    LONGEST_WAIT,
    TooManyTries,
    check,
    failed,
    succeeded,
    wait_after,
)
from orchestrator.store.database import Database
from orchestrator.store.tables import LoginFailure

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(NOW)


def fail(database: Database, times: int, who: str = "a") -> None:
    for _ in range(times):
        with database.begin(actor="system") as unit:
            failed(unit, who)


def test_the_wait_doubles_up_to_a_longest() -> None:
    waits = [wait_after(n).total_seconds() for n in range(FREE_TRIES - 1, FREE_TRIES + 3)]
    assert waits == [0, 1, 2, 4]
    assert wait_after(10_000) == LONGEST_WAIT


def test_another_process_counts_on(database: Database, clock: FixedClock) -> None:
    """Each `Database` is what one server process has."""
    other = Database(database.engine.url.render_as_string(hide_password=False), clock=clock)
    fail(database, FREE_TRIES)
    fail(other, 2)
    for process in (database, other):
        with process.begin(actor="system") as unit, pytest.raises(TooManyTries) as refused:
            check(unit, "a")
        assert refused.value.wait == timedelta(seconds=4)
    other.close()


def test_the_wait_ends_and_success_forgets(database: Database, clock: FixedClock) -> None:
    fail(database, FREE_TRIES)
    clock.advance(timedelta(seconds=1))
    with database.begin(actor="system") as unit:
        assert check(unit, "a")
        assert not check(unit, "b")
        succeeded(unit, "a")
        assert not check(unit, "a")


def test_old_failures_are_forgotten_and_swept(database: Database, clock: FixedClock) -> None:
    fail(database, 9, "a")
    fail(database, 9, "b")
    clock.advance(FORGET_AFTER + timedelta(seconds=1))
    fail(database, 1, "a")
    with database.begin(actor="system") as unit:
        assert check(unit, "a")
        assert len(unit.session.exec(select(LoginFailure)).all()) == 1
