"""Instances go to another definition and back, and run on from there."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator import bpmn
from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from orchestrator.bpmn.change import migration
from orchestrator.bpmn.change.plan import Plan, same_ids
from tests.unit.bpmn.conftest import Instance
from tests.unit.bpmn.random_models import Block, blocks, definition
from tests.unit.bpmn.test_modification import FORK, LINE, flows, service
from tests.unit.bpmn.test_replay_property import BEGIN, INSTANCE, World, environment

Make = Callable[..., Instance]
AROUND = environment()


def parsed(body: str) -> bpmn.ProcessDefinition:
    (process,) = bpmn.parse(
        (
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
            ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">'
            f'<process id="p" isExecutable="true">{body}</process></definitions>'
        ).encode()
    )
    return process


def play(
    process: bpmn.ProcessDefinition,
    state: bpmn.State,
    command: c.Command | None,
    world: World,
    random: Any,
    steps: int,
) -> bpmn.State:
    """The state after some steps, or at the end."""
    for _ in range(steps):
        command = command or world.choose(random)
        if command is None:
            break
        run = bpmn.execute(process, state, command, AROUND)
        state = run.state
        for event in run.events:
            world.hear(event)
        if state.get(INSTANCE) is None:
            break
        command = None
    return state


@settings(max_examples=60, deadline=None)
@given(blocks, st.integers(1, 8), st.booleans(), st.randoms(use_true_random=False))
def test_migrating_and_going_back_gives_the_same_state_and_both_run_to_an_end(
    block: Block, steps: int, back: bool, random: Any
) -> None:
    source, target = definition(block), definition(block, "x")
    world = World(source)
    state = play(source, bpmn.State(), BEGIN, world, random, steps)
    if state.get(INSTANCE) is None:
        return
    plan = Plan(source, target, {name: f"x{name}" for name in source.elements})
    moved = migration.migrate(plan, state, INSTANCE, AROUND)
    after, process = moved.state, target
    if back:
        process = source
        for event in migration.undo(moved.events):
            after = bpmn.evolve(after, event)
        assert after.snapshot() == state.snapshot()
    else:
        world.rename("x")
    after = play(process, after, None, world, random, 500)
    assert after.get(INSTANCE) is None


TIMER = "<timerEventDefinition><timeDuration>PT{}H</timeDuration></timerEventDefinition>"
GUARDED = LINE + (
    f'<boundaryEvent id="{{}}" attachedToRef="a">{TIMER.format(1)}</boundaryEvent>'
    f'<endEvent id="late"/><sequenceFlow id="l" sourceRef="{{}}" targetRef="late"/>'
)


def to(made: Instance, body: str, mapping: dict[str, str] | None = None) -> list[e.Event]:
    target = parsed(body)
    elements = same_ids(made.definition, target) if mapping is None else mapping
    run = migration.migrate(
        Plan(made.definition, target, elements), made.state, 1, made.environment
    )
    made.definition, made.state = target, run.state
    return run.events


def test_a_mapped_event_is_waited_for_as_before_another_from_now(instance: Make) -> None:
    made = instance(GUARDED.format("t1", "t1")).start()
    events = to(made, GUARDED.format("t2", "t2"), {"a": "a", "t1": "t2"})
    assert [x for x in events if isinstance(x, e.WaitMigrated)] == [
        e.WaitMigrated(made.at("a"), "t1", "t2")
    ]
    made.do(c.FireTimer(made.at("a"), "t2"))
    assert made.ended
    other = instance(GUARDED.format("t1", "t1")).start()
    events = to(other, GUARDED.format("t2", "t2"), {"a": "a"})
    assert e.Unsubscribed(other.at("a"), ["t1"]) in events
    assert [x.element_id for x in events if isinstance(x, e.TimerSet)] == ["t2"]


def test_the_next_steps_are_those_of_the_target(instance: Make) -> None:
    made = instance(LINE).start()
    longer = (
        f'<startEvent id="s"/>{service("a")}{service("b")}{service("new")}<endEvent id="e"/>'
        + flows("s>a", "a>new", "new>b", "b>e")
    )
    to(made, longer)
    made.complete("a")
    assert made.alive() == ["new"]


def test_tokens_at_a_join_come_over_the_flow_from_the_mapped_element(instance: Make) -> None:
    made = instance(FORK).start()
    made.complete("a")
    to(made, FORK.replace('"a-join"', '"other"'))
    assert made.state.get(1).joins == {"join": {"other": 1}}  # type: ignore[union-attr]
    made.complete("b")
    assert made.alive() == ["c"]


def test_what_was_kept_while_suspended_is_done_at_the_mapped_event(instance: Make) -> None:
    made = instance(GUARDED.format("t1", "t1")).start()
    made.do(c.SuspendInstance(1))
    made.do(c.FireTimer(made.at("a"), "t1"))
    to(made, GUARDED.format("t2", "t2"), {"a": "a", "t1": "t2"})
    made.do(c.ResumeInstance(1))
    assert made.ended


def test_a_signal_kept_while_suspended_reaches_the_mapped_event(instance: Make) -> None:
    made = instance(GUARDED.format("t1", "t1")).start()
    made.do(c.SuspendInstance(1))
    made.do(c.ReceiveSignal(1, "x", [(made.at("a"), "t1", 0)]))
    to(made, GUARDED.format("t2", "t2"), {"a": "a", "t1": "t2"})
    made.do(c.ResumeInstance(1))
    assert made.ended


def inside(scope: str) -> str:
    return (
        f'<startEvent id="s"/><subProcess id="{scope}"><startEvent id="is"/>{service("a")}'
        f'<endEvent id="ie"/>{flows("is>a", "a>ie")}</subProcess><endEvent id="e"/>'
        + flows(f"s>{scope}", f"{scope}>e")
    )


@pytest.mark.parametrize(
    ("source", "target", "mapping", "why"),
    [
        (LINE, LINE, {}, "a is active, so it needs a mapping"),
        (LINE, LINE, {"a": "nothing"}, "nothing is not in the target"),
        (LINE, LINE, {"a": "e"}, "differ in kind"),
        (LINE, inside("x"), {"a": "a"}, "another scope"),
        (inside("x"), inside("y"), {"a": "a"}, "x is active"),
    ],
)
def test_what_does_not_fit_is_refused_with_the_reason(
    instance: Make, source: str, target: str, mapping: dict[str, str], why: str
) -> None:
    made = instance(source).start()
    with pytest.raises(bpmn.BadInstruction, match=why):
        to(made, target, mapping)


def test_a_token_that_has_no_way_in_the_target_is_named(instance: Make) -> None:
    made = instance(FORK).start()
    made.complete("a")
    without = FORK.replace(flows("a>join"), flows("a>c"))
    with pytest.raises(bpmn.BadInstruction, match="join holds a token of a-join"):
        to(made, without, {"b": "b", "join": "join"})
