"""A dry run tells whether an instance could reach an end, would be stuck, or lacks a variable."""

import re
from collections.abc import Callable
from typing import Any

import pytest

from orchestrator.bpmn.change import migration
from orchestrator.bpmn.change.forecast import Forecast, Forecaster, Missing, Verdict
from orchestrator.bpmn.change.plan import Plan, same_ids
from tests.unit.bpmn.conftest import Instance
from tests.unit.bpmn.test_migration import parsed
from tests.unit.bpmn.test_modification import FORK, LINE, NESTED, flows, service

Make = Callable[..., Instance]


def forecast(made: Instance, body: str, **mapping: str) -> Forecast:
    target = parsed(body)
    plan = Plan(made.definition, target, {**same_ids(made.definition, target), **mapping})
    after = migration.migrate(plan, made.state, 1, made.environment).state
    return Forecaster(made.definition, target).forecast(1, made.state, after)


def choice(condition: str, before: str = "") -> str:
    """s, what is `before` it, a, then x or y by a condition."""
    return (
        f'<startEvent id="s"/>{before}{service("a")}<exclusiveGateway id="which" default="d"/>'
        f'{service("x")}{service("y")}<endEvent id="e"/>'
        f'<sequenceFlow id="c" sourceRef="which" targetRef="x"><conditionExpression>'
        f"={condition}</conditionExpression></sequenceFlow>"
        '<sequenceFlow id="d" sourceRef="which" targetRef="y"/>'
        + flows("a>which", "x>e", "y>e", *(["s>risk", "risk>a"] if before else ["s>a"]))
    )


RISK = (
    '<scriptTask id="risk"><extensionElements><zeebe:script expression="=amount * 2"'
    ' resultVariable="risk"/></extensionElements></scriptTask>'
)


def test_one_that_goes_on_as_before_can_reach_an_end(instance: Make) -> None:
    for body in (LINE, FORK, NESTED):
        assert forecast(instance(body).start(), body).verdict is Verdict.OK


def test_a_join_that_wants_one_token_more_holds_the_others_for_ever(instance: Make) -> None:
    third = FORK.replace(
        '<parallelGateway id="join"/>', f'<parallelGateway id="join"/>{service("n")}'
    )
    third += flows("fork>n", "n>join")
    found = forecast(instance(FORK).start(), third)
    assert (found.verdict, found.stuck_at) == (Verdict.STUCK, ("join",))
    assert "would wait for ever at join" in found.reason


def test_a_line_that_becomes_a_branch_is_stuck_at_the_join(instance: Make) -> None:
    assert forecast(instance(LINE).start(), FORK).stuck_at == ("join",)


def test_a_token_stuck_inside_a_subprocess_can_leave_by_its_boundary_event(
    instance: Make,
) -> None:
    made = instance(NESTED).start()
    made.complete("a")
    join = NESTED.replace(
        flows("is>x", "x>y", "y>ie"),
        '<parallelGateway id="fork"/><parallelGateway id="join"/>'
        + flows("is>fork", "fork>x", "fork>y", "x>join", "y>join", "join>ie"),
    )
    found = forecast(made, join)
    assert (found.verdict, found.stuck_at) == (Verdict.STUCK, ("join",))
    assert "may wait" in found.reason
    alone = re.sub(r"<boundaryEvent.*?</boundaryEvent>|" + flows("late>le"), "", join)
    alone = alone.replace('<endEvent id="le"/>', "")
    assert "would wait" in forecast(made, alone).reason


def test_an_inclusive_join_does_not_wait_for_what_cannot_come(instance: Make) -> None:
    body = FORK.replace('<parallelGateway id="join"/>', '<inclusiveGateway id="join"/>')
    line = instance(LINE).start()
    assert forecast(line, body).verdict is Verdict.OK


def test_a_variable_made_by_a_step_that_is_past_is_missing(instance: Make) -> None:
    target = choice("risk &gt; 5", RISK)
    found = forecast(instance(choice("amount &gt; 5")).start(amount=1), target)
    assert found.verdict is Verdict.LACKS_VARIABLE
    assert found.missing == (Missing("risk", "which", ("a",)),)
    assert forecast(instance(choice("amount &gt; 5")).start(amount=1, risk=3), target).verdict is (
        Verdict.OK
    )


def test_what_comes_from_work_as_before_is_not_missing(instance: Make) -> None:
    body = choice("approved")
    assert forecast(instance(body).start(), body).verdict is Verdict.OK


@pytest.mark.parametrize(
    "condition", ["risk = null or risk &gt; 5", "if risk = 1 then true else false"]
)
def test_an_expression_that_can_do_without_a_variable_does_not_need_it(
    instance: Make, condition: str
) -> None:
    made = instance(choice("amount &gt; 5")).start(amount=1)
    assert forecast(made, choice(condition, RISK)).verdict is Verdict.OK


def test_a_step_to_come_that_gives_it_is_enough(instance: Make) -> None:
    later = RISK.replace('"risk"><ext', '"late"><ext')
    body = (
        f'<startEvent id="s"/>{service("a")}{later}{service("b")}<endEvent id="e"/>'
        + flows("s>a", "a>late", "late>b", "b>e")
    ).replace('type="b"', 'type="=string(risk)"')
    made = instance(LINE).start(amount=1)
    assert forecast(made, body).verdict is Verdict.OK
    lacking: Any = forecast(instance(LINE).start(), body)
    assert [m.name for m in lacking.missing] == ["amount"]


def test_a_loop_without_a_way_out_never_ends(instance: Make) -> None:
    body = (
        f'<startEvent id="s"/><parallelGateway id="fork"/>{service("a")}{service("b")}'
        '<endEvent id="e"/>' + flows("s>fork", "fork>e", "fork>a", "a>b", "b>a")
    )
    assert forecast(instance(LINE).start(), body).verdict is Verdict.STUCK
