"""Instances go to another definition and back, and run on from there."""

import re
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
from orchestrator.kernel.keys import CountingKeys
from tests.unit.bpmn.conftest import NOW, Instance
from tests.unit.bpmn.test_modification import FORK, LINE, flows, service
from tests.unit.bpmn.test_replay_property import Block, Drawing, World, blocks

Make = Callable[..., Instance]


def parsed(body: str) -> bpmn.ProcessDefinition:
    (process,) = bpmn.parse(
        (
            '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"'
            ' xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="t">'
            f'<process id="p" isExecutable="true">{body}</process></definitions>'
        ).encode()
    )
    return process


def renamed(block: Block) -> tuple[bpmn.ProcessDefinition, bpmn.ProcessDefinition]:
    """A process and the same with other ids: `m1` for `n1`, `g1` for `f1`."""
    drawing = Drawing()
    drawing.scope(block)
    body = "".join(drawing.xml)
    return parsed(body), parsed(re.sub('"f', '"g', re.sub('"n', '"m', body)))


@settings(max_examples=100, deadline=None)
@given(blocks, st.integers(0, 8), st.booleans(), st.randoms(use_true_random=False))
def test_migrating_and_going_back_gives_the_same_state_and_both_run_to_an_end(
    block: Block, steps: int, back: bool, random: Any
) -> None:
    source, target = renamed(block)
    environment = bpmn.Environment(NOW, CountingKeys(2))
    state, world = bpmn.State(), World()
    command: c.Command = c.StartInstance(1, {"n": 0})
    for _ in range(steps + 1):
        run = bpmn.execute(source, state, command, environment)
        state = run.state
        for event in run.events:
            world.hear(event)
        if not world.waiting:
            return
        command = random.choice(world.waiting[random.choice(sorted(world.waiting))])
    plan = Plan(source, target, {name: f"m{name[1:]}" for name in source.elements})
    moved = migration.migrate(plan, state, 1, environment)
    after = moved.state
    if back:
        for event in migration.undo(moved.events):
            after = bpmn.evolve(after, event)
        assert after.snapshot() == state.snapshot()
    process = source if back else target
    for _ in range(200):
        if not world.waiting:
            break
        command = random.choice(world.waiting[random.choice(sorted(world.waiting))])
        if isinstance(command, c.FireTimer) and not back:
            command = c.FireTimer(command.key, f"m{command.element_id[1:]}")
        run = bpmn.execute(process, after, command, environment)
        after = run.state
        for event in run.events:
            if isinstance(event, e.TimerSet) and not back:
                event = e.TimerSet(event.timer_key, event.key, f"n{event.element_id[1:]}", "")
            world.hear(event)
    assert after.get(1) is None


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
