"""How leases end: released, failed, lost, given back, withdrawn. Nothing is lost silently."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from orchestrator import audit
from orchestrator.kernel.clock import FixedClock
from orchestrator.kernel.errors import (
    Conflict,
    InvalidInput,
    LeaseLost,
    NotFound,
    Unauthenticated,
)
from orchestrator.store.database import Database
from orchestrator.store.documents import DocumentStore
from orchestrator.store.tables import Agent, Run
from orchestrator.work import claims, files, items, leases, outputs, payloads, runs
from orchestrator.work.model import (
    APPLICATION,
    BUSINESS,
    COMPLETED,
    FAILED,
    NewItem,
    Settled,
    WorkException,
)
from orchestrator.work.release import release

AGENT = 1
BROKEN = WorkException(APPLICATION, "TIMEOUT", "the screen did not come")
WRONG = WorkException(BUSINESS, "UNKNOWN_VENDOR", "nobody knows ACME")


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 1, 1, tzinfo=UTC))


class Desk:
    """One agent's view of the database."""

    def __init__(self, database: Database, clock: FixedClock) -> None:
        self.database, self.clock = database, clock

    def put(self, **fields: object) -> int:
        with self.database.begin(actor="system") as unit:
            return items.enqueue(unit, NewItem("q", **fields)).key  # type: ignore[arg-type]

    def claim(self) -> Run:
        with self.database.begin(actor=f"agent:{AGENT}") as unit:
            (claim,) = claims.claim(unit, AGENT, ["q"], 1, 30)
            return claim.run

    def release(
        self, run: Run, state: str = COMPLETED, why: WorkException | None = None
    ) -> Settled:
        with self.database.begin(actor=f"run:{run.key}") as unit:
            return release(unit, run.key, run.item_key, state, why)

    def finish(self, run: Run, outcome: str = "EXITED", exit_code: int | None = 0) -> list[Settled]:
        with self.database.begin(actor=f"agent:{AGENT}") as unit:
            return runs.finish(unit, run.key, AGENT, outcome, exit_code, "")

    def expire(self, **after: float) -> list[Settled]:
        self.clock.advance(timedelta(**after))
        with self.database.begin(actor="system") as unit:
            return leases.expire(unit)

    def state(self, key: int) -> str:
        with self.database.begin(actor="system") as unit:
            return items.get(unit, key).state

    def outcomes(self, key: int) -> list[str | None]:
        with self.database.begin(actor="system") as unit:
            assert audit.verify(unit) == []
            return [attempt.outcome for attempt in items.chain(unit, key)]


@pytest.fixture
def desk(database: Database, clock: FixedClock) -> Desk:
    return Desk(database, clock)


def test_completing_merges_the_outputs(desk: Desk, tmp_path: Path) -> None:
    documents = DocumentStore(f"file://{tmp_path}")
    key, run = desk.put(), desk.claim()
    with desk.database.begin(actor="run") as unit:
        first = outputs.create(unit, run, key, {"a": 1, "b": 1})
        outputs.create(unit, run, key, ["no variables"])
        outputs.create(unit, run, key, {"b": 2})
        digest = documents.put(unit, b"shot", "shot.png", "image/png").digest
        files.attach(unit, files.register(unit, first.key, "shot.png").key, digest)
        files.register(unit, first.key, "never-came.png")
    settled = desk.release(run)
    assert (settled.outcome, settled.item.state) == ("DONE", "DONE")
    output = settled.item.output
    assert {name: output[name] for name in ("a", "b")} == {"a": 1, "b": 2}
    assert [f["metadata"]["fileName"] for f in output["files"]] == ["shot.png"]
    assert desk.outcomes(key) == ["COMPLETED"]


def test_without_outputs_there_are_no_variables(desk: Desk) -> None:
    desk.put()
    assert desk.release(desk.claim()).item.output is None


def test_application_exceptions_are_tried_again_later_and_later(desk: Desk) -> None:
    key = desk.put(max_attempts=3)
    waits = []
    for outcome in ("RETRY", "RETRY", "EXHAUSTED"):
        settled = desk.release(desk.claim(), FAILED, BROKEN)
        assert settled.outcome == outcome
        assert settled.item.exception == BROKEN.as_json()
        if settled.item.not_before and outcome == "RETRY":
            waits.append(settled.item.not_before - desk.clock.now())
            desk.clock.advance(waits[-1])
    assert waits == sorted(waits)
    assert desk.state(key) == "FAILED"
    assert desk.outcomes(key) == ["FAILED"] * 3


