"""Random block-structured models: after every step the events, through their JSON, rebuild the
same state; and every run ends."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from itertools import count, pairwise
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator import bpmn
from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from orchestrator.kernel.keys import CountingKeys

NOW = datetime(2026, 1, 1, tzinfo=UTC)
INSTANCE = 1
TASK = (
    '<extensionElements><zeebe:taskDefinition type="q"/><zeebe:ioMapping>'
    '<zeebe:input source="=n" target="seen"/></zeebe:ioMapping></extensionElements>'
)

Block = tuple[Any, ...]
leaves = st.sampled_from([("task",), ("user",), ("script",), ("timer",), ("guarded",)])
blocks = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.tuples(st.just("sequence"), st.lists(inner, min_size=1, max_size=3)),
        st.tuples(st.just("parallel"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("exclusive"), st.lists(inner, min_size=2, max_size=3)),
        st.tuples(st.just("subprocess"), inner),
    ),
    max_leaves=8,
)


class Drawing:
    """Draws a block as BPMN: each part has one way in and one way out."""

    def __init__(self) -> None:
        self._ids = count(1)
        self.xml: list[str] = []

    def node(self, tag: str, inside: str = "", attributes: str = "") -> str:
        name = f"n{next(self._ids)}"
        self.xml.append(f'<{tag} id="{name}" {attributes}>{inside}</{tag}>')
        return name

    def flow(self, source: str, target: str, condition: str = "") -> str:
        name = f"f{next(self._ids)}"
        inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        ends = f'sourceRef="{source}" targetRef="{target}"'
        self.xml.append(f'<sequenceFlow id="{name}" {ends}>{inside}</sequenceFlow>')
        return name

    def block(self, block: Block) -> tuple[str, str]:
        kind, *rest = block
        draw: Callable[..., tuple[str, str]] = getattr(self, f"_{kind}")
        return draw(*rest)

    def scope(self, block: Block) -> None:
        first, last = self.block(block)
        self.flow(self.node("startEvent"), first)
        self.flow(last, self.node("endEvent"))

    def _one(self, tag: str, inside: str = "") -> tuple[str, str]:
        name = self.node(tag, inside)
        return name, name

    def _task(self) -> tuple[str, str]:
        return self._one("serviceTask", TASK)

    def _user(self) -> tuple[str, str]:
        return self._one("userTask")

    def _script(self) -> tuple[str, str]:
        script = '<zeebe:script expression="=n + 1" resultVariable="n"/>'
        return self._one("scriptTask", f"<extensionElements>{script}</extensionElements>")

    def _timer(self) -> tuple[str, str]:
        due = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
        return self._one("intermediateCatchEvent", due)

    def _guarded(self) -> tuple[str, str]:
        """A task with a timer and an error boundary that lead to the same end."""
        task, join = self.node("serviceTask", TASK), self.node("exclusiveGateway")
        self.flow(task, join)
        due = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
        for inside in (due, "<errorEventDefinition/>"):
            self.flow(self.node("boundaryEvent", inside, f'attachedToRef="{task}"'), join)
        return task, join

    def _sequence(self, parts: list[Block]) -> tuple[str, str]:
        ends = [self.block(part) for part in parts]
        for (_, left), (right, _) in pairwise(ends):
            self.flow(left, right)
        return ends[0][0], ends[-1][1]

    def _parallel(self, parts: list[Block]) -> tuple[str, str]:
        fork, join = self.node("parallelGateway"), self.node("parallelGateway")
        for first, last in map(self.block, parts):
            self.flow(fork, first)
            self.flow(last, join)
        return fork, join

    def _exclusive(self, parts: list[Block]) -> tuple[str, str]:
        split, join = f"n{next(self._ids)}", self.node("exclusiveGateway")
        flows = []
        for number, (first, last) in enumerate(map(self.block, parts)):
            condition = f"=modulo(n, {len(parts)}) = {number}" if number else ""
            flows.append(self.flow(split, first, condition))
            self.flow(last, join)
        self.xml.append(f'<exclusiveGateway id="{split}" default="{flows[0]}"/>')
        return split, join

    def _subprocess(self, part: Block) -> tuple[str, str]:
        outer, self.xml = self.xml, []
        self.scope(part)
        inside, self.xml = "".join(self.xml), outer
        return self._one("subProcess", inside)


def definition(block: Block) -> bpmn.ProcessDefinition:
    drawing = Drawing()
    drawing.scope(block)
    (process,) = bpmn.parse(
        (
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
            ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">'
            f'<process id="p" isExecutable="true">{"".join(drawing.xml)}</process></definitions>'
        ).encode()
    )
    return process


class World:
    """What waits outside the engine, as the events say."""

    def __init__(self) -> None:
        self.waiting: dict[int, list[c.Command]] = {}

    def hear(self, event: e.Event) -> None:
        match event:
            case e.WorkCreated(key=key):
                done = c.CompleteElement(key, {"n": key})
                self.waiting.setdefault(key, []).extend([done, c.ThrowError(key, "E", "no")])
            case e.UserTaskCreated(key=key):
                self.waiting.setdefault(key, []).append(c.CompleteElement(key, {"answer": "yes"}))
            case e.TimerSet(key=key, element_id=element_id):
                self.waiting.setdefault(key, []).append(c.FireTimer(key, element_id))
            case e.IncidentRaised(key=key):
                self.waiting[key] = [c.CompleteElement(key)]
            case e.Completed(key=key) | e.Terminated(key=key):
                self.waiting.pop(key, None)


def rebuilt(events: list[e.Event]) -> bpmn.State:
    state = bpmn.State()
    for event in events:
        state = bpmn.evolve(state, e.from_json(json.loads(json.dumps(event.to_json()))))
    return state


@settings(max_examples=150, deadline=None)
@given(blocks, st.randoms(use_true_random=False))
def test_the_events_rebuild_the_state_after_every_step_and_every_run_ends(
    block: Block, random: Any
) -> None:
    process, world = definition(block), World()
    environment = bpmn.Environment(NOW, CountingKeys(INSTANCE + 1))
    state, events = bpmn.State(), list[e.Event]()
    command: c.Command = c.StartInstance(INSTANCE, {"n": 0})
    for _ in range(200):
        run = bpmn.execute(process, state, command, environment)
        events.extend(run.events)
        for event in run.events:
            world.hear(event)
        state = rebuilt(events)  # go on from the record alone
        assert state.snapshot() == run.state.snapshot()
        if not world.waiting:
            break
        command = random.choice(world.waiting[random.choice(sorted(world.waiting))])
    assert state.get(INSTANCE) is None
    assert state.snapshot()["live"] == {}


@settings(max_examples=50, deadline=None)
@given(blocks, st.integers(0, 5), st.randoms(use_true_random=False))
def test_cancelling_at_any_point_leaves_nothing_alive(
    block: Block, steps: int, random: Any
) -> None:
    process, world = definition(block), World()
    environment = bpmn.Environment(NOW, CountingKeys(INSTANCE + 1))
    state = bpmn.State()
    command: c.Command = c.StartInstance(INSTANCE, {"n": 0})
    for _ in range(steps + 1):
        run = bpmn.execute(process, state, command, environment)
        state = run.state
        for event in run.events:
            world.hear(event)
        if not world.waiting:
            return
        command = random.choice(world.waiting[random.choice(sorted(world.waiting))])
    ended = bpmn.execute(process, state, c.CancelInstance(INSTANCE), environment).state
    assert ended.snapshot()["live"] == {}
