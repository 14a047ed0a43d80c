"""What the BPMN 2.0 schema and its texts ask of single elements is asked at deployment."""

import pytest

from orchestrator.bpmn.rules import check
from orchestrator.kernel.xml import parse_xml

NAMESPACES = (
    'xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:t="t" targetNamespace="t"'
    ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
)
TIMER = '<intermediateCatchEvent id="x"><timerEventDefinition id="c"/></intermediateCatchEvent>'
FORMAL = 'xsi:type="tFormalExpression"'
IO = (
    '<task id="x"><ioSpecification id="io"><dataInput id="d"/><inputSet id="i">{}</inputSet>'
    '<outputSet id="o"/></ioSpecification>{}</task>'
)
TWO_SOURCES = (
    '<dataInputAssociation id="a"><sourceRef>o1</sourceRef><sourceRef>o2</sourceRef>'
    "<targetRef>d</targetRef>{}</dataInputAssociation>"
)
OBJECTS = '<dataObject id="o1"/><dataObject id="o2"/>'
USED = "<dataInputRefs>d</dataInputRefs>"
CHANGED = f"<transformation {FORMAL}>o1 + o2</transformation>"


def row(body: str, more: str = "") -> str:
    """An executable process in which `x`, in `body`, stands between start and end."""
    return (
        f'<process id="p" isExecutable="true"><startEvent id="s"/>{body}<endEvent id="e"/>'
        '<sequenceFlow id="f1" sourceRef="s" targetRef="x"/>'
        f'<sequenceFlow id="f2" sourceRef="x" targetRef="e"/>{more}</process>'
    )


def conversation(body: str) -> str:
    parts = '<participant id="a"/><participant id="b"/>'
    return f'<collaboration id="c">{parts}{body}</collaboration>'


TALK = (
    '<conversation id="v"><participantRef>a</participantRef><participantRef>b</participantRef>'
    "</conversation>"
)
DATA_OF_EVENT = (
    '<intermediateCatchEvent id="x"><dataOutput id="q"/><dataOutputAssociation id="a">'
    "<sourceRef>q</sourceRef><targetRef>o1</targetRef></dataOutputAssociation>"
    '<outputSet id="os"><dataOutputRefs>q</dataOutputRefs></outputSet>'
    '<signalEventDefinition id="sd"/></intermediateCatchEvent>'
)
VALID = {
    "plain": row('<task id="x"/>'),
    "an event's own output": row(DATA_OF_EVENT, OBJECTS),
    "kind of script unknown, not run": '<globalScriptTask id="g" scriptLanguage="text/x"/>',
    "pools without processes": conversation('<messageFlow id="m" sourceRef="a" targetRef="b"/>'),
    "several none starts": (
        '<process id="p"><startEvent id="s1"/><startEvent id="s2"/><endEvent id="e"/>'
        '<sequenceFlow id="f1" sourceRef="s1" targetRef="e"/>'
        '<sequenceFlow id="f2" sourceRef="s2" targetRef="e"/></process>'
    ),
    "input in a set": row(IO.format(USED, "")),
    "sources transformed": row(IO.format(USED, TWO_SOURCES.format(CHANGED)), OBJECTS),
    "conversation": conversation(TALK + '<conversationLink id="l" sourceRef="a" targetRef="v"/>'),
}
INVALID = {
    "no time": ("timer", row(TIMER)),
    "no quantity": ("schema", row('<task id="x" startQuantity="0"/>')),
    "no boolean": ("schema", row('<task id="x" isForCompensation="maybe"/>')),
    "no such type": ("schema", '<process id="p" processType="Hidden"/>'),
    "no name of letters": ("schema", row('<task id="x"/><task id="1 y"/>')),
    "no message": ("schema", '<interface id="i" name="i"><operation id="o" name="o"/></interface>'),
    "no condition": (
        "schema",
        row(TIMER.replace("timerEventDefinition", "conditionalEventDefinition")),
    ),
    "attached to nothing": (
        "schema",
        row('<task id="x"/><boundaryEvent id="b"><errorEventDefinition id="d"/></boundaryEvent>'),
    ),
    "input in no set": ("data", row(IO.format("", ""))),
    "sources not transformed": ("data", row(IO.format(USED, TWO_SOURCES.format("")), OBJECTS)),
    "unknown source": ("reference", row(IO.format(USED, TWO_SOURCES.format(CHANGED)))),
    "association to nothing": (
        "reference",
        row('<task id="x"/>', '<association id="a" sourceRef="x" targetRef="gone"/>'),
    ),
    "error without a code": (
        "event",
        '<error id="r"/>'
        + row('<task id="x"/>').replace(
            '<endEvent id="e"/>',
            '<endEvent id="e"><errorEventDefinition id="d" errorRef="t:r"/></endEvent>',
        ),
    ),
    "boundary in another scope": (
        "boundary",
        row(
            '<subProcess id="x"><task id="in"/></subProcess><boundaryEvent id="b"'
            ' attachedToRef="in"><errorEventDefinition id="d"/></boundaryEvent>',
            '<sequenceFlow id="f3" sourceRef="b" targetRef="e"/>',
        ),
    ),
    "empty ad-hoc": ("ad_hoc", row('<adHocSubProcess id="x"/>')),
    "lane of another process": (
        "lane",
        '<process id="p"><laneSet id="ls"><lane id="l"><flowNodeRef>t2</flowNodeRef></lane>'
        '</laneSet><task id="t1"/></process><process id="q"><task id="t2"/></process>',
    ),
    "talks with nobody": ("conversation", conversation('<conversation id="v"/>')),
    "link without a conversation": (
        "conversation",
        conversation(TALK + '<conversationLink id="l" sourceRef="a" targetRef="b"/>'),
    ),
}


def rules(body: str) -> set[str]:
    text = f"<definitions {NAMESPACES}>{body}</definitions>"
    return {finding.rule for finding in check(parse_xml(text.encode(), "The model"))}


@pytest.mark.parametrize("name", INVALID)
def test_a_breach_is_named(name: str) -> None:
    rule, body = INVALID[name]
    assert f"bpmn.{rule}" in rules(body)


@pytest.mark.parametrize("name", VALID)
def test_what_the_standard_allows_is_not_refused(name: str) -> None:
    assert rules(VALID[name]) == set()
