"""What each element promises, in memory."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from orchestrator.bpmn import Rejected
from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e

Make = Callable[..., Any]
DUE = "<timerEventDefinition><timeDuration>PT1H</timeDuration></timerEventDefinition>"
TYPED = '<zeebe:taskDefinition type="=kind"/>'


def zeebe(*inside: str) -> str:
    return f"<extensionElements>{''.join(inside)}</extensionElements>"


def task(name: str, *more: str) -> str:
    extension = zeebe('<zeebe:taskDefinition type="q"/>', *more)
    return f'<serviceTask id="{name}">{extension}</serviceTask>'


def flows(*pairs: str) -> str:
    """`a>b` or `a>b:condition`."""
    made = []
    for number, pair in enumerate(pairs):
        ends, _, condition = pair.partition(":")
        source, target = ends.split(">")
        inside = f"<conditionExpression>{condition}</conditionExpression>" if condition else ""
        made.append(
            f'<sequenceFlow id="f{number}" sourceRef="{source}" targetRef="{target}">'
            f"{inside}</sequenceFlow>"
        )
    return "".join(made)


ENDS = '<startEvent id="s"/><endEvent id="e"/>'


def test_results_without_output_mapping_go_to_the_process(instance: Make) -> None:
    run = instance(ENDS + task("t") + flows("s>t", "t>e")).start(a=1)
    assert run.of(e.WorkCreated)[0].payload == {"a": 1}
    run.complete("t", b=[1, {"c": None}])
    assert run.ended
    assert {(x.scope_key, x.name) for x in run.of(e.VariableSet)} == {(1, "a"), (1, "b")}


def test_inputs_are_the_payload_and_only_mapped_outputs_leave(instance: Make) -> None:
    mapping = (
        '<zeebe:ioMapping><zeebe:input source="=a + 1" target="x.y"/>'
        '<zeebe:output source="=found" target="kept.here"/></zeebe:ioMapping>'
    )
    run = instance(ENDS + task("t", mapping) + task("u") + flows("s>t", "t>u", "u>e")).start(a=1)
    assert run.of(e.WorkCreated)[0].payload == {"x": {"y": 2}}
    run.complete("t", found="yes", other="no")
    assert run.variables() == {"a": 1, "kept": {"here": "yes"}}


def test_the_first_condition_that_holds_wins_else_the_default(instance: Make) -> None:
    body = (
        ENDS
        + '<exclusiveGateway id="g" default="f3"/>'
        + "".join(map(task, ("low", "mid", "high")))
        + flows("s>g", "g>low:=a &lt; 10", "g>mid:=a &lt; 20", "g>high", "low>e", "mid>e", "high>e")
    )
    assert instance(body).start(a=5).alive() == ["low"]
    assert instance(body).start(a=15).alive() == ["mid"]
    assert instance(body).start(a=25).alive() == ["high"]


def test_a_condition_that_is_no_boolean_is_an_incident_that_can_be_resolved(instance: Make) -> None:
    body = (
        ENDS
        + '<exclusiveGateway id="g" default="f2"/>'
        + task("yes")
        + flows("s>g", "g>yes:=missing > 1", "g>e", "yes>e")
    )
    run = instance(body).start()
    (incident,) = run.of(e.IncidentRaised)
    assert "missing > 1" in incident.message
    run.state.set_variable(1, "missing", 2)
    run.do(c.ResolveIncident(run.at("g")))
    assert run.alive() == ["yes"]


def test_a_join_waits_for_every_branch(instance: Make) -> None:
    body = (
        ENDS
        + '<parallelGateway id="fork"/><parallelGateway id="join"/>'
        + task("a")
        + task("b")
        + flows("s>fork", "fork>a", "fork>b", "a>join", "b>join", "join>e")
    )
    run = instance(body).start()
    assert run.alive() == ["a", "b"]
    run.complete("b")
    assert not run.ended
    run.complete("a")
    assert run.ended


@pytest.mark.parametrize(("interrupting", "left"), [("true", ["u"]), ("false", ["t", "u"])])
def test_a_timer_boundary_event_interrupts_or_goes_beside(
    instance: Make, interrupting: str, left: list[str]
) -> None:
    boundary = f'<boundaryEvent id="b" attachedToRef="t" cancelActivity="{interrupting}">{DUE}'
    body = ENDS + task("t") + task("u") + boundary + "</boundaryEvent>"
    run = instance(body + flows("s>t", "t>e", "b>u", "u>e")).start()
    (timer,) = run.of(e.TimerSet)
    due = run.environment.now + timedelta(hours=1)
    assert (timer.element_id, timer.due_at) == ("b", due.isoformat())
    run.do(c.FireTimer(timer.key, "b"))
    assert run.alive() == left


def test_an_element_that_begins_again_after_an_incident_sets_its_timers_once(
    instance: Make,
) -> None:
    boundary = f'<boundaryEvent id="b" attachedToRef="t">{DUE}</boundaryEvent>'
    typed = f'<serviceTask id="t">{zeebe(TYPED)}</serviceTask>'
    run = instance(ENDS + typed + boundary + flows("s>t", "t>e", "b>e")).start()
    assert run.of(e.IncidentRaised)
    assert run.of(e.TimerSet) == []
    run.state.set_variable(1, "kind", "q")
    run.do(c.ResolveIncident(run.at("t")))
    assert [x.type for x in run.of(e.WorkCreated)] == ["q"]
    assert len(run.of(e.TimerSet)) == 1


ERRORS = '<error id="E1" errorCode="NO"/><error id="E2" errorCode="OTHER"/>'


def test_an_error_goes_to_the_boundary_event_of_its_code(instance: Make) -> None:
    body = (
        ENDS + task("t") + task("u") + task("v") + flows("s>t", "t>e", "b>u", "d>v", "u>e", "v>e")
    )
    for name, inside in (("b", ' errorRef="E1"'), ("d", "")):
        definition = f"<errorEventDefinition{inside}/>"
        body += f'<boundaryEvent id="{name}" attachedToRef="t">{definition}</boundaryEvent>'
    for code, goal in (("NO", "u"), ("ELSE", "v")):
        run = instance(body, ERRORS).start()
        run.do(c.ThrowError(run.at("t"), code, "why"))
        assert run.alive() == [goal]


def test_an_error_end_event_leaves_its_subprocess_by_the_boundary(instance: Make) -> None:
    inner = (
        '<startEvent id="is"/><parallelGateway id="ig"/>'
        '<endEvent id="ie"><errorEventDefinition errorRef="E1"/></endEvent>'
    )
    body = (
        f'{ENDS}<subProcess id="sub">{inner}{task("it")}'
        + flows("is>ig", "ig>it", "ig>ie", "it>ie").replace('id="f', 'id="i')
        + '</subProcess><boundaryEvent id="b" attachedToRef="sub">'
        + '<errorEventDefinition errorRef="E1"/></boundaryEvent>'
        + task("u")
        + flows("s>sub", "sub>e", "b>u", "u>e")
    )
    run = instance(body, ERRORS).start()
    assert run.alive() == ["u"]


def test_an_error_nobody_catches_is_an_incident_and_the_task_can_begin_again(
    instance: Make,
) -> None:
    run = instance(ENDS + task("t") + flows("s>t", "t>e")).start()
    run.do(c.ThrowError(run.at("t"), "NO", "why"))
    assert run.of(e.IncidentRaised)[0].error_type == "UNHANDLED_ERROR_EVENT"
    run.do(c.ResolveIncident(run.at("t")))
    assert len(run.of(e.WorkCreated)) == 2


def test_a_terminate_end_event_stops_the_rest(instance: Make) -> None:
    body = (
        ENDS
        + '<parallelGateway id="g"/><endEvent id="stop"><terminateEventDefinition/></endEvent>'
        + task("a")
        + task("b")
        + flows("s>g", "g>a", "g>b", "a>e", "b>stop")
    )
    run = instance(body).start()
    run.complete("b")
    assert run.ended


def test_what_has_ended_refuses_commands(instance: Make) -> None:
    run = instance(ENDS + task("t") + flows("s>t", "t>e")).start()
    key = run.at("t")
    run.complete("t")
    with pytest.raises(Rejected):
        run.do(c.CompleteElement(key))


def test_a_row_of_ten_thousand_elements_runs_without_recursion(instance: Make) -> None:
    names = [f"t{i}" for i in range(10_000)]
    row = ["s", *names, "e"]
    body = ENDS + "".join(f'<task id="{n}"/>' for n in names)
    pairs = (f"{a}>{b}" for a, b in zip(row, row[1:], strict=False))  # noqa: RUF007
    assert instance(body + flows(*pairs)).start().ended


def test_a_loop_without_a_wait_state_becomes_an_incident(instance: Make) -> None:
    body = ENDS + '<exclusiveGateway id="g" default="f1"/><task id="t"/>'
    never = '<sequenceFlow id="out" sourceRef="g" targetRef="e"><conditionExpression>= 1 = 2'
    never += "</conditionExpression></sequenceFlow>"
    run = instance(body + flows("s>g", "g>t", "t>g") + never).start()
    assert run.of(e.IncidentRaised)[0].error_type == "LOOP"


@pytest.mark.parametrize("interrupting", [True, False])
def test_an_event_begins_an_event_subprocess_of_the_process_itself(
    instance: Make, interrupting: bool
) -> None:
    inside = flows("heard>told", "told>te").replace('id="f', 'id="g')
    made = instance(
        f'<startEvent id="s"/>{task("a")}<endEvent id="e"/>{flows("s>a", "a>e")}'
        '<subProcess id="aside" triggeredByEvent="true">'
        f'<startEvent id="heard" isInterrupting="{str(interrupting).lower()}">'
        '<signalEventDefinition signalRef="alarm"/></startEvent>'
        f'{task("told")}<endEvent id="te"/>{inside}</subProcess>',
        '<signal id="alarm" name="alarm"/>',
    ).start()
    made.do(c.Deliver(1, "heard"))
    made.complete("told")
    assert made.alive() == ([] if interrupting else ["a"])
