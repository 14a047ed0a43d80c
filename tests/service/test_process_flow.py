"""invoice_to_pay through the services: bots' and people's parts played by the test."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlmodel import select

from orchestrator import background
from orchestrator.bpmn import Rejected, State
from orchestrator.kernel.errors import Forbidden, InvalidModel
from orchestrator.people import users
from orchestrator.people.users import NewUser
from orchestrator.process import deploy, incidents, instances, jobs, start, tasks
from orchestrator.process.loading import RowLoader
from orchestrator.store.database import Database
from orchestrator.store.tables import (
    ElementInstance,
    Incident,
    ProcessInstance,
    User,
    UserTask,
    Variable,
    WorkItem,
)
from orchestrator.store.unit import Unit
from orchestrator.work import outputs
from orchestrator.work.claims import claim
from orchestrator.work.model import APPLICATION, BUSINESS, WorkException

FLOW = Path(__file__).resolve().parents[2] / "flows" / "invoice_to_pay"
INVOICE = {
    "fields": {
        "gross": {"value": "120.00"},
        "currency": {"value": "EUR"},
        "number": {"value": "A-1"},
        "seller": {"value": "Nordlicht"},
    },
    "doubts": [],
    "trusted": True,
}
DOUBT = {"doubts": [{"code": "number.weak", "message": "one sign only"}], "trusted": False}


class Desk:
    """Drives one database as bots and people would."""

    def __init__(self, database: Database) -> None:
        self._database = database
        with self.unit() as unit:
            files = [f for f in FLOW.rglob("*") if f.suffix in {".bpmn", ".dmn", ".form"}]
            deploy.deploy(unit, [(f.name, f.read_bytes()) for f in files])
            for name, role in (("clara", "clerk"), ("adam", "approver"), ("both", "admin")):
                users.create(unit, NewUser(name, "a long password", [role]))

    @contextmanager
    def unit(self) -> Iterator[Unit]:
        with self._database.begin(actor="test") as unit:
            yield unit

    def start(self, key: str | None = None) -> int:
        with self.unit() as unit:
            request = start.StartRequest(process_id="invoice_to_pay", business_key=key)
            return start.start(unit, request).instance.key

    def work(
        self, queue: str, result: dict[str, Any] | None, why: WorkException | None = None
    ) -> None:
        with self.unit() as unit:
            (claimed,) = claim(unit, 1, [queue], 1, 60)
        with self.unit() as unit:
            if result is not None:
                outputs.create(unit, claimed.run, claimed.item.key, result)
            state = "FAILED" if why else "COMPLETED"
            jobs.release(unit, claimed.run.key, claimed.item.key, state, why)

    def read_and_check(self, invoice: dict[str, Any] = INVOICE, errors: int = 0) -> None:
        findings = [{"severity": "error", "message": "wrong"}] * errors
        self.work("invoice_entry.read", {"invoice": invoice, "trusted": invoice["trusted"]})
        self.work("data_validation.check", {"findings": findings, "valid": not errors})

    def do(self, user: str, element: str, variables: dict[str, Any]) -> None:
        with self.unit() as unit:
            found = select(UserTask).where(
                UserTask.element_id == element, UserTask.state == "CREATED"
            )
            who = unit.session.exec(select(User).where(User.username == user)).one()
            tasks.complete(unit, unit.session.exec(found).one().key, who, variables)

    def instance(self, key: int) -> ProcessInstance:
        with self.unit() as unit:
            return unit.session.exec(
                select(ProcessInstance).where(ProcessInstance.key == key)
            ).one()

    def open(self, table: type[Any]) -> list[Any]:
        state = {"UserTask": "CREATED", "Incident": "ACTIVE", "ElementInstance": "ACTIVE"}
        with self.unit() as unit:
            wanted = state.get(table.__name__, "NEW")
            found = unit.session.exec(select(table).where(table.state == wanted))
            # On some of the invoices the lot of a second look falls.
            return [row for row in found if getattr(row, "kind", None) != "second_look"]

    def ends(self, key: int) -> list[str]:
        with self.unit() as unit:
            query = select(ElementInstance.element_id).where(
                ElementInstance.instance_key == key, ElementInstance.element_type == "endEvent"
            )
            return list(unit.session.exec(query))

    def replayed(self, key: int) -> bool:
        """Whether the ledger's events give the state that the rows hold."""
        with self.unit() as unit:
            rows, loader = State(), RowLoader(unit, key)
            query = select(ElementInstance.key).where(
                ElementInstance.instance_key == key, ElementInstance.state == "ACTIVE"
            )
            for element in unit.session.exec(query):
                live = loader.element(element)
                assert live is not None
                rows.put(live)
            for scope, name, value in unit.session.exec(
                select(Variable.scope_key, Variable.name, Variable.value).where(
                    Variable.instance_key == key
                )
            ):
                rows.set_variable(scope, name, value["v"])
            # What ended keeps no variables, but those of the process itself stay to be read.
            again = instances.replay(unit, key).snapshot()
            mine = rows.snapshot()
            alive = set(again["live"])
            mine["variables"] = {k: v for k, v in mine["variables"].items() if k in alive}
            return again == mine

    def deliver(self) -> None:
        background.deliver(self._database, "default")


