"""Whatever happens in whatever order, the queue agrees with a model a few lines long."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    multiple,
    rule,
    run_state_machine_as_test,
)
from sqlmodel import col, select

from orchestrator import audit
from orchestrator.kernel.clock import FixedClock
from orchestrator.kernel.errors import Conflict, LeaseLost
from orchestrator.store.database import Database
from orchestrator.store.tables import Attempt, Run, WorkItem
from orchestrator.work import claims, items, leases, runs
from orchestrator.work.model import APPLICATION, BUSINESS, COMPLETED, FAILED, NewItem, WorkException
from orchestrator.work.release import release

LEASE = 30
MAX_ATTEMPTS = 2
SETTINGS = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    phases=[Phase.generate],  # shrinking takes minutes; a failing story is readable as it is
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 1, 1, tzinfo=UTC))


@dataclass
class Model:
    """What is expected of one item."""

    state: str = "NEW"
    attempts: int = 0
    allowed: int = MAX_ATTEMPTS
    holder: int | None = None
    deadline: datetime | None = None

    def leave(self, state: str) -> None:
        self.state, self.holder, self.deadline = state, None, None

    def try_again(self) -> None:
        self.leave("NEW" if self.attempts < self.allowed else "FAILED")


class Queue(RuleBasedStateMachine):
    """A queue under everything that can happen to it, beside its model."""

    database: Database
    clock: FixedClock
    item_keys = Bundle("item_keys")
    started = Bundle("started")
    numbers = iter(range(10**6))

    def __init__(self) -> None:
        super().__init__()
        self.queue = f"queue-{next(self.numbers)}"
        self.model: dict[int, Model] = {}
        self.live: set[int] = set()

    @rule(target=item_keys)
    def enqueue(self) -> int:
        with self.database.begin(actor="system") as unit:
            new = NewItem(self.queue, max_attempts=MAX_ATTEMPTS, element_key=unit.keys.next())
            key = items.enqueue(unit, new).key
        self.model[key] = Model()
        return key

    @rule(target=started, maximum=st.integers(1, 3))
    def claim(self, maximum: int) -> object:
        self.clock.advance(timedelta(hours=1))  # past every back-off
        self.expire()
        with self.database.begin(actor="agent:1") as unit:
            claimed = claims.claim(unit, 1, [self.queue], maximum, LEASE)
        waiting = sorted(k for k, m in self.model.items() if m.state == "NEW")
        assert [c.item.key for c in claimed] == waiting[:maximum]
        for one in claimed:
            model = self.model[one.item.key]
            model.state, model.holder = "LEASED", one.run.key
            model.attempts += 1
            model.deadline = self.clock.now() + timedelta(seconds=LEASE)
            self.live.add(one.run.key)
        return multiple(*(c.run for c in claimed))

    @rule(run=started, kind=st.sampled_from([None, APPLICATION, BUSINESS]))
    def release(self, run: Run, kind: str | None) -> None:
        model, held = self.model[run.item_key], self.holds(run)
        state, why = (FAILED, WorkException(kind)) if kind else (COMPLETED, None)
        try:
            with self.database.begin(actor="run") as unit:
                settled = release(unit, run.key, run.item_key, state, why)
        except LeaseLost:
            assert not held
            return
        assert settled.repeated != held
        if held and kind == APPLICATION:
            model.try_again()
        elif held:
            model.leave("REVIEW" if kind else "DONE")

    @rule(run=started, outcome=st.sampled_from(["EXITED", "TIMEOUT", "AGENT_STOPPED"]))
    def finish(self, run: Run, outcome: str) -> None:
        model, held = self.model[run.item_key], self.holds(run)
        try:
            with self.database.begin(actor="agent:1") as unit:
                settled = runs.finish(unit, run.key, 1, outcome, 0, "")
        except LeaseLost:
            assert run.key not in self.live
            return
        self.live.discard(run.key)
        assert bool(settled) == held
        if held and outcome == "EXITED":
            model.leave("DONE")
        elif held and outcome == "TIMEOUT":
            model.try_again()
        elif held:
            model.attempts -= 1
            model.leave("NEW")

    @rule(run=started)
    def heartbeat(self, run: Run) -> None:
        with self.database.begin(actor="agent:1") as unit:
            extended = leases.extend(unit, 1, [run.key])
        assert bool(extended.lost) == (run.key not in self.live)
        if self.holds(run):
            self.model[run.item_key].deadline = self.clock.now() + timedelta(seconds=LEASE)

    @rule(seconds=st.sampled_from([1, 20, 40]))
    def time_passes(self, seconds: int) -> None:
        self.clock.advance(timedelta(seconds=seconds))
        self.expire()

    @rule(key=item_keys)
    def retry(self, key: int) -> None:
        model = self.model[key]
        try:
            with self.database.begin(actor="user:otto") as unit:
                items.retry(unit, key)
        except Conflict:
            assert model.state not in {"FAILED", "REVIEW"}
            return
        model.allowed = max(model.allowed, model.attempts + 1)
        model.leave("NEW")

    @rule(key=item_keys)
    def withdraw(self, key: int) -> None:
        with self.database.begin(actor="system") as unit:
            element_key = items.get(unit, key).element_key
            assert element_key is not None
            items.cancel_for_element(unit, element_key)
        if self.model[key].state in {"NEW", "LEASED", "REVIEW"}:
            self.model[key].leave("CANCELLED")

    def expire(self) -> None:
        with self.database.begin(actor="system") as unit:
            leases.expire(unit)
        for model in self.model.values():
            if model.deadline is not None and model.deadline < self.clock.now():
                assert model.holder is not None
                self.live.discard(model.holder)
                model.try_again()

    def holds(self, run: Run) -> bool:
        return self.model[run.item_key].holder == run.key

    @invariant()
    def the_rows_say_the_same(self) -> None:
        with self.database.begin(actor="system") as unit:
            rows = unit.session.exec(select(WorkItem).where(WorkItem.queue == self.queue))
            there = {row.key: (row.state, row.attempts, row.lease_deadline) for row in rows}
            running = unit.session.exec(
                select(Attempt.item_key).where(
                    col(Attempt.ended_at).is_(None),
                    col(Attempt.item_key).in_(list(self.model)),
                )
            ).all()
        assert there == {k: (m.state, m.attempts, m.deadline) for k, m in self.model.items()}
        assert sorted(running) == sorted(k for k, m in self.model.items() if m.holder)

    def teardown(self) -> None:
        with self.database.begin(actor="system") as unit:
            assert audit.verify(unit) == []


def test_the_queue_agrees_with_the_model(database: Database, clock: FixedClock) -> None:
    machine = type("BoundQueue", (Queue,), {"database": database, "clock": clock})
    run_state_machine_as_test(machine, settings=SETTINGS)
