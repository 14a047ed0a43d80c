"""A command with too many steps stops, and is gone on with by resolving its incident."""

from collections.abc import Callable
from typing import Any
from unittest.mock import patch

from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from orchestrator import bpmn
from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from orchestrator.bpmn import run as limits
from tests.unit.bpmn.random_models import Block, blocks, definition
from tests.unit.bpmn.test_replay_property import BEGIN, INSTANCE, World, environment

COUNTING = """<startEvent id="s"/><endEvent id="e"/><exclusiveGateway id="g" default="again"/>
<scriptTask id="t"><extensionElements><zeebe:script expression="=n + 1" resultVariable="n"/>
</extensionElements></scriptTask><sequenceFlow id="f" sourceRef="s" targetRef="t"/>
<sequenceFlow id="a" sourceRef="t" targetRef="g"/>
<sequenceFlow id="again" sourceRef="g" targetRef="t"/>
<sequenceFlow id="out" sourceRef="g" targetRef="e">
<conditionExpression>=n = 50</conditionExpression></sequenceFlow>"""


class Paused:
    """An instance whose every command stops after each step."""

    def __init__(self, process: bpmn.ProcessDefinition) -> None:
        self.process, self.around = process, environment()
        self.state, self.events = bpmn.State(), list[e.Event]()

    def do(self, command: c.Command) -> None:
        waiting: list[c.Command] = [command]
        while waiting:
            run = bpmn.execute(self.process, self.state, waiting.pop(), self.around)
            self.state = run.state
            for event in run.events:
                if isinstance(event, e.IncidentRaised) and event.error_type == "LOOP":
                    waiting.append(c.ResolveIncident(event.key))
            self.events += run.events


def activated(events: list[e.Event]) -> list[tuple[str, int]]:
    return [(x.element_id, x.key) for x in events if isinstance(x, e.Activated)]


@settings(max_examples=150, deadline=None)
@given(blocks, st.randoms(use_true_random=False))
def test_what_stops_after_every_step_goes_the_same_way(block: Block, random: Any) -> None:
    process, around = definition(block), environment()
    plain, events, world, paused = bpmn.State(), list[e.Event](), World(process), Paused(process)
    command: c.Command | None = BEGIN
    keys = {INSTANCE: INSTANCE}
    for _ in range(100):
        if command is None or (plain.get(INSTANCE) is None and events):
            break
        run = bpmn.execute(process, plain, command, around)
        plain = run.state
        events += run.events
        for event in run.events:
            world.hear(event)
        there = command if isinstance(command, c.StartInstance) else _translated(command, keys)
        with patch.object(limits, "MAX_STEPS", 1):
            paused.do(there)
        ours, theirs = activated(events), activated(paused.events)
        assert [name for name, _ in ours] == [name for name, _ in theirs]
        keys = {a: b for (_, a), (_, b) in zip(ours, theirs, strict=True)}
        command = world.choose(random)
    ended = [(keys[x.key], type(x)) for x in events if isinstance(x, e.Completed | e.Terminated)]
    assert ended == [
        (x.key, type(x)) for x in paused.events if isinstance(x, e.Completed | e.Terminated)
    ]


def _translated(command: Any, keys: dict[int, int]) -> c.Command:
    done: c.Command = replace(command, key=keys[command.key])
    return done


def test_a_long_loop_is_gone_on_with_for_as_many_steps_again(
    instance: Callable[..., Any],
) -> None:
    with patch.object(limits, "MAX_STEPS", 30):
        run = instance(COUNTING).start(n=0)
        (incident,) = run.of(e.IncidentRaised)
        assert incident.error_type == "LOOP"
        assert run.variables() == {"n": 15}
        for _ in range(3):
            assert not run.ended
            run.do(c.ResolveIncident(run.of(e.IncidentRaised)[-1].key))
    assert run.ended
    assert [run.of(e.VariableSet)[-1].value, len(run.of(e.IncidentRaised))] == [50, 3]


def test_what_is_left_ends_with_what_it_is_in(instance: Callable[..., Any]) -> None:
    around = """<startEvent id="b"/><endEvent id="z"/><endEvent id="late"/>
    <sequenceFlow id="i" sourceRef="b" targetRef="sub"/>
    <sequenceFlow id="o" sourceRef="sub" targetRef="z"/>
    <boundaryEvent id="stop" attachedToRef="sub"><timerEventDefinition><timeDuration>PT1H
    </timeDuration></timerEventDefinition></boundaryEvent>
    <sequenceFlow id="l" sourceRef="stop" targetRef="late"/>"""
    with patch.object(limits, "MAX_STEPS", 20):
        run = instance(f'{around}<subProcess id="sub">{COUNTING}</subProcess>').start(n=0)
    (incident,) = run.of(e.IncidentRaised)
    assert incident.key != run.at("sub")
    run.do(c.FireTimer(run.at("sub"), "stop"))
    assert run.ended
