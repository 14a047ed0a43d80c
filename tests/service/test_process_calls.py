"""Call activities: what goes across the border between two instances, and what does not."""

from typing import Any

import pytest
from sqlmodel import col, select

from orchestrator import background
from orchestrator.bpmn.commands import CompleteElement
from orchestrator.kernel.errors import Conflict
from orchestrator.process import incidents, instances
from orchestrator.process.deploy import deploy
from orchestrator.process.execute import execute, lock
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database
from orchestrator.store.tables import ElementInstance, Incident, ProcessInstance, Variable

HEAD = """<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><error id="bad" errorCode="bad"/>"""


def caller(boundary: str = "", flow: str = "") -> bytes:
    return f"""{HEAD}<process id="caller" isExecutable="true"><startEvent id="s"/>
<callActivity id="call"><extensionElements><zeebe:calledElement processId="called"/>
</extensionElements></callActivity>{boundary}<endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="call"/>
<sequenceFlow id="f2" sourceRef="call" targetRef="e"/>{flow}</process></definitions>""".encode()


def called(end: str = "") -> bytes:
    return f"""{HEAD}<process id="called" isExecutable="true"><startEvent id="s"/>
<userTask id="work"/><endEvent id="e">{end}</endEvent>
<sequenceFlow id="f1" sourceRef="s" targetRef="work"/>
<sequenceFlow id="f2" sourceRef="work" targetRef="e"/></process></definitions>""".encode()


CATCH = '<boundaryEvent id="b" attachedToRef="call"><errorEventDefinition errorRef="bad"/>'
CATCHING = caller(
    CATCH + '</boundaryEvent><endEvent id="caught"/>',
    '<sequenceFlow id="f3" sourceRef="b" targetRef="caught"/>',
)
THROWING = called('<errorEventDefinition errorRef="bad"/>')


def begun(database: Database, *models: bytes) -> int:
    with database.begin(actor="test") as unit:
        deploy(unit, [(f"{n}.bpmn", model) for n, model in enumerate(models)])
        request = StartRequest(process_id="caller", variables={"a": 1})
        key = start(unit, request).instance.key
    background.deliver(database, "default")
    return key


def work(database: Database, **variables: Any) -> None:
    with database.begin(actor="test") as unit:
        query = select(ElementInstance).where(
            ElementInstance.element_id == "work", ElementInstance.state == "ACTIVE"
        )
        task = unit.session.exec(query).one()
        execute(unit, lock(unit, task.instance_key), CompleteElement(task.key, variables))
    background.deliver(database, "default")


def states(database: Database) -> dict[str, str]:
    with database.begin(actor="test") as unit:
        found = unit.session.exec(select(ProcessInstance).order_by(col(ProcessInstance.key)))
        return {row.process_id: row.state for row in found}


def variables(database: Database, key: int) -> dict[str, Any]:
    with database.begin(actor="test") as unit:
        found = unit.session.exec(select(Variable).where(Variable.scope_key == key))
        return {row.name: row.value["v"] for row in found}


def test_the_caller_goes_on_with_the_results(database: Database) -> None:
    key = begun(database, caller(), called())
    assert states(database) == {"caller": "ACTIVE", "called": "ACTIVE"}
    with database.begin(actor="test") as unit:
        roots = instances.roots(unit, list(unit.session.exec(select(ProcessInstance))))
        assert len(roots) == 2
        assert set(roots.values()) == {key}
    work(database, b=2)
    assert states(database) == {"caller": "COMPLETED", "called": "COMPLETED"}
    assert variables(database, key) == {"a": 1, "b": 2}


def test_an_error_crosses_to_the_call_activity(database: Database) -> None:
    key = begun(database, CATCHING, THROWING)
    work(database)
    assert states(database) == {"caller": "COMPLETED", "called": "TERMINATED"}
    with database.begin(actor="test") as unit:
        query = select(ElementInstance.element_id).where(
            ElementInstance.instance_key == key, ElementInstance.state == "COMPLETED"
        )
        assert "caught" in unit.session.exec(query).all()


def test_an_error_that_no_caller_catches_is_an_incident_where_it_is(database: Database) -> None:
    begun(database, caller(), THROWING)
    work(database)
    assert states(database) == {"caller": "ACTIVE", "called": "ACTIVE"}
    with database.begin(actor="test") as unit:
        assert unit.session.exec(select(Incident)).one().error_type == "UNHANDLED_ERROR_EVENT"


def test_cancelling_the_caller_cancels_what_it_called(database: Database) -> None:
    key = begun(database, caller(), called())
    with database.begin(actor="test") as unit:
        instances.cancel(unit, key)
    background.deliver(database, "default")
    assert states(database) == {"caller": "TERMINATED", "called": "TERMINATED"}


def test_a_call_that_was_cancelled_before_it_began_starts_nothing(database: Database) -> None:
    with database.begin(actor="test") as unit:
        deploy(unit, [("a.bpmn", caller()), ("b.bpmn", called())])
        key = start(unit, StartRequest(process_id="caller")).instance.key
        instances.cancel(unit, key)
    background.deliver(database, "default")
    assert states(database) == {"caller": "TERMINATED"}


def test_a_called_instance_is_cancelled_by_its_caller_only(database: Database) -> None:
    begun(database, caller(), called())
    with database.begin(actor="test") as unit:
        query = select(ProcessInstance.key).where(ProcessInstance.process_id == "called")
        with pytest.raises(Conflict, match="was called by"):
            instances.cancel(unit, unit.session.exec(query).one())


def test_a_call_into_nothing_is_an_incident_that_can_be_mended(database: Database) -> None:
    begun(database, caller())
    with database.begin(actor="test") as unit:
        incident = unit.session.exec(select(Incident)).one()
        assert incident.error_type == "CALLED_ELEMENT_ERROR"
        deploy(unit, [("called.bpmn", called())])
        incidents.resolve(unit, incident.key)
    background.deliver(database, "default")
    work(database)
    assert states(database) == {"caller": "COMPLETED", "called": "COMPLETED"}


@pytest.mark.parametrize(
    ("binding", "version"),
    [("", 3), (' bindingType="deployment"', 1), (' bindingType="versionTag" versionTag="two"', 2)],
)
def test_the_binding_chooses_the_version_that_is_called(
    database: Database, binding: str, version: int
) -> None:
    calling = caller().replace(b'processId="called"', f'processId="called"{binding}'.encode())
    tag = b'<extensionElements><zeebe:versionTag value="two"/></extensionElements>'
    with database.begin(actor="test") as unit:
        deploy(unit, [("0.bpmn", calling), ("1.bpmn", called())])
        deploy(unit, [("1.bpmn", called().replace(b"<startEvent", tag + b"<startEvent"))])
        deploy(unit, [("1.bpmn", THROWING)])
        start(unit, StartRequest(process_id="caller"))
    background.deliver(database, "default")
    with database.begin(actor="test") as unit:
        query = select(ProcessInstance).where(ProcessInstance.process_id == "called")
        assert unit.session.exec(query).one().version == version
