"""Betsy's models run across transactions as they do in memory: every command in its own
transaction, its state read back from the rows."""

import os
from collections import deque
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import col, select

from orchestrator import background, bpmn
from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from orchestrator.kernel.clock import FixedClock
from orchestrator.kernel.errors import InvalidModel
from orchestrator.process import definitions, instances
from orchestrator.process.deploy import deploy
from orchestrator.process.execute import execute, lock
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database
from orchestrator.store.tables import ElementInstance, Incident, ProcessInstance, Timer, WorkItem
from tests.conformance import betsy
from tests.conformance.test_bpmn import ARGUED
from tests.conformance.world import Instance

ROOT = Path(__file__).resolve().parents[2]
SUITE = ROOT / os.environ.get("DESKHAND_SHARED", "../shared") / "conformance" / "betsy"
pytestmark = pytest.mark.skipif(not SUITE.is_dir(), reason="Betsy is not in DESKHAND_SHARED")


class DurableWorld:
    """As `tests.conformance.world.World`, over the database."""

    def __init__(self, database: Database, xml: bytes, worker: Callable[..., c.Command]) -> None:
        self._database, self._worker = database, worker
        self._seen: set[int] = set()
        self._later: list[tuple[datetime, int, Callable[[], None]]] = []
        self.incidents: list[e.IncidentRaised] = []
        with database.begin(actor="test") as unit:
            deploy(unit, [("model.bpmn", xml)])

    @property
    def now(self) -> datetime:
        return self._database.clock.now()

    def start(self, process_id: str, variables: Mapping[str, Any]) -> None:
        with self._database.begin(actor="test") as unit:
            start(unit, StartRequest(process_id=process_id, variables=variables))

    def later(self, seconds: float, action: Callable[[], None]) -> None:
        due = self.now + timedelta(seconds=seconds)
        self._later.append((due, len(self._later), action))

    def do(self, instance: Instance, command: c.Command) -> None:
        with self._database.begin(actor="test") as unit:
            row = lock(unit, instance.key)
            try:
                execute(unit, row, command)
            except bpmn.Rejected:
                return

    def run(self) -> None:
        """Until nothing is to be done and no timer is set."""
        for _ in range(300):
            background.deliver(self._database, "default")
            if not self._work() and not self._time():
                break
        self._incidents()

    def _work(self) -> bool:
        with self._database.begin(actor="test") as unit:
            waiting = select(WorkItem).where(WorkItem.state == "NEW").order_by(col(WorkItem.key))
            found = [i for i in unit.session.exec(waiting) if i.key not in self._seen]
            todo: deque[tuple[Instance, e.WorkCreated]] = deque()
            for item in found:
                self._seen.add(item.key)
                assert item.instance_key is not None
                assert item.element_key is not None
                row = unit.session.get(ProcessInstance, item.instance_key)
                assert row is not None
                instance = Instance(row.key, definitions.of(unit, row))
                instance.state = instances.replay(unit, row.key)
                created = e.WorkCreated(item.element_key, item.queue, 1, {}, item.payload)
                todo.append((instance, created))
        for instance, created in todo:
            if instance.state.get(created.key) is not None:
                self.do(instance, self._worker(instance, created))
        return bool(todo)

    def _time(self) -> bool:
        """Jump to the next moment at which something is due."""
        with self._database.begin(actor="test") as unit:
            timer = unit.session.exec(select(Timer.due_at).order_by(col(Timer.due_at))).first()
        moments = [*([timer] if timer else []), *(due for due, _, _ in self._later)]
        if not moments:
            return False
        clock = self._database.clock
        assert isinstance(clock, FixedClock)
        clock.advance(max(min(moments) - self.now, timedelta()))
        for due, number, action in sorted(self._later, key=lambda x: x[:2]):
            if due <= self.now:
                self._later = [x for x in self._later if x[1] != number]
                action()
        background.fire_timers(self._database, "default")
        return True

    def _incidents(self) -> None:
        with self._database.begin(actor="test") as unit:
            for row in unit.session.exec(select(Incident)):
                raised = e.IncidentRaised(row.key, row.element_key, row.error_type, "", "none")
                self.incidents.append(raised)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime(2026, 1, 1, tzinfo=UTC))


TESTS = betsy.tests(SUITE) if SUITE.is_dir() else []


@pytest.mark.parametrize("test", TESTS, ids=[Path(t["file"]).stem for t in TESTS])
def test_a_model_runs_durably_as_in_memory(test: Mapping[str, Any], database: Database) -> None:
    if Path(test["file"]).stem in ARGUED:
        pytest.skip("the standard contradicts the expectation; see tests/conformance/README.md")
    case = test["cases"][-1]
    xml = betsy.translated((SUITE / test["file"]).read_bytes())
    try:
        made = betsy.Case(lambda worker: DurableWorld(database, xml, worker))
    except InvalidModel:
        assert "ERROR_deployment" in case["expected"] or "ERROR" in case["expected"]
        return
    variables = {**case["vars"], "testCaseNumber": case["number"]}
    log = made.run(Path(test["file"]).stem, variables, parallel=case["parallelProcess"])
    assert betsy.matches(log, case["expected"]), log
    with database.begin(actor="test") as unit:
        alive = unit.session.exec(
            select(ElementInstance.element_id)
            .join(ProcessInstance, col(ProcessInstance.key) == ElementInstance.instance_key)
            .where(ElementInstance.state == "ACTIVE", ProcessInstance.state != "ACTIVE")
        )
        assert list(alive) == [], "an ended instance holds nothing alive"
