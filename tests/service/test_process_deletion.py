"""What is over can be deleted, and the ledger still verifies."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import SQLModel, select

from orchestrator import audit, background
from orchestrator.kernel.errors import Conflict, NotFound
from orchestrator.process import deletion, instances, job_workers, outbox
from orchestrator.process.deploy import deploy
from orchestrator.process.start import StartRequest, start
from orchestrator.store.database import Database
from orchestrator.store.documents import DocumentStore, reference
from orchestrator.store.tables import Delivery, LedgerEvent, ProcessInstance, Run, UserTask
from tests.service import planted
from tests.service.camunda import HEAD
from tests.service.test_process_second_looks import Office

SECRET = "PERSONAL-7"
KEPT = {"ledger_event", "vendor", "vendor_version", "process_instance", "document"}
"""Tables of which what is said of an instance outlives it: vendors' memory has its own reverting,
and documents are deleted by themselves."""
CALLING = f"""{HEAD}<process id="above" isExecutable="true"><startEvent id="s"/>
<callActivity id="call"><extensionElements><zeebe:calledElement processId="caller"/>
</extensionElements></callActivity><endEvent id="e"/>
<sequenceFlow id="f1" sourceRef="s" targetRef="call"/>
<sequenceFlow id="f2" sourceRef="call" targetRef="e"/></process></definitions>"""


@pytest.fixture
def documents(tmp_path: Path) -> DocumentStore:
    return DocumentStore((tmp_path / "documents").as_uri())


@pytest.fixture
def office(database: Database) -> Office:
    return Office(database)


def delete(database: Database, key: int) -> None:
    with database.begin(actor="user:admin") as unit:
        deletion.delete_instance(unit, key)


def cancel(database: Database, key: int) -> None:
    with database.begin(actor="test") as unit:
        instances.cancel(unit, key)


def tables_telling(database: Database, secret: str) -> set[str]:
    """The names of the tables in which the text stands somewhere."""
    with database.begin(actor="test") as unit:
        return {
            table.name
            for table in SQLModel.metadata.sorted_tables
            for row in unit.session.connection().execute(table.select())
            if secret in str(row)
        }


def verified(database: Database) -> bool:
    with database.begin(actor="test") as unit:
        return audit.verify(unit) == []


def over(office: Office, documents: DocumentStore) -> int:
    """An invoice that was read, with what it holds planted everywhere, and was then cancelled."""
    key = office.begin()
    office.work("invoice_entry.read", office.reading(number=SECRET))
    office.pass_by(key)
    office.work("data_validation.check", {"findings": [], "valid": True})
    with office.database.begin(actor="test") as unit:
        planted.plant(unit, documents, key, SECRET)
        for row in unit.session.exec(select(ProcessInstance)):
            row.parent_key = None  # those planted are no real calls
        for task in unit.session.exec(select(UserTask)):
            task.state = "CANCELED"
    for row in office.all(ProcessInstance):
        cancel(office.database, row.key)
    end_runs(office.database)
    return key


def end_runs(database: Database) -> None:
    """As the agents do when the bots have ended."""
    with database.begin(actor="test") as unit:
        for run in unit.session.exec(select(Run)):
            run.ended_at = unit.now


def test_nothing_of_it_is_left_but_that_it_was_deleted_and_by_whom(
    office: Office, documents: DocumentStore
) -> None:
    key = over(office, documents)
    relatives = [row.key for row in office.all(ProcessInstance) if row.key != key]
    assert len(tables_telling(office.database, SECRET)) > 8
    for each in (key, *relatives):
        delete(office.database, each)
    assert tables_telling(office.database, SECRET) <= KEPT - {"ledger_event"}
    assert tables_telling(office.database, str(key)) <= KEPT
    with office.database.begin(actor="test") as unit:
        lines = audit.read(unit, f"process-instance/{key}")
        assert all(line.data is None for line in lines[:-1])
        assert (lines[-1].kind, lines[-1].actor) == ("process_instance.deleted", "user:admin")
        with pytest.raises(NotFound):
            instances.get(unit, key)
    assert verified(office.database)


def test_the_files_that_its_runs_left_behind_go_with_it(
    office: Office, documents: DocumentStore
) -> None:
    key = over(office, documents)
    delete(office.database, key)
    background.erase_documents(documents, office.database, "default")
    left = [content for _, content in documents.every()]
    assert f"{SECRET} 0".encode() not in left, "the artifact of the run"


def test_what_is_not_over_is_not_deleted(database: Database, office: Office) -> None:
    office.draw_all()
    key = office.invoice()
    with pytest.raises(Conflict, match="process instance") as refused:
        delete(database, key)
    assert refused.value.code == "process.at_work"
    office.book()
    with pytest.raises(Conflict, match="second look"):
        delete(database, key)
    office.answer("clara")
    with pytest.raises(Conflict, match="run"):
        delete(database, key)
    end_runs(database)
    delete(database, key)
    (look,) = office.looks
    assert (look.state, look.reading, look.truth, look.wrong) == ("SETTLED", {}, None, [])
    assert verified(database)


def test_while_a_bot_is_at_work_on_it_it_stays(database: Database) -> None:
    key = begun(database, planted.CALLER.replace(b"userTask", b"serviceTask").replace(
        b'<serviceTask id="work"/>',
        b'<serviceTask id="work"><extensionElements><zeebe:taskDefinition type="t"/>'
        b"</extensionElements></serviceTask>",
    ))  # fmt: skip
    with database.begin(actor="test") as unit:
        assert job_workers.activate(unit, "w", "t", 1, timedelta(minutes=1))
    cancel(database, key)
    with pytest.raises(Conflict, match="run"):
        delete(database, key)


def begun(database: Database, *models: bytes) -> int:
    """An instance of the last one."""
    with database.begin(actor="test") as unit:
        for number, model in enumerate(models):
            (made,) = deploy(unit, [(f"{number}.bpmn", model)]).processes
        request = StartRequest(made.process_id, variables={"told": SECRET})
        key = start(unit, request).instance.key
    background.deliver(database, "default")
    return key


def test_what_it_called_goes_with_it_and_not_by_itself(database: Database) -> None:
    key = begun(database, planted.CALLER, CALLING.encode())
    cancel(database, key)
    background.deliver(database, "default")
    with database.begin(actor="test") as unit:
        keys = set(unit.session.exec(select(ProcessInstance.key)))
    (called,) = keys - {key}
    with pytest.raises(Conflict) as refused:
        delete(database, called)
    assert refused.value.code == "process.called"
    delete(database, key)
    with database.begin(actor="test") as unit:
        assert unit.session.exec(select(ProcessInstance)).all() == []
        gone = select(LedgerEvent).where(LedgerEvent.kind == "process_instance.deleted")
        assert len(unit.session.exec(gone).all()) == 2
    assert verified(database)


def test_another_tenant_has_no_such_instance(database: Database) -> None:
    key = begun(database, planted.CALLER)
    cancel(database, key)
    with database.begin(actor="test", tenant_id="other") as unit, pytest.raises(NotFound):
        deletion.delete_instance(unit, key)


def put(database: Database, documents: DocumentStore, content: bytes, tenant: str) -> Any:
    with database.begin(actor="test", tenant_id=tenant) as unit:
        return documents.put(unit, content, "a.pdf", "application/pdf")


def drop(database: Database, documents: DocumentStore, digest: str) -> None:
    with database.begin(actor="test") as unit:
        documents.delete(unit, digest)


def test_a_document_stays_while_an_instance_names_it_live_or_ended(
    database: Database, documents: DocumentStore
) -> None:
    made = put(database, documents, b"evidence", "default")
    with database.begin(actor="test") as unit:
        deploy(unit, [("caller.bpmn", planted.CALLER)])
        request = StartRequest("caller", variables={"in": {"deep": [reference(made)]}})
        key = start(unit, request).instance.key
    for _ in range(2):
        with pytest.raises(Conflict, match=str(key)) as refused:
            drop(database, documents, made.digest)
        assert refused.value.code == "document.in_use"
        with database.begin(actor="test") as unit:
            if instances.get(unit, key).ended_at is None:
                instances.cancel(unit, key)
    delete(database, key)
    drop(database, documents, made.digest)
    background.erase_documents(documents, database, "default")
    assert list(documents.every()) == []


def test_the_same_bytes_of_another_tenant_or_stored_again_stay(
    database: Database, documents: DocumentStore
) -> None:
    made = put(database, documents, b"shared", "default")
    put(database, documents, b"shared", "other")
    drop(database, documents, made.digest)
    with database.begin(actor="test") as unit, pytest.raises(NotFound):
        documents.get(unit, made.digest)
    put(database, documents, b"shared", "default")
    background.erase_documents(documents, database, "default")
    with database.begin(actor="test") as unit:
        assert documents.get(unit, made.digest) == b"shared"
    drop(database, documents, made.digest)
    background.erase_documents(documents, database, "default")
    assert [name.partition("/")[0] for name, _ in documents.every()] == ["other"]


def test_what_is_on_its_way_to_a_deleted_instance_goes_nowhere(database: Database) -> None:
    key = begun(database, planted.CALLER)
    cancel(database, key)
    delete(database, key)
    with database.begin(actor="test") as unit:
        outbox.send(unit, outbox.CANCEL, instance=key)
        outbox.send(unit, outbox.RETURNED, instance=key)
        outbox.send(unit, outbox.RECEIVE, instance=key, name="alarm", variables={})
    background.deliver(database, "default")
    with database.begin(actor="test") as unit:
        assert unit.session.exec(select(Delivery)).all() == []