def test_business_exceptions_go_to_a_person_at_once(desk: Desk) -> None:
    key = desk.put()
    settled = desk.release(desk.claim(), FAILED, WRONG)
    assert (settled.outcome, settled.item.state) == ("BUSINESS", "REVIEW")
    with desk.database.begin(actor="user:anna") as unit:
        assert items.resolve_review(unit, key, {"vendor": "ACME"}).output == {"vendor": "ACME"}
    assert desk.state(key) == "DONE"


def test_a_caught_business_exception_waits_for_nobody(desk: Desk) -> None:
    key = desk.put()
    desk.release(desk.claim(), FAILED, WRONG)
    with desk.database.begin(actor="system") as unit:
        assert items.close_review(unit, key).state == "FAILED"
    with desk.database.begin(actor="system") as unit, pytest.raises(Conflict):
        items.resolve_review(unit, key, {})


def test_failing_without_a_reason_is_tried_again(desk: Desk) -> None:
    desk.put()
    settled = desk.release(desk.claim(), FAILED)
    assert (settled.outcome, settled.item.exception) == ("RETRY", {"type": "UNSPECIFIED"})


@pytest.mark.parametrize(
    ("state", "why"), [("DONE", None), ("FAILED", WorkException("OTHER"))], ids=["state", "type"]
)
def test_an_unknown_release_is_refused(desk: Desk, state: str, why: WorkException | None) -> None:
    desk.put()
    with pytest.raises(InvalidInput):
        desk.release(desk.claim(), state, why)


@pytest.mark.parametrize(("state", "why"), [(COMPLETED, None), (FAILED, BROKEN), (FAILED, WRONG)])
def test_the_same_release_again_is_answered_and_does_nothing(
    desk: Desk, state: str, why: WorkException | None
) -> None:
    key, run = desk.put(), desk.claim()
    first, again = desk.release(run, state, why), desk.release(run, state, why)
    assert (first.repeated, again.repeated) == (False, True)
    assert first.outcome == again.outcome
    assert len(desk.outcomes(key)) == 1


def test_another_release_of_a_released_item_is_refused(desk: Desk) -> None:
    desk.put()
    run = desk.claim()
    desk.release(run)
    with pytest.raises(LeaseLost):
        desk.release(run, FAILED, BROKEN)


def test_a_silent_holder_loses_the_item_to_another(desk: Desk) -> None:
    key, late = desk.put(), desk.claim()
    assert desk.expire(seconds=30) == []
    (lost,) = desk.expire(seconds=1)
    assert (lost.outcome, lost.item.state) == ("RETRY", "NEW")
    next_run = desk.claim()
    with pytest.raises(LeaseLost):
        desk.release(late)
    with desk.database.begin(actor="run") as unit:
        for touch in (
            lambda: payloads.save(unit, late, key, {}),
            lambda: outputs.create(unit, late, key, {}),
            lambda: claims.reserve_next(unit, late),
        ):
            with pytest.raises(LeaseLost):
                touch()
    settled = desk.release(next_run)
    assert settled.item.fencing_token == 2
    assert desk.outcomes(key) == ["LOST", "COMPLETED"]


def test_an_item_that_loses_all_its_holders_is_not_tried_for_ever(desk: Desk) -> None:
    desk.put(max_attempts=2)
    for outcome in ("RETRY", "EXHAUSTED"):
        desk.claim()
        (lost,) = desk.expire(seconds=31)
        assert lost.outcome == outcome
        assert lost.item.exception["code"] == "AGENT_LOST"


def test_heartbeats_keep_leases(desk: Desk) -> None:
    desk.put()
    desk.put()
    kept, foreign = desk.claim(), desk.claim()
    desk.clock.advance(timedelta(seconds=20))
    with desk.database.begin(actor="agent") as unit:
        extended = leases.extend(unit, AGENT, [kept.key, 99])
        assert extended.leases == {kept.key: desk.clock.now() + timedelta(seconds=30)}
        assert (extended.lost, extended.cancelled) == ([99], [])
        assert leases.extend(unit, 2, [kept.key]).lost == [kept.key]
    assert [s.item.key for s in desk.expire(seconds=15)] == [foreign.item_key]


def test_a_withdrawn_item_stops_its_run(desk: Desk) -> None:
    waiting, leased = desk.put(element_key=7, priority=-1), desk.put(element_key=7)
    run = desk.claim()
    with desk.database.begin(actor="system") as unit:
        cancelled = items.cancel_for_element(unit, 7)
        assert {item.key for item in cancelled} == {waiting, leased}
        assert leases.extend(unit, AGENT, [run.key]).cancelled == [run.key]
    with pytest.raises(LeaseLost):
        desk.release(run)
    assert desk.finish(run, "CANCELLED", None) == []
    assert (desk.state(waiting), desk.state(leased)) == ("CANCELLED", "CANCELLED")
    assert desk.outcomes(leased) == ["CANCELLED"]


