"""The record is written with the change it records, and tells when it was touched."""

import threading
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import text

from orchestrator import audit
from orchestrator.kernel.errors import Conflict
from orchestrator.store.database import Database
from orchestrator.store.unit import Unit


def test_events_are_read_in_order_with_who_and_when(database: Database) -> None:
    with database.begin(actor="user:anna") as unit:
        audit.append(unit, "user/1", "user.created", {"name": "Anna"})
        audit.append(unit, "user/1", "user.renamed", {"name": "Ann"})
    with database.begin(actor="system") as unit:
        events = audit.read(unit, "user/1")
        assert [(e.number, e.kind, e.actor) for e in events] == [
            (1, "user.created", "user:anna"),
            (2, "user.renamed", "user:anna"),
        ]
        assert events[1].previous_hash == events[0].hash
        assert audit.verify(unit) == []


def test_any_json_value_survives_the_database(database: Database) -> None:
    data = {
        "amount": Decimal("1.10"),
        "at": datetime(2026, 1, 1, tzinfo=UTC),
        "numbers": [1e16, 1e-9, 1e300, 0.1, -0.0, 7],
        "text": "ü\0\N{GRINNING FACE}",
        "nested": {"none": None, "list": [1, {}]},
    }
    with database.begin(actor="system") as unit:
        audit.append(unit, "s/1", "k", data)
    with database.begin(actor="system") as unit:
        assert audit.verify(unit) == []


def test_streams_of_one_transaction_keep_their_order(database: Database) -> None:
    with database.begin(actor="system") as unit:
        for n in (1, 0, 1, 2, 1, 0):
            audit.append(unit, f"s/{n}", "k", {"n": n})
        assert [e.number for e in audit.read(unit, "s/1")] == [1, 2, 3]
        audit.append(unit, "s/1", "last", {})
    with database.begin(actor="system") as unit:
        assert [e.kind for e in audit.read(unit, "s/1")] == ["k", "k", "k", "last"]
        assert audit.verify(unit) == []


def test_a_line_may_be_as_long_as_it_must(database: Database) -> None:
    with database.begin(actor="system") as unit:
        audit.append(unit, "s/1", "k", {"text": "a" * 5_000_000})
        unit.notify("queue", "q")
    with database.begin(actor="system") as unit:
        assert len(audit.read(unit, "s/1")) == 1
        assert audit.verify(unit) == []


def append_and_fail(unit: Unit, *, read: bool = False) -> None:
    audit.append(unit, "s/1", "rolled.back", {})
    if read:  # which writes the lines so far
        audit.read(unit, "s/1")
    raise ZeroDivisionError


def test_a_rolled_back_change_leaves_no_record(database: Database) -> None:
    with pytest.raises(ZeroDivisionError), database.begin(actor="system") as unit:
        append_and_fail(unit)
    with database.begin(actor="system") as unit:
        assert audit.read(unit, "s/1") == []


@pytest.mark.parametrize("read", [False, True])
def test_a_savepoint_takes_its_record_along(database: Database, *, read: bool) -> None:
    with database.begin(actor="system") as unit:
        audit.append(unit, "s/1", "before", {})
        with pytest.raises(ZeroDivisionError), unit.savepoint():
            append_and_fail(unit, read=read)
    with database.begin(actor="system") as unit:
        assert [e.kind for e in audit.read(unit, "s/1")] == ["before"]


@pytest.mark.parametrize(
    ("forgery", "reason"),
    [
        ("UPDATE ledger_event SET data = '{\"n\": 8}' WHERE number = 2", "data"),
        ("UPDATE ledger_event SET actor = 'x' WHERE number = 2", "actor"),
        ("UPDATE ledger_event SET hash = set_byte(hash, 5, 1) WHERE number = 2", "hash"),
        ("DELETE FROM ledger_event WHERE number = 2", "missing"),
    ],
)
def test_a_forgery_is_named(database: Database, forgery: str, reason: str) -> None:
    with database.begin(actor="system") as unit:
        for n in range(3):
            audit.append(unit, "s/1", "k", {"n": n})
            audit.append(unit, f"other/{n}", "k", {})
    with database.begin(actor="system") as unit:
        unit.session.connection().execute(text(forgery))
        (found,) = audit.verify(unit)
        assert (found.stream, found.number) == ("s/1", 2)
        assert reason in found.reason


def test_tenants_do_not_see_each_other(database: Database) -> None:
    with database.begin(actor="system", tenant_id="a") as unit:
        audit.append(unit, "s/1", "k", {})
    with database.begin(actor="system", tenant_id="b") as unit:
        assert audit.read(unit, "s/1") == []
        audit.append(unit, "s/1", "k", {})
        assert [e.number for e in audit.read(unit, "s/1")] == [1]


def test_two_transactions_cannot_fork_a_stream(database: Database) -> None:
    outcomes: list[str] = []
    both_read = threading.Barrier(2)

    def append() -> None:
        try:
            with database.begin(actor="system") as unit:
                audit.read(unit, "s/1")
                both_read.wait()
                audit.append(unit, "s/1", "k", {})
            outcomes.append("appended")
        except Conflict as conflict:
            outcomes.append(conflict.code)

    # The second waits for the first to commit; then it either follows or is refused.
    threads = [threading.Thread(target=append) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(outcomes) <= {"appended", "ledger.concurrent"}
    assert "appended" in outcomes
    with database.begin(actor="system") as unit:
        assert len(audit.read(unit, "s/1")) == outcomes.count("appended")
        assert audit.verify(unit) == []
