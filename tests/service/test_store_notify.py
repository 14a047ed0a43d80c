"""What one transaction commits, waiting threads hear."""

import threading
import time
from collections.abc import Iterator

import pytest
from sqlalchemy import text

from orchestrator.store.database import Database
from orchestrator.store.notify import RESET, Listener, Notice
from orchestrator.store.unit import Unit


@pytest.fixture
def listener(database: Database) -> Iterator[Listener]:
    listener = Listener(database)
    listener.start()
    yield listener
    listener.stop()


def is_queue(notice: Notice) -> bool:
    return notice.topic == "queue"


def test_a_commit_is_heard_by_those_it_matches(database: Database, listener: Listener) -> None:
    with listener.watch(is_queue) as queues, listener.watch(lambda n: n.topic == "agent") as agents:
        with database.begin(actor="system") as unit:
            unit.notify("queue", "a.b")
        assert queues.wait(5) == Notice("default", "queue", "a.b")
        assert agents.wait(0) is None


def notify_and_fail(unit: Unit) -> None:
    unit.notify("queue", "rolled.back")
    raise ZeroDivisionError


def test_a_rollback_is_not_heard(database: Database, listener: Listener) -> None:
    with listener.watch(is_queue) as watch:
        with pytest.raises(ZeroDivisionError), database.begin(actor="system") as unit:
            notify_and_fail(unit)
        with database.begin(actor="system") as unit:
            unit.notify("queue", "committed")
        assert watch.wait(5) == Notice("default", "queue", "committed")


def test_waiting_ends_without_a_notice(listener: Listener) -> None:
    assert listener.wait(is_queue, 0.05) is None


def test_many_threads_wait_at_once(database: Database, listener: Listener) -> None:
    heard: list[Notice | None] = []
    ready = threading.Barrier(4)

    def wait() -> None:
        with listener.watch(is_queue) as watch:
            ready.wait()
            heard.append(watch.wait(5))

    threads = [threading.Thread(target=wait) for _ in range(3)]
    for thread in threads:
        thread.start()
    ready.wait()
    with database.begin(actor="system") as unit:
        unit.notify("queue", 7)
    for thread in threads:
        thread.join()
    assert heard == [Notice("default", "queue", "7")] * 3


def test_a_lost_connection_is_made_again_and_told(database: Database, listener: Listener) -> None:
    with listener.watch(is_queue) as watch:
        with database.engine.begin() as connection:
            connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                    " WHERE datname = current_database() AND query LIKE 'LISTEN%'"
                )
            )
        reset = watch.wait(10)
        assert reset is not None
        assert reset.topic == RESET
        with database.begin(actor="system") as unit:
            unit.notify("queue", "after")
        assert watch.wait(5) == Notice("default", "queue", "after")


def test_a_failing_subscriber_does_not_disturb_others(
    database: Database, listener: Listener
) -> None:
    def fail(_: Notice) -> None:
        raise ZeroDivisionError

    with listener.subscribe(fail), listener.watch(is_queue) as watch:
        with database.begin(actor="system") as unit:
            unit.notify("queue", "a")
        assert watch.wait(5) is not None


def test_stopping_is_prompt(database: Database) -> None:
    listener = Listener(database)
    listener.start()
    begun = time.monotonic()
    listener.stop()
    assert time.monotonic() - begun < 2