@pytest.fixture
def desk(database: Database) -> Desk:
    return Desk(database)


def test_a_clean_invoice_is_booked_without_a_person(desk: Desk) -> None:
    key = desk.start()
    desk.read_and_check()
    assert desk.replayed(key)
    desk.work("legacy_ui.enter", {"entry": {"erp_number": "ERP-1"}})
    desk.work("invoice_entry.learn", {"taught": True})
    assert desk.instance(key).state == "COMPLETED"
    assert desk.ends(key) == ["booked"]
    assert desk.replayed(key)


def test_a_correction_goes_back_and_needs_another_persons_approval(desk: Desk) -> None:
    key = desk.start()
    desk.read_and_check({**INVOICE, **DOUBT})
    desk.do("clara", "review_invoice", {"invoice": INVOICE, "review": {"decision": "correct"}})
    desk.work("data_validation.check", {"findings": [{"severity": "error"}], "valid": False})
    desk.do("adam", "approve_invoice", {"approval": {"decision": "approve"}})
    desk.work("legacy_ui.enter", {"entry": {}})
    desk.work("invoice_entry.learn", {"taught": True})
    assert desk.ends(key) == ["booked"]


def test_whoever_reviewed_cannot_approve(desk: Desk) -> None:
    big = {**INVOICE, **DOUBT}
    big["fields"] = {**INVOICE["fields"], "gross": {"value": "12000.00"}}  # type: ignore[dict-item]
    desk.start()
    desk.read_and_check(big)
    corrected = {**big, "doubts": [], "trusted": True}
    desk.do("both", "review_invoice", {"invoice": corrected, "review": {"decision": "correct"}})
    desk.work("data_validation.check", {"findings": [], "valid": True})
    with pytest.raises(Forbidden) as refused:
        desk.do("both", "approve_invoice", {"approval": {"decision": "approve"}})
    assert refused.value.code == "task.separation_of_duties"


def test_the_second_entry_of_an_invoice_goes_to_a_person(desk: Desk) -> None:
    first, second = desk.start(), desk.start()
    desk.read_and_check()
    desk.read_and_check()
    assert [t.element_id for t in desk.open(UserTask)] == ["review_invoice"]
    desk.work("legacy_ui.enter", {"entry": {}})
    desk.work("invoice_entry.learn", {"taught": True})
    assert desk.replayed(first)
    assert desk.replayed(second)
    assert {desk.instance(first).state, desk.instance(second).state} == {"COMPLETED", "ACTIVE"}


def test_an_unreadable_document_goes_to_a_person(desk: Desk) -> None:
    key = desk.start()
    desk.work("invoice_entry.read", None, WorkException(BUSINESS, "document.not_pdf", "Not a PDF"))
    desk.do("clara", "review_invoice", {"review": {"decision": "reject"}})
    assert desk.ends(key) == ["rejected"]


