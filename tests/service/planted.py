"""What a bot has read, planted wherever it can get to: messages, logs, files, the instance that
called its process and the one that this calls."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import select

from orchestrator.process import start
from orchestrator.process.deploy import deploy
from orchestrator.store.documents import DocumentStore
from orchestrator.store.tables import (
    Attempt,
    ElementInstance,
    Incident,
    MessageCorrelation,
    ProcessInstance,
    Run,
    RunArtifact,
    Subscription,
    UserTask,
    WorkFile,
    WorkItem,
)
from orchestrator.store.unit import Unit
from orchestrator.vendors import memory
from orchestrator.work import logs

CALLER = b"""<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL" targetNamespace="t"
xmlns:zeebe="http://camunda.org/schema/zeebe/1.0"><process id="caller" isExecutable="true">
<startEvent id="s"/><userTask id="work"/><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="work"/>
<sequenceFlow id="f2" sourceRef="work" targetRef="e"/></process></definitions>"""


@dataclass(frozen=True)
class Spot:
    """Where to plant: what a bot has read of an invoice, by an item and run of its own."""

    unit: Unit
    secret: str
    instance: ProcessInstance
    item: WorkItem
    run: Run
    element: ElementInstance

    def row(self, table: type[Any], **values: Any) -> None:
        made = table(key=self.unit.keys.next(), tenant_id=self.unit.tenant_id, **values)
        self.unit.session.add(made)


def plant(unit: Unit, documents: DocumentStore, instance_key: int, secret: str) -> None:
    spot = Spot(
        unit,
        secret,
        _first(unit, ProcessInstance, key=instance_key),
        _first(unit, WorkItem, instance_key=instance_key),
        _first(unit, Run),
        _first(unit, ElementInstance, instance_key=instance_key),
    )
    for where in (_relatives, _work, _waits, _correlation, _trouble, _vendor):
        where(spot)
    _files(spot, documents)


def _first(unit: Unit, table: type[Any], **equal: Any) -> Any:
    found = unit.session.exec(select(table).filter_by(**equal)).first()
    assert found
    return found


def _relatives(spot: Spot) -> None:
    """The caller of the instance, and one that it calls."""
    unit = spot.unit
    deploy(unit, [("caller.bpmn", CALLER)])
    request = start.StartRequest("caller", variables={"told": spot.secret})
    caller, called = (start.start(unit, request).instance.key for _ in range(2))
    spot.instance.parent_key = caller
    _first(unit, ProcessInstance, key=called).parent_key = spot.instance.key


def _work(spot: Spot) -> None:
    spot.element.warnings = [{"expression": spot.secret, "message": spot.secret}]
    exception = {"type": "APPLICATION", "code": spot.secret, "message": spot.secret}
    spot.item.exception = exception
    _first(spot.unit, Attempt, item_key=spot.item.key).exception = exception
    logs.append(spot.unit, spot.run.key, [logs.NewLine(spot.unit.now, "stdout", spot.secret)])


def _files(spot: Spot, documents: DocumentStore) -> None:
    """One of the run, one of an output."""
    output = _first(spot.unit, WorkItem, state="OUTPUT")
    owners = ((RunArtifact, {"run_key": spot.run.key}), (WorkFile, {"item_key": output.key}))
    for number, (table, owner) in enumerate(owners):
        content = f"{spot.secret} {number}".encode()
        made = documents.put(spot.unit, content, f"{spot.secret}.txt", "text/plain")
        spot.row(table, name=spot.secret, digest=made.digest, **owner)


def _trouble(spot: Spot) -> None:
    """An incident, and the review of a business exception."""
    spot.row(
        Incident,
        instance_key=spot.instance.key,
        element_key=spot.element.key,
        element_id="read_invoice",
        error_type="JOB_NO_RETRIES",
        message=spot.secret,
        created_at=spot.unit.now,
    )
    spot.row(
        UserTask,
        name="Review",
        kind="review",
        instance_key=spot.instance.key,
        candidate_groups=["clerk"],
        created_at=spot.unit.now,
        work_item_key=spot.item.key,
        exception={"type": "BUSINESS", "message": spot.secret},
    )


def _waits(spot: Spot) -> None:
    spot.row(
        Subscription,
        process_id=spot.instance.process_id,
        instance_key=spot.instance.key,
        element_key=spot.element.key,
        element_id="read_invoice",
        kind="message",
        name="m",
        correlation_key=spot.secret,
        created_at=spot.unit.now,
    )


def _correlation(spot: Spot) -> None:
    spot.row(
        MessageCorrelation,
        subscription_key=1,
        message_key=2,
        message_name="m",
        correlation_key=spot.secret,
        correlated_at=spot.unit.now,
        process_id=spot.instance.process_id,
        definition_key=spot.instance.definition_key,
        instance_key=spot.instance.key,
        element_id="read_invoice",
        element_key=spot.element.key,
    )


def _vendor(spot: Spot) -> None:
    """Taught by the instance."""
    values = {"values": {"number": spot.secret}}
    memory.teach(
        spot.unit,
        memory.Lesson(
            None, "Seller", ["name/seller"], "a" * 64, spot.instance.key, None,
            values, {"values": [spot.secret]},
        ),
    )  # fmt: skip
