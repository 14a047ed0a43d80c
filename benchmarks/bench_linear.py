"""Whether cost grows in proportion: time per turn of a loop and per child of a multi-instance
activity at several sizes, and the start of instances beside a million that have ended. All of it
durable: rows, work items, ledger."""

import time
from collections.abc import Callable

from benchmarks.server import opened, postgres
from orchestrator.bpmn.commands import CompleteElement
from orchestrator.process.deploy import deploy
from orchestrator.process.execute import execute, lock
from orchestrator.process.loading import RowLoader
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database
from orchestrator.store.tables import ProcessInstance

TURNS = (100, 1_000, 10_000)
CHILDREN = (100, 1_000, 5_000)
STARTS, FINISHED = 1_000, 1_000_000
GROWTH, BESIDE = 1.5, 1.3

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" id="d"'
    ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="bench">'
    '<process id="{0}" isExecutable="true">'
)
TAIL = "</process></definitions>"
TASK = '<extensionElements><zeebe:taskDefinition type="bench"/>{0}</extensionElements>'
LOOP = (
    HEAD.format("loop")
    + '<startEvent id="s"/><exclusiveGateway id="in"/><scriptTask id="t"><extensionElements>'
    '<zeebe:script expression="= n - 1" resultVariable="n"/></extensionElements></scriptTask>'
    '<exclusiveGateway id="out" default="over"/><endEvent id="e"/>'
    '<sequenceFlow id="f1" sourceRef="s" targetRef="in"/>'
    '<sequenceFlow id="f2" sourceRef="in" targetRef="t"/>'
    '<sequenceFlow id="f3" sourceRef="t" targetRef="out"/>'
    '<sequenceFlow id="again" sourceRef="out" targetRef="in">'
    "<conditionExpression>= n &gt; 0</conditionExpression></sequenceFlow>"
    '<sequenceFlow id="over" sourceRef="out" targetRef="e"/>' + TAIL
).encode()
EACH = (
    HEAD.format("each")
    + '<startEvent id="s"/><serviceTask id="t">'
    + TASK.format("")
    + '<multiInstanceLoopCharacteristics isSequential="false"><extensionElements>'
    '<zeebe:loopCharacteristics inputCollection="= for i in 1..n return i" inputElement="i"'
    ' outputCollection="done" outputElement="= i"/></extensionElements>'
    '</multiInstanceLoopCharacteristics></serviceTask><endEvent id="e"/>'
    '<sequenceFlow id="f1" sourceRef="s" targetRef="t"/>'
    '<sequenceFlow id="f2" sourceRef="t" targetRef="e"/>' + TAIL
).encode()
ONE = (
    HEAD.format("one")
    + '<startEvent id="s"/><serviceTask id="t">'
    + TASK.format("")
    + '</serviceTask><endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="t"/>'
    '<sequenceFlow id="f2" sourceRef="t" targetRef="e"/>' + TAIL
).encode()

# A million finished instances of one task each: their rows as the engine leaves them.
HISTORY = """
INSERT INTO process_instance
    (key, tenant_id, definition_key, process_id, version, depth, state, started_at, ended_at)
SELECT n, 'default', {definition}, 'one', 1, 0, 'COMPLETED', now(), now()
FROM generate_series(1, {count}) n;
INSERT INTO element_instance
    (key, tenant_id, instance_key, scope_key, element_id, element_type, state, started_at, ended_at)
SELECT 4 * n + part, 'default', n, n, 't', 'serviceTask', 'COMPLETED', now(), now()
FROM generate_series(1, {count}) n, generate_series(0, 3) part;
INSERT INTO work_item
    (key, tenant_id, queue, state, held, priority, payload, attempts, max_attempts, fencing_token,
     run_key, instance_key, element_key, element_id, created_at, updated_at)
SELECT n, 'default', 'bench', 'DONE', false, 0, '{{}}', 1, 3, 1, n, n, 4 * n, 't', now(), now()
FROM generate_series(1, {count}) n;
INSERT INTO ledger_event
    (tenant_id, stream, number, time, actor, kind, data, data_digest, previous_hash, hash)
SELECT 'default', 'process-instance/' || n, part, now(), 'bench', 'process.start_instance', '{{}}',
       sha256(''), sha256(''), sha256('')
FROM generate_series(1, {count}) n, generate_series(1, 2) part
"""


def main() -> None:
    with postgres() as server, opened(server) as database:
        with database.begin(actor="bench") as unit:
            files = [("loop.bpmn", LOOP), ("each.bpmn", EACH), ("one.bpmn", ONE)]
            deployment = deploy(unit, files)
        series("turn of a loop", lambda n: loop(database, n), TURNS)
        series("child, begun", lambda n: begin(database, n)[1], CHILDREN)
        series("child, begun and completed", lambda n: children(database, n), CHILDREN)
        beside(database, deployment.processes[2].key)


def timed(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def run(database: Database, process: str, size: int) -> ProcessInstance:
    with database.begin(actor="bench") as unit:
        request = StartRequest(process_id=process, variables={"n": size})
        return start(unit, request).instance


def loop(database: Database, turns: int) -> float:
    """The whole loop is one command: nothing in it waits."""
    return timed(lambda: run(database, "loop", turns))


def begin(database: Database, size: int) -> tuple[int, float]:
    begun = time.perf_counter()
    key = run(database, "each", size).key
    return key, time.perf_counter() - begun


def children(database: Database, size: int) -> float:
    """Each child is completed by a command in a transaction of its own."""
    key, spent = begin(database, size)
    with database.begin(actor="bench") as unit:
        (body,) = RowLoader(unit, key).children(key)
        waiting = [child.key for child in RowLoader(unit, key).children(body.key)]

    def complete() -> None:
        for child in waiting:
            with database.begin(actor="bench") as unit:
                execute(unit, lock(unit, key), CompleteElement(child))

    return spent + timed(complete)


def series(what: str, cost: Callable[[int], float], sizes: tuple[int, ...]) -> None:
    """The least of a few runs where they are short."""
    cost(sizes[0])  # warms up
    each = [min(cost(n) for _ in range(3 if n < sizes[-1] else 1)) / n for n in sizes]
    shown = "  ".join(f"{n:>6,}: {1e6 * t:7.0f} us" for n, t in zip(sizes, each, strict=True))
    verdict = "in proportion" if each[-1] <= GROWTH * each[0] else "GROWS"
    print(f"  time per {what:<28} {shown}   {verdict}")  # noqa: T201


def beside(database: Database, definition: int) -> None:
    def starts() -> float:
        return timed(lambda: [run(database, "one", 0) for _ in range(STARTS)])

    empty = min(starts() for _ in range(2))
    with database.begin(actor="bench") as unit:
        history = HISTORY.format(definition=definition, count=FINISHED)
        unit.session.connection().exec_driver_sql(history)
    full = min(starts() for _ in range(2))
    verdict = "reached" if full <= BESIDE * empty else "NOT reached"
    print(  # noqa: T201
        f"  start of {STARTS:,} instances: {empty:.2f} s; beside {FINISHED:,} finished ones"
        f" {full:.2f} s, {full / empty:.2f} x   target {BESIDE} x: {verdict}"
    )
