"""Tokens are moved by hand: what begins, what ends, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest

from orchestrator import bpmn
from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from tests.unit.bpmn.conftest import Instance

Make = Callable[..., Instance]


def service(element_id: str) -> str:
    return (
        f'<serviceTask id="{element_id}"><extensionElements>'
        f'<zeebe:taskDefinition type="{element_id}"/></extensionElements></serviceTask>'
    )


def flows(*pairs: str) -> str:
    ends = [pair.split(">") for pair in pairs]
    return "".join(f'<sequenceFlow id="{a}-{b}" sourceRef="{a}" targetRef="{b}"/>' for a, b in ends)


LINE = f'<startEvent id="s"/>{service("a")}{service("b")}<endEvent id="e"/>' + flows(
    "s>a", "a>b", "b>e"
)
NESTED = (
    f'<startEvent id="s"/>{service("a")}<subProcess id="outer"><startEvent id="os"/>'
    f'<subProcess id="inner"><startEvent id="is"/>{service("x")}{service("y")}<endEvent id="ie"/>'
    f'{flows("is>x", "x>y", "y>ie")}</subProcess><endEvent id="oe"/>{flows("os>inner", "inner>oe")}'
    '</subProcess><boundaryEvent id="late" attachedToRef="outer"><timerEventDefinition>'
    "<timeDuration>PT1H</timeDuration></timerEventDefinition></boundaryEvent>"
    f'<endEvent id="e"/><endEvent id="le"/>{flows("s>a", "a>outer", "outer>e", "late>le")}'
)
FORK = (
    f'<startEvent id="s"/><parallelGateway id="fork"/>{service("a")}{service("b")}'
    f'<parallelGateway id="join"/>{service("c")}<endEvent id="e"/>'
    + flows("s>fork", "fork>a", "fork>b", "a>join", "b>join", "join>c", "c>e")
)
EACH = (
    '<startEvent id="s"/><subProcess id="each"><multiInstanceLoopCharacteristics>'
    '<extensionElements><zeebe:loopCharacteristics inputCollection="=items" inputElement="item"/>'
    f'</extensionElements></multiInstanceLoopCharacteristics><startEvent id="is"/>{service("x")}'
    f'{service("y")}<endEvent id="ie"/>{flows("is>x", "x>y", "y>ie")}</subProcess>'
    f'<endEvent id="e"/>{flows("s>each", "each>e")}'
)


def modify(instance: Instance, **instructions: Any) -> list[e.Event]:
    return instance.do(c.ModifyInstance(1, **instructions))


def test_a_token_moves_to_another_element(instance: Make) -> None:
    made = instance(LINE).start()
    modify(made, move=(c.Move("a", "b"),))
    assert made.alive() == ["b"]
    made.complete("b")
    assert made.ended


def test_an_element_is_activated_beside_with_variables(instance: Make) -> None:
    made = instance(LINE).start()
    given = (c.Assign({"total": 1}), c.Assign({"own": 2}, "b"))
    modify(made, activate=(c.Activate("b", variables=given),))
    assert made.alive() == ["a", "b"]
    assert made.variables() == {"total": 1}
    assert dict(made.state.variables(made.at("b"))) == {"own": 2}


def test_scopes_that_are_missing_are_made_once_and_listen(instance: Make) -> None:
    made = instance(NESTED).start()
    modify(made, activate=(c.Activate("x"), c.Activate("y")), terminate=("a",))
    assert made.alive() == ["inner", "outer", "x", "y"]
    assert [t.element_id for t in made.of(e.TimerSet)] == ["late"]
    made.complete("x")
    (first, second) = (k for k, live in made._live().items() if live.element_id == "y")
    made.do(c.CompleteElement(first))
    made.do(c.CompleteElement(second))
    assert made.ended


def test_a_scope_that_is_left_empty_ends_up_to_the_process(instance: Make) -> None:
    made = instance(NESTED).start()
    made.complete("a")
    modify(made, terminate=("x",))
    assert made.ended
    assert {type(x) for x in made.events if getattr(x, "key", 0) == 1} >= {e.Terminated}


def test_a_token_that_waits_at_a_join_is_moved_behind_it(instance: Make) -> None:
    made = instance(FORK).start()
    made.complete("a")
    modify(made, move=(c.Move("join", "c"),), terminate=("b",))
    assert made.alive() == ["c"]
    made.complete("c")
    assert made.ended


def test_among_several_scopes_one_is_named(instance: Make) -> None:
    made = instance(EACH).start(items=[1, 2])
    with pytest.raises(bpmn.BadInstruction, match="ancestorElementInstanceKey"):
        modify(made, activate=(c.Activate("y"),))
    (turn, _) = sorted(
        live.key
        for live in made._live().values()
        if live.element_id == "each" and "turn" in live.data
    )
    modify(made, activate=(c.Activate("y", ancestor_key=turn),))
    assert made._live()[made.at("y")].scope_key == turn


def test_a_move_finds_the_scope_of_its_source(instance: Make) -> None:
    made = instance(EACH).start(items=[1, 2])
    before = {live.scope_key for live in made._live().values() if live.element_id == "x"}
    modify(made, move=(c.Move("x", "y", "inferred"),))
    after = {live.scope_key for live in made._live().values() if live.element_id == "y"}
    assert before == after


def test_a_parallel_loop_ends_without_the_turn_that_was_ended(instance: Make) -> None:
    made = instance(EACH).start(items=[1, 2])
    turns = sorted(x.key for x in made._live().values() if "turn" in x.data)
    modify(made, terminate=(turns[0],))
    made.complete("x")
    made.complete("y")
    assert made.ended


@pytest.mark.parametrize(
    "instructions",
    [
        {"activate": (c.Activate("nothing"),)},
        {"activate": (c.Activate("s"),)},
        {"activate": (c.Activate("a", variables=(c.Assign({"x": 1}, "b"),)),)},
        {"activate": (c.Activate("a", ancestor_key=77),)},
        {"terminate": ("b",)},
        {"terminate": (1,)},
        {"move": (c.Move("b", "a"),)},
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_changes(
    instance: Make, instructions: dict[str, Any]
) -> None:
    made = instance(LINE).start()
    before = made.state.snapshot()
    with pytest.raises(bpmn.BadInstruction):
        modify(made, **instructions)
    assert made.state.snapshot() == before
