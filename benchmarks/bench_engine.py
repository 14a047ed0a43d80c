"""Elements per second: our engine in memory and durable, SpiffWorkflow in memory and with its
JSON serialisation at every step. The same process of ten tasks in a row, the tasks completed one
at a time; all in one run, so that the ratios hold on any machine."""

import io
import time
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import pairwise

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.serializer.workflow import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from benchmarks.server import opened, postgres
from orchestrator import bpmn
from orchestrator.bpmn import events as e
from orchestrator.bpmn.commands import CompleteElement, StartInstance
from orchestrator.kernel.keys import CountingKeys
from orchestrator.process.deploy import deploy
from orchestrator.process.execute import execute, lock
from orchestrator.process.loading import RowLoader
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database
from orchestrator.store.unit import Unit

TASKS = 10
ELEMENTS = TASKS + 2  # with the start and the end event
SECONDS = 2.0
TARGET = 10.0


def model(kind: str, extension: str = "", tasks: int = TASKS) -> bytes:
    """A process with tasks of the given kind in a row."""
    nodes = [f'<{kind} id="t{i}">{extension}</{kind}>' for i in range(tasks)]
    ids = ["start", *(f"t{i}" for i in range(tasks)), "end"]
    flows = [
        f'<sequenceFlow id="f{i}" sourceRef="{a}" targetRef="{b}"/>'
        for i, (a, b) in enumerate(pairwise(ids))
    ]
    body = "".join(['<startEvent id="start"/>', *nodes, '<endEvent id="end"/>', *flows])
    return (
        '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"'
        ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="bench">'
        f'<process id="linear" isExecutable="true">{body}</process></definitions>'
    ).encode()


OURS = model(
    "serviceTask",
    '<extensionElements><zeebe:taskDefinition type="bench"/></extensionElements>',
)


def rate(one: Callable[[], None]) -> float:
    """Elements per second of `one`, which runs one instance; the first warms up."""
    one()
    begun, instances = time.perf_counter(), 0
    while (spent := time.perf_counter() - begun) < SECONDS:
        one()
        instances += 1
    return instances * ELEMENTS / spent


def pure() -> float:
    (definition,) = bpmn.parse(OURS)
    environment = bpmn.Environment(datetime.now(UTC), CountingKeys(2))

    def one() -> None:
        run = bpmn.execute(definition, bpmn.State(), StartInstance(1), environment)
        while waiting := [x.key for x in run.events if isinstance(x, e.WorkCreated)]:
            run = bpmn.execute(definition, run.state, CompleteElement(waiting[0]), environment)
        if run.state.get(1) is not None:
            raise AssertionError("the instance has not ended")

    return rate(one)


def durable(database: Database) -> float:
    """Every command in its own transaction: rows, work items, ledger."""
    with database.begin(actor="bench") as unit:
        deploy(unit, [("linear.bpmn", OURS)])

    def one() -> None:
        with database.begin(actor="bench") as unit:
            instance = start(unit, StartRequest(process_id="linear")).instance
            waiting = _waiting(unit, instance.key)
        for _ in range(TASKS):
            with database.begin(actor="bench") as unit:
                events = execute(unit, lock(unit, instance.key), CompleteElement(waiting))
                waiting = next((x.key for x in events if isinstance(x, e.WorkCreated)), 0)

    return rate(one)


def _waiting(unit: Unit, instance_key: int) -> int:
    (live,) = RowLoader(unit, instance_key).children(instance_key)
    return live.key


def spiff(*, serialised: bool) -> float:
    parser = BpmnParser()
    parser.add_bpmn_xml(etree.parse(io.BytesIO(model("manualTask"))))
    spec = parser.get_spec("linear")
    serializer = BpmnWorkflowSerializer()

    def one() -> None:
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        while (task := workflow.get_next_task(state=TaskState.READY, manual=True)) is not None:
            task.run()
            workflow.do_engine_steps()
            if serialised:
                workflow = serializer.deserialize_json(serializer.serialize_json(workflow))
        if not workflow.completed:
            raise AssertionError("the instance has not ended")

    return rate(one)


def main() -> None:
    with postgres() as server, opened(server) as database:
        report(pure(), durable(database), spiff(serialised=False), spiff(serialised=True))


def report(ours: float, stored: float, memory: float, serialised: float) -> None:
    print(f"engine: {TASKS} tasks in a row, elements/s")  # noqa: T201
    for name, value in (
        ("pure engine", ours),
        ("durable engine (PostgreSQL, work items, ledger)", stored),
        ("SpiffWorkflow in memory", memory),
        ("SpiffWorkflow, JSON at every step", serialised),
    ):
        print(  # noqa: T201
            f"  {name:<48} {value:>10,.0f}   {value / memory:>7.2f} x in memory"
            f"   {value / serialised:>7.2f} x with JSON"
        )
    verdict = "reached" if ours >= TARGET * memory else "NOT reached"
    print(f"  target: pure >= {TARGET:.0f} x SpiffWorkflow in memory: {verdict}")  # noqa: T201
