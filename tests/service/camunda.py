"""What the tests through Camunda's own Python client share: small models and how they run."""

import threading
from collections.abc import Callable
from typing import Any

from camunda_orchestration_sdk import (
    CamundaClient,
    ProcessCreationById,
)

PASSWORD = "correct horse"
"""Of every user that the fixtures make."""
HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><error id="bad" errorCode="bad"/>
<message id="paid" name="paid"><extensionElements>
<zeebe:subscription correlationKey="=order"/></extensionElements></message>
<signal id="alarm" name="alarm"/>"""
JOB = f"""{HEAD}<process id="job" isExecutable="true"><startEvent id="s"/>
<serviceTask id="work"><extensionElements><zeebe:taskDefinition type="pay" retries="2"/>
<zeebe:taskHeaders><zeebe:header key="bank" value="x"/></zeebe:taskHeaders></extensionElements>
</serviceTask><boundaryEvent id="b" attachedToRef="work"><errorEventDefinition errorRef="bad"/>
</boundaryEvent><endEvent id="e"/><endEvent id="caught"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="work"/>
<sequenceFlow id="f2" sourceRef="work" targetRef="e"/>
<sequenceFlow id="f3" sourceRef="b" targetRef="caught"/></process></definitions>"""
TASK = f"""{HEAD}<process id="task" isExecutable="true"><startEvent id="s"/>
<userTask id="look"/><endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="look"/>
<sequenceFlow id="f2" sourceRef="look" targetRef="e"/></process></definitions>"""
WAIT = f"""{HEAD}<process id="wait" isExecutable="true"><startEvent id="s"/>
<intermediateCatchEvent id="m"><messageEventDefinition messageRef="paid"/></intermediateCatchEvent>
<intermediateCatchEvent id="a"><signalEventDefinition signalRef="alarm"/></intermediateCatchEvent>
<endEvent id="e"/><sequenceFlow id="f1" sourceRef="s" targetRef="m"/>
<sequenceFlow id="f2" sourceRef="m" targetRef="a"/>
<sequenceFlow id="f3" sourceRef="a" targetRef="e"/></process></definitions>"""
RISK = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
namespace="t"><decision id="risk" name="Risk"><variable name="risk"/>
<decisionTable hitPolicy="FIRST"><input id="i"><inputExpression><text>sum</text></inputExpression>
</input><output id="o" name="risk"/><rule id="r1"><inputEntry><text>&gt; 100</text></inputEntry>
<outputEntry><text>"high"</text></outputEntry></rule><rule id="r2"><inputEntry><text>-</text>
</inputEntry><outputEntry><text>"low"</text></outputEntry></rule></decisionTable></decision>
</definitions>"""


def configuration(address: str) -> Any:
    return {
        "CAMUNDA_REST_ADDRESS": address,
        "CAMUNDA_AUTH_STRATEGY": "BASIC",
        "CAMUNDA_BASIC_AUTH_USERNAME": "admin",
        "CAMUNDA_BASIC_AUTH_PASSWORD": PASSWORD,
    }


def started(client: CamundaClient, process_id: str, **variables: Any) -> Any:
    data = {"processDefinitionId": process_id, "variables": variables}
    return client.create_process_instance(data=ProcessCreationById.from_dict(data))


def state(client: CamundaClient, key: Any) -> str:
    return str(client.get_process_instance(process_instance_key=key).state.value)


def eventually(true: Callable[[], bool]) -> None:
    until = threading.Event()
    for _ in range(200):
        if true():
            return
        until.wait(0.05)
    raise AssertionError("it never came true")