def test_an_uncaught_business_exception_opens_a_review_that_can_retry(desk: Desk) -> None:
    key = desk.start()
    desk.read_and_check()
    desk.work("legacy_ui.enter", None, WorkException(BUSINESS, "erp.conflict", "Another amount"))
    (review,) = desk.open(UserTask)
    assert (review.kind, review.exception["message"]) == ("review", "Another amount")
    desk.do("clara", "enter_invoice", {"retry": True})
    desk.work("legacy_ui.enter", {"entry": {}})
    desk.work("invoice_entry.learn", {"taught": True})
    assert desk.instance(key).state == "COMPLETED"


def test_no_attempts_left_is_an_incident_that_can_be_resolved(desk: Desk) -> None:
    key = desk.start()
    for _ in range(3):
        with desk.unit() as unit:
            for item in unit.session.exec(select(WorkItem)):
                item.not_before = None
        desk.work("invoice_entry.read", None, WorkException(APPLICATION, "x", "It broke"))
    (incident,) = desk.open(Incident)
    assert (incident.error_type, incident.message) == ("JOB_NO_RETRIES", "It broke")
    assert desk.replayed(key)
    with desk.unit() as unit:
        incidents.resolve(unit, incident.key)
    desk.read_and_check()
    desk.work("legacy_ui.enter", {"entry": {}})
    desk.work("invoice_entry.learn", {"taught": True})
    assert desk.instance(key).state == "COMPLETED"


def test_a_business_key_starts_once(desk: Desk) -> None:
    assert desk.start("a.pdf") == desk.start("a.pdf")


def test_cancelling_withdraws_everything(desk: Desk) -> None:
    key = desk.start()
    with desk.unit() as unit:
        instances.cancel(unit, key)
    assert desk.instance(key).state == "TERMINATED"
    assert not desk.open(WorkItem)
    with desk.unit() as unit, pytest.raises(Rejected):
        instances.cancel(unit, key)


def test_a_bad_model_deploys_nothing(desk: Desk) -> None:
    bad = (
        (FLOW / "invoice_to_pay.bpmn").read_bytes().replace(b'targetRef="booked"', b'targetRef="x"')
    )
    with desk.unit() as unit, pytest.raises(InvalidModel, match=r"f13.*dangling_flow"):
        deploy.deploy(unit, [("bad.bpmn", bad)])


def test_a_deployment_tells_what_is_probably_not_meant(desk: Desk) -> None:
    table = b"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="limits"
      name="limits" namespace="n"><decision id="limit" name="limit"><decisionTable>
      <input label="amount"><inputExpression><text>amount</text></inputExpression></input>
      <output name="o"/><rule><inputEntry><text>&lt; 10</text></inputEntry>
      <outputEntry><text>1</text></outputEntry></rule></decisionTable></decision></definitions>"""
    with desk.unit() as unit:
        warnings = deploy.deploy(unit, [("limits.dmn", table)]).warnings
    assert [(name, f.element, f.rule, f.message) for name, f in warnings] == [
        ("limits.dmn", "limit", "dmn.gap", "No rule answers when amount >= 10.")
    ]


def test_an_invoice_that_teaches_nothing_is_booked_all_the_same(desk: Desk) -> None:
    key = desk.start()
    desk.read_and_check()
    desk.work("legacy_ui.enter", {"entry": {}})
    desk.work("invoice_entry.learn", None, WorkException(BUSINESS, "document.corrupt", "Damaged"))
    assert desk.ends(key) == ["booked"]


def test_each_invoice_of_a_file_goes_its_own_way(desk: Desk) -> None:
    key = desk.start()
    parts = [{"first": 1, "last": 2}, {"first": 3, "last": 3}]
    whole = {**INVOICE, **DOUBT, "parts": parts}
    desk.work("invoice_entry.read", {"invoice": whole, "trusted": False})
    desk.deliver()
    asked = [item.payload["part"] for item in desk.open(WorkItem)]
    assert sorted(part["first"] for part in asked) == [1, 3]
    for number in ("A-1", "A-2"):
        fields = {**INVOICE["fields"], "number": {"value": number}}
        desk.read_and_check({**INVOICE, "fields": fields})
        desk.work("legacy_ui.enter", {"entry": {"erp_number": number}})
        desk.work("invoice_entry.learn", {"taught": True})
    desk.deliver()
    assert desk.instance(key).state == "COMPLETED"
    assert desk.ends(key) == ["split"]
