"""Random models of every kind of element: after every step the events, through their JSON,
rebuild the same state; and every run ends."""

import json
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from orchestrator import bpmn
from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from orchestrator.bpmn.elements import BEHAVIOURS
from orchestrator.kernel.keys import CountingKeys
from tests.unit.bpmn.conftest import NOW
from tests.unit.bpmn.random_models import Block, blocks, decisions, definition

INSTANCE = 1
OPEN = c.SetVariables(INSTANCE, {"open": True})


class World:
    """What waits outside the engine, as the events say."""

    def __init__(self, process: bpmn.ProcessDefinition) -> None:
        self._process = process
        self.waiting: dict[int, list[c.Command]] = {}
        self._opened = False

    def hear(self, event: e.Event) -> None:
        match event:
            case e.WorkCreated(key=key):
                self._add(key, c.CompleteElement(key, {"n": key}), c.ThrowError(key, "E", "no"))
            case e.UserTaskCreated(key=key):
                self._add(key, c.CompleteElement(key, {"answer": "yes"}))
            case e.TimerSet(key=key, element_id=element_id, trigger=trigger):
                self._add(key, c.FireTimer(key, element_id, trigger))
            case e.Subscribed(key=key, element_id=element_id, trigger=trigger):
                self._add(key, c.Deliver(key, element_id, trigger))
            case e.Unsubscribed(key=key, element_ids=gone):
                kept = [x for x in self.waiting.get(key, ()) if _element(x) not in gone]
                self.waiting[key] = kept
            case e.InstanceCalled(key=key):
                done, failed = c.CompleteElement(key, {"n": 1}), c.ThrowError(key, "E", "no")
                self._add(key, done, failed, c.ThrowEscalation(key, "X"))
            case e.IncidentRaised(key=key):
                self.waiting[key] = [c.CompleteElement(key)]
            case e.Completed(key=key) | e.Terminated(key=key):
                self.waiting.pop(key, None)

    def forget(self, command: c.Command) -> None:
        """It cannot happen."""
        for commands in self.waiting.values():
            commands[:] = [x for x in commands if x is not command]

    def rename(self, prefix: str) -> None:
        """The process goes on as one whose ids have a prefix."""
        for commands in self.waiting.values():
            commands[:] = [
                replace(x, element_id=prefix + x.element_id)
                if isinstance(x, c.Deliver | c.FireTimer)
                else x
                for x in commands
            ]

    def _add(self, key: int, *commands: c.Command) -> None:
        self.waiting.setdefault(key, []).extend(commands)

    def choose(self, random: Any) -> c.Command | None:
        """One of what may happen; an event that does not interrupt happens once."""
        keys = sorted(key for key, commands in self.waiting.items() if commands)
        if not keys:
            self._opened, first = True, not self._opened
            return OPEN if first else None
        key = random.choice(keys)
        command = random.choice(self.waiting[key])
        if isinstance(command, c.Deliver | c.FireTimer | c.ThrowEscalation):
            self.waiting[key].remove(command)
        return command


def _element(command: c.Command) -> str | None:
    return command.element_id if isinstance(command, c.Deliver | c.FireTimer) else None


def rebuilt(events: list[e.Event]) -> bpmn.State:
    state = bpmn.State()
    for event in events:
        state = bpmn.evolve(state, e.from_json(json.loads(json.dumps(event.to_json()))))
    return state


def environment() -> bpmn.Environment:
    return bpmn.Environment(NOW, CountingKeys(INSTANCE + 1), decisions)


BEGIN = c.StartInstance(INSTANCE, {"n": 0, "open": False})


@settings(max_examples=250, deadline=None)
@given(blocks, st.randoms(use_true_random=False))
def test_the_events_rebuild_the_state_after_every_step_and_every_run_ends(
    block: Block, random: Any
) -> None:
    process, around = definition(block), environment()
    world, events, state = World(process), list[e.Event](), bpmn.State()
    command: c.Command | None = BEGIN
    for _ in range(500):
        if command is None:
            break
        run = bpmn.execute(process, state, command, around)
        events.extend(run.events)
        for event in run.events:
            world.hear(event)
        state = rebuilt(events)  # go on from the record alone
        assert state.snapshot() == run.state.snapshot()
        if state.get(INSTANCE) is None:
            break
        command = world.choose(random)
    assert state.get(INSTANCE) is None
    assert state.snapshot()["live"] == {}


@settings(max_examples=80, deadline=None)
@given(blocks, st.integers(0, 5), st.randoms(use_true_random=False))
def test_cancelling_at_any_point_leaves_nothing_alive(
    block: Block, steps: int, random: Any
) -> None:
    process, around = definition(block), environment()
    world, state = World(process), bpmn.State()
    command: c.Command | None = BEGIN
    for _ in range(steps + 1):
        if command is None:
            break
        run = bpmn.execute(process, state, command, around)
        state = run.state
        for event in run.events:
            world.hear(event)
        if state.get(INSTANCE) is None:
            return
        command = world.choose(random)
    ended = bpmn.execute(process, state, c.CancelInstance(INSTANCE), around).state
    assert ended.snapshot()["live"] == {}


def test_the_random_models_use_every_kind_of_element() -> None:
    seen: set[str] = set()

    @settings(max_examples=500, deadline=None, database=None, derandomize=True)
    @given(blocks)
    def look(block: Block) -> None:
        seen.update(element.kind for element in definition(block).elements.values())

    look()
    assert seen == set(BEHAVIOURS)
