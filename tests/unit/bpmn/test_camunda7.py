"""Models drawn for Camunda 7 run as their authors meant, or are refused with a reason."""

from collections.abc import Callable

import pytest

from orchestrator import bpmn
from orchestrator.bpmn.parsing import juel
from orchestrator.kernel.errors import InvalidModel

HEAD = (
    '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"'
    ' xmlns:camunda="http://camunda.org/schema/1.0/bpmn"><process id="p" isExecutable="true">'
    '<startEvent id="s"/><endEvent id="e"/><sequenceFlow id="f" sourceRef="s" targetRef="x"/>'
    '<sequenceFlow id="g" sourceRef="x" targetRef="e"/>'
)


def element(xml: str) -> bpmn.ProcessDefinition:
    (process,) = bpmn.parse(f"{HEAD}{xml}</process></definitions>".encode())
    return process


@pytest.mark.parametrize(
    ("written", "feel"),
    [
        ("${approved}", "= approved"),
        ("#{!approved}", "= not(approved)"),
        ("${clarified == 'yes'}", '= clarified = "yes"'),
        ("${a > 1 && b.c le 2 || d}", "= a > 1 and b.c <= 2 or d"),
        ("${empty d}", '= (d = null or d = "" or d = [])'),
        ("${a ? 'x' : -1}", '= (if a then "x" else -1)'),
        ("${a mod 2 == 0}", "= modulo(a, 2) = 0"),
        ("Order ${id}", '= "Order " + string(id)'),
    ],
)  # fmt: skip
def test_juel_becomes_feel(written: str, feel: str) -> None:
    assert juel.to_feel(written) == feel


def test_a_method_call_has_no_feel() -> None:
    with pytest.raises(juel.NotSimple):
        juel.to_feel("${service.pay(order)}")


def test_an_external_task_is_work_of_its_topic() -> None:
    task = '<serviceTask id="x" camunda:type="external" camunda:topic="pay"/>'
    work = element(task).element("x").work
    assert work is not None
    assert work.type == "pay"


def test_assignment_and_form_fields_are_taken_over() -> None:
    body = (
        '<userTask id="x" camunda:assignee="${boss}" camunda:candidateGroups="a,b">'
        "<extensionElements><camunda:formData><camunda:formField"
        ' id="sum" label="Sum" type="long"><camunda:validation><camunda:constraint'
        ' name="required"/></camunda:validation></camunda:formField></camunda:formData>'
        "</extensionElements></userTask>"
    )
    user = element(body).element("x").user
    assert user is not None
    assert (user.form_id, user.candidate_groups) == ("form.x", "a,b")
    form = bpmn.forms(f"{HEAD}{body}</process></definitions>".encode())["form.x"]
    field = {"type": "number", "key": "sum", "label": "Sum", "validate": {"required": True}}
    assert form["components"] == [field]


def test_java_code_is_refused_by_name(document: Callable[..., bytes]) -> None:
    with pytest.raises(InvalidModel) as refused:
        element('<serviceTask id="x" camunda:class="org.Pay"/>')
    assert "camunda:class is not supported" in str(
        [finding.message for finding in refused.value.findings]
    )
