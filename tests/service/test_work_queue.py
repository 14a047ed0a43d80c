"""Enqueuing and claiming: order, references, deferral, and never the same item twice."""

import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestrator import audit
from orchestrator.kernel.clock import FixedClock
from orchestrator.kernel.errors import Conflict, InvalidInput, NotFound
from orchestrator.store.database import Database
from orchestrator.store.documents import DocumentStore, reference
from orchestrator.work import claims, files, items, queues, runs
from orchestrator.work.model import Claim, NewItem

AGENT = 1


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 1, 1, tzinfo=UTC))


@pytest.fixture
def documents(tmp_path: Path) -> DocumentStore:
    return DocumentStore(f"file://{tmp_path}")


def put(database: Database, *new: NewItem) -> list[int]:
    with database.begin(actor="system") as unit:
        return [items.enqueue(unit, one).key for one in new]


def take(database: Database, maximum: int = 10, queue: str = "q") -> list[Claim]:
    with database.begin(actor=f"agent:{AGENT}") as unit:
        return claims.claim(unit, AGENT, [queue, "other"], maximum, 30)


def test_claims_go_by_priority_then_age_over_all_queues(database: Database) -> None:
    first, urgent, last, elsewhere = put(
        database,
        NewItem("q"),
        NewItem("q", priority=5),
        NewItem("q"),
        NewItem("other", priority=1),
    )
    assert [c.item.key for c in take(database, 3)] == [urgent, elsewhere, first]
    assert [c.item.key for c in take(database, 3)] == [last]
    assert take(database) == []


def test_a_claim_is_a_lease_with_a_run_and_an_attempt(
    database: Database, clock: FixedClock
) -> None:
    (key,) = put(database, NewItem("q", {"a": 1}, headers={"h": "1"}))
    (claim,) = take(database)
    assert claim.item.payload == {"a": 1}
    assert claim.item.headers == {"h": "1"}
    assert claim.item.lease_deadline == clock.now() + timedelta(seconds=30)
    assert (claim.item.state, claim.item.attempts, claim.item.fencing_token) == ("LEASED", 1, 1)
    assert claim.item.run_key == claim.run.key
    with database.begin(actor="system") as unit:
        run = runs.by_token(unit, claim.run_token)
        assert run.model_dump() == claim.run.model_dump()
        assert claim.run_token not in run.model_dump().values()
        (attempt,) = items.chain(unit, key)
        assert (attempt.run_key, attempt.number, attempt.ended_at) == (run.key, 1, None)
        assert [e.kind for e in audit.read(unit, f"work-item/{key}")] == [
            "work_item.created",
            "work_item.leased",
        ]


def test_deferred_items_wait_for_their_time(database: Database, clock: FixedClock) -> None:
    due = clock.now() + timedelta(minutes=1)
    put(database, NewItem("q", not_before=due, priority=9))
    assert take(database) == []
    with database.begin(actor="system") as unit:
        assert queues.next_due(unit, ["q", "r"]) == due
        assert queues.next_due(unit, ["r"]) is None
    clock.advance(timedelta(minutes=1))
    assert len(take(database)) == 1


def test_a_reference_is_taken_once_per_queue(database: Database) -> None:
    put(database, NewItem("q", reference="invoice-1"), NewItem("other", reference="invoice-1"))
    with database.begin(actor="system") as unit:
        with pytest.raises(Conflict) as refused:
            items.enqueue(unit, NewItem("q", reference="invoice-1"))
        assert refused.value.code == "work_item.duplicate_reference"
        # and the transaction goes on
        items.enqueue(unit, NewItem("q", reference="invoice-2"))
    assert len(take(database)) == 3


@pytest.mark.parametrize(
    "new",
    [NewItem(""), NewItem("q", {"a": "\0"}), NewItem("q", object()), NewItem("q", max_attempts=0)],
)
def test_what_cannot_be_queued_is_refused(database: Database, new: NewItem) -> None:
    with database.begin(actor="system") as unit, pytest.raises(InvalidInput):
        items.enqueue(unit, new)


def test_documents_in_the_payload_are_files_of_the_item(
    database: Database, documents: DocumentStore
) -> None:
    with database.begin(actor="system") as unit:
        one = documents.put(unit, b"one", "one.pdf", "application/pdf")
        two = documents.put(unit, b"two", "two.pdf", "application/pdf")
        item = items.enqueue(
            unit,
            NewItem("q", {"document": reference(one)}, files=[("2.pdf", two.digest)]),
        )
        assert [(f.name, f.digest) for f in files.of(unit, item.key)] == [
            ("2.pdf", two.digest),
            ("one.pdf", one.digest),
        ]


def test_claimers_at_once_never_get_the_same_item(database: Database) -> None:
    keys = put(database, *[NewItem("q", priority=n % 3) for n in range(60)])
    taken: list[int] = []
    begin = threading.Barrier(4)

    def claimer() -> None:
        begin.wait()
        while claimed := take(database, 4):
            taken.extend(c.item.key for c in claimed)

    threads = [threading.Thread(target=claimer) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == sorted(keys)


def test_an_item_locked_by_another_is_passed_over(database: Database) -> None:
    locked, free = put(database, NewItem("q"), NewItem("q"))
    with database.begin(actor="system") as unit:
        items.lock(unit, locked)
        assert [c.item.key for c in take(database)] == [free]
    assert [c.item.key for c in take(database)] == [locked]


def test_tenants_do_not_see_each_other(database: Database) -> None:
    (key,) = put(database, NewItem("q"))
    with database.begin(actor="x", tenant_id="b") as unit:
        assert claims.claim(unit, AGENT, ["q"], 5, 30) == []
        assert queues.summary(unit) == []
        with pytest.raises(NotFound):
            items.get(unit, key)


def test_queues_are_summed_up_by_state(database: Database, clock: FixedClock) -> None:
    put(database, NewItem("q"), NewItem("q"), NewItem("p"))
    take(database, 1)
    with database.begin(actor="system") as unit:
        p, q = queues.summary(unit)
    assert (p.name, p.new, p.leased) == ("p", 1, 0)
    assert (q.name, q.new, q.leased, q.oldest) == ("q", 1, 1, clock.now())
