"""A suspended instance keeps what comes, and comes to the same end."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator import bpmn
from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from tests.unit.bpmn.conftest import Instance
from tests.unit.bpmn.random_models import Block, blocks, definition
from tests.unit.bpmn.test_modification import LINE
from tests.unit.bpmn.test_replay_property import BEGIN, INSTANCE, World, environment

Make = Callable[..., Instance]
CONDITION = (
    '<conditionalEventDefinition><condition xsi:type="tFormalExpression"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">=ready</condition>'
    "</conditionalEventDefinition>"
)


@settings(max_examples=40, deadline=None)
@given(blocks, st.randoms(use_true_random=False))
def test_suspended_at_any_time_it_replays_and_still_comes_to_its_end(
    block: Block, random: Any
) -> None:
    process, around = definition(block), environment()
    world, state = World(process), bpmn.State()
    command: c.Command | None = BEGIN
    for turn in range(500):
        if command is None:
            break
        before = state.get(INSTANCE)
        suspended = before is not None and before.suspended
        try:
            run = bpmn.execute(process, state, command, around)
        except bpmn.Rejected:  # it would be, after what is kept
            assert suspended
            world.forget(command)
        else:
            for event in run.events:
                world.hear(event)
                state = bpmn.evolve(state, e.from_json(json.loads(json.dumps(event.to_json()))))
            assert state.snapshot() == run.state.snapshot()
        root = state.get(INSTANCE)
        if root is None:
            break
        toggles = turn < 50 and random.random() < 0.3
        command = _next(world, random, suspended=root.suspended, toggles=toggles)
    assert state.get(INSTANCE) is None


def _next(world: World, random: Any, *, suspended: bool, toggles: bool) -> c.Command | None:
    if toggles:
        return c.ResumeInstance(INSTANCE) if suspended else c.SuspendInstance(INSTANCE)
    return world.choose(random) or (c.ResumeInstance(INSTANCE) if suspended else None)


def test_what_would_be_refused_after_what_is_kept_is_refused_now(instance: Make) -> None:
    made = instance(LINE).start()
    made.do(c.SuspendInstance(1))
    made.complete("a", n=1)
    with pytest.raises(bpmn.Rejected):
        made.complete("a", n=2)
    made.do(c.ResumeInstance(1))
    assert (made.alive(), made.variables()) == (["b"], {"n": 1})


def test_what_a_change_has_ended_meanwhile_is_passed_over(instance: Make) -> None:
    made = instance(LINE).start()
    made.do(c.SuspendInstance(1))
    made.complete("a")
    made.do(c.ModifyInstance(1, move=(c.Move("a", "b"),)))
    made.do(c.ResumeInstance(1))
    assert made.alive() == ["b"]


def test_a_condition_that_becomes_true_is_seen_when_it_goes_on(instance: Make) -> None:
    made = instance(
        '<startEvent id="s"/><intermediateCatchEvent id="wait">'
        f"{CONDITION}</intermediateCatchEvent>"
        '<endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="wait"/>'
        '<sequenceFlow id="g" sourceRef="wait" targetRef="e"/>'
    ).start(ready=False)
    made.do(c.SuspendInstance(1))
    made.do(c.SetVariables(1, {"ready": True}))
    assert made.alive() == ["wait"]
    made.do(c.ResumeInstance(1))
    assert made.ended