@pytest.mark.parametrize(
    ("outcome", "exit_code", "state", "code"),
    [
        ("EXITED", 0, "DONE", None),
        ("EXITED", 3, "NEW", "EXIT_3"),
        ("TIMEOUT", None, "NEW", "TIMEOUT"),
        ("MEMORY", None, "NEW", "MEMORY"),
        ("ENVIRONMENT_FAILED", None, "NEW", "ENVIRONMENT_FAILED"),
    ],
)
def test_finishing_settles_what_the_run_still_holds(
    desk: Desk, outcome: str, exit_code: int | None, state: str, code: str | None
) -> None:
    desk.put()
    run = desk.claim()
    (settled,) = desk.finish(run, outcome, exit_code)
    assert settled.item.state == state
    assert (settled.item.exception or {}).get("code") == code
    assert desk.finish(run, outcome, exit_code) == []
    with pytest.raises(LeaseLost):
        desk.finish(run, "EXITED", 99)


@pytest.mark.parametrize("outcome", ["AGENT_STOPPED", "CANCELLED"])
def test_a_stopped_agent_gives_back_without_spending_an_attempt(desk: Desk, outcome: str) -> None:
    key = desk.put(max_attempts=1)
    (settled,) = desk.finish(desk.claim(), outcome, None)
    assert (settled.item.state, settled.item.attempts) == ("NEW", 0)
    assert desk.release(desk.claim()).outcome == "DONE"
    assert desk.outcomes(key) == ["RETURNED", "COMPLETED"]


def test_finishing_is_for_the_runs_own_agent(desk: Desk) -> None:
    desk.put()
    run = desk.claim()
    with desk.database.begin(actor="agent:2") as unit, pytest.raises(NotFound):
        runs.finish(unit, run.key, 2, "EXITED", 0, "")
    with desk.database.begin(actor="agent:1") as unit, pytest.raises(InvalidInput):
        runs.finish(unit, run.key, AGENT, "VANISHED", 0, "")


def test_a_run_token_ends_with_its_run(desk: Desk) -> None:
    desk.put()
    with desk.database.begin(actor="agent") as unit:
        (claim,) = claims.claim(unit, AGENT, ["q"], 1, 30)
    desk.finish(claim.run)
    with desk.database.begin(actor="x") as unit:
        with pytest.raises(LeaseLost):
            runs.by_token(unit.session, claim.run_token)
        with pytest.raises(Unauthenticated):
            runs.by_token(unit, "guessed")


def test_a_run_reserves_one_item_after_another(desk: Desk) -> None:
    first, second = desk.put(), desk.put()
    run = desk.claim()
    with desk.database.begin(actor="run") as unit:
        held = claims.reserve_next(unit, run)
        assert held is not None
        assert held.key == first
        release(unit, run.key, first, COMPLETED)
        for _ in range(2):  # asking again gives the same item
            reserved = claims.reserve_next(unit, run)
            assert reserved is not None
            assert (reserved.key, reserved.run_key) == (second, run.key)
        release(unit, run.key, second, COMPLETED)
        assert claims.reserve_next(unit, run) is None
    assert desk.outcomes(second) == ["COMPLETED"]


def test_an_operator_retries_what_failed(desk: Desk) -> None:
    key = desk.put(max_attempts=1)
    with desk.database.begin(actor="user:otto") as unit, pytest.raises(Conflict):
        items.retry(unit, key)
    assert desk.release(desk.claim(), FAILED, BROKEN).outcome == "EXHAUSTED"
    with desk.database.begin(actor="user:otto") as unit:
        assert items.retry(unit, key).state == "NEW"
    assert desk.release(desk.claim()).outcome == "DONE"
    assert desk.outcomes(key) == ["FAILED", "COMPLETED"]


def test_a_run_that_holds_nothing_ends_with_its_silent_agent(desk: Desk) -> None:
    desk.put()
    run = desk.claim()
    desk.release(run)
    with desk.database.begin(actor="system") as unit:
        now = desk.clock.now()
        unit.session.add(
            Agent(key=AGENT, name="a", token_digest="d", enrolled_at=now, last_seen=now)
        )
    desk.expire(seconds=20)
    with desk.database.begin(actor="system") as unit:
        assert runs.get(unit, run.key).outcome is None
    desk.expire(seconds=20)
    with desk.database.begin(actor="system") as unit:
        assert runs.get(unit, run.key).outcome == "LOST"
