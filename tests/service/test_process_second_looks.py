"""Second looks and the error budget through the services, people's and bots' parts played."""

from typing import Any

import pytest
from sqlmodel import select

from orchestrator.audit import read as read_ledger
from orchestrator.kernel.errors import Forbidden, InvalidInput
from orchestrator.people import users
from orchestrator.people.users import NewUser
from orchestrator.process import deploy, error_budgets, instances, jobs, start, tasks
from orchestrator.quality import Policy, drawn
from orchestrator.store.database import Database
from orchestrator.store.tables import (
    ErrorBudget,
    ProcessInstance,
    SecondLook,
    User,
    UserTask,
    WorkItem,
)
from orchestrator.work import outputs
from orchestrator.work.claims import claim
from tests.service.test_process_flow import FLOW

QUEUE, GROUP = "invoice_entry.read", "all"
TRUTH = {
    "number": "A-1",
    "issue_date": "2026-05-04",
    "currency": "EUR",
    "net": "100.00",
    "tax": "20.00",
    "gross": "120.00",
}
DOCUMENT = {"documentId": "d1", "metadata": {"fileName": "a.pdf"}}


class Office:
    """Bots that read as told, and people who answer."""

    def __init__(self, database: Database) -> None:
        self.database, self._number = database, 0
        with database.begin(actor="test") as unit:
            files = [f for f in FLOW.rglob("*") if f.suffix in {".bpmn", ".dmn", ".form"}]
            deploy.deploy(unit, [(f.name, f.read_bytes()) for f in files])
            people = (("clara", "clerk"), ("carl", "clerk"), ("adam", "approver"))
            for name, role in (*people, ("olga", "admin")):
                users.create(unit, NewUser(name, "a long password", [role]))

    def draw_all(self) -> None:
        with self.database.begin(actor="test") as unit:
            error_budgets.configure(unit, QUEUE, GROUP, Policy(least=1, most=1))

    def pass_by(self, key: int) -> None:
        """Let the lot not fall to the invoice."""
        with self.database.begin(actor="test") as unit:
            error_budgets.configure(unit, QUEUE, GROUP, Policy(least=0.005, most=0.005))
            secrets = (bytes([n]) for n in range(256))
            passing = next(one for one in secrets if not drawn(one, key, 0.005))
            error_budgets.of(unit, QUEUE, GROUP).secret = passing

    def invoice(self, **misread: str) -> int:
        """An invoice that reads TRUTH, but by the bot with what is misread."""
        key = self.begin()
        self.work("invoice_entry.read", self.reading(**misread))
        self.work("data_validation.check", {"findings": [], "valid": True})
        return key

    def begin(self) -> int:
        with self.database.begin(actor="test") as unit:
            request = start.StartRequest("invoice_to_pay", variables={"document": DOCUMENT})
            return start.start(unit, request).instance.key

    def reading(self, **misread: str) -> dict[str, Any]:
        """What the bot reads of an invoice that reads TRUTH."""
        self._number += 1
        values = {**TRUTH, **misread}
        seller = {"value": f"Seller {self._number}"}
        fields = {**{name: {"value": v} for name, v in values.items()}, "seller": seller}
        return {"invoice": {"fields": fields, "doubts": []}, "trusted": True}

    def work(self, queue: str, result: dict[str, Any]) -> None:
        with self.database.begin(actor="test") as unit:
            (claimed,) = claim(unit, 1, [queue], 1, 60)
        with self.database.begin(actor="test") as unit:
            outputs.create(unit, claimed.run, claimed.item.key, result)
            jobs.release(unit, claimed.run.key, claimed.item.key, "COMPLETED")

    def book(self) -> None:
        self.work("legacy_ui.enter", {"entry": {"erp_number": "ERP-1"}})
        self.work("invoice_entry.learn", {"taught": True})

    def waiting(self, queue: str) -> int:
        return len(self.all(WorkItem, queue=queue, state="NEW"))

    def all(self, table: type[Any], **equal: Any) -> list[Any]:
        with self.database.begin(actor="test") as unit:
            return list(unit.session.exec(select(table).filter_by(**equal).order_by(table.key)))

    def look_tasks(self) -> list[UserTask]:
        return self.all(UserTask, kind="second_look", state="CREATED")

    def answer(self, who: str, **said: str) -> None:
        """The first look that waits, read as TRUTH but for what is said."""
        with self.database.begin(actor=f"user:{who}") as unit:
            user = unit.session.exec(select(User).where(User.username == who)).one()
            tasks.complete(unit, self.look_tasks()[0].key, user, {**TRUTH, **said})

    def state(self, instance: int) -> str:
        return str(self.all(ProcessInstance, key=instance)[0].state)

    @property
    def budget(self) -> ErrorBudget:
        return self.all(ErrorBudget)[0]

    @property
    def looks(self) -> list[SecondLook]:
        return self.all(SecondLook)


@pytest.fixture
def office(database: Database) -> Office:
    office = Office(database)
    office.draw_all()
    return office


def exceed(office: Office) -> None:
    """An invoice of which all was misread: the budget is exceeded when that is found out."""
    wrong = {"number": "B", "issue_date": "2026-04-05", "currency": "USD", "net": "1"}
    office.invoice(**wrong, tax="2", gross="3")
    office.book()
    office.answer("clara")
    office.answer("carl")
    office.work("invoice_entry.learn", {"taught": True})
    assert office.budget.state == "EXCEEDED"


def test_a_look_does_not_hold_up_the_booking_while_the_budget_is_not_exceeded(
    office: Office,
) -> None:
    key = office.invoice()
    office.book()
    assert office.state(key) == "COMPLETED"
    assert len(office.look_tasks()) == 1


def test_agreement_settles_the_look_and_counts(office: Office) -> None:
    office.invoice()
    office.answer("clara", number=" a-1 ", gross="120")
    (look,) = office.looks
    assert (look.state, look.wrong, look.state_after) == ("SETTLED", [], "UNPROVEN")
    assert office.look_tasks() == []
    assert office.budget.standing["recent"] == [[1, [1, 0, 0, 0, 0, 0, 0]]]


def test_a_difference_is_settled_by_another_person(office: Office) -> None:
    office.invoice()
    office.answer("clara", gross="102.00")
    with pytest.raises(Forbidden) as refused:
        office.answer("clara")
    assert refused.value.code == "task.separation_of_duties"
    office.answer("carl", number="not asked for")
    (look,) = office.looks
    assert (look.state, look.wrong, look.truth) == ("SETTLED", [], TRUTH)


def test_a_wrong_value_found_after_booking_is_put_right_by_a_person(office: Office) -> None:
    key = office.invoice(gross="102.00")
    office.book()
    office.answer("clara")
    office.answer("adam")
    assert office.looks[0].wrong == ["gross"]
    (task,) = office.all(UserTask, kind="task", state="CREATED")
    assert (task.instance_key, task.exception["message"]) == (key, "gross: 102.00 → 120.00")


def test_what_was_misread_is_sent_to_who_learns_once_more_put_right(office: Office) -> None:
    key = office.invoice(gross="102.00")
    office.book()
    office.answer("clara")
    office.answer("adam")
    (item,) = office.all(WorkItem, queue="invoice_entry.learn", state="NEW")
    assert (item.instance_key, item.element_key) == (key, None)
    assert item.payload["invoice"]["fields"]["gross"]["value"] == "120.00"
    assert item.payload["reviewed"] is True
    assert item.headers == {"secondLook": str(office.looks[0].key)}
    office.work("invoice_entry.learn", {"taught": True})
    assert office.state(key) == "COMPLETED"


def test_what_was_read_right_teaches_nothing_new(office: Office) -> None:
    office.invoice()
    office.book()
    office.answer("clara")
    assert office.waiting("invoice_entry.learn") == 0


def test_an_exceeded_budget_holds_every_invoice_before_it_is_booked(office: Office) -> None:
    exceed(office)
    key = office.invoice(net="10.00")
    assert office.waiting("legacy_ui.enter") == 0
    office.answer("clara")
    office.answer("carl")
    assert office.waiting("data_validation.check") == 1
    office.work("data_validation.check", {"findings": [], "valid": True})
    (item,) = office.all(WorkItem, queue="legacy_ui.enter", state="NEW")
    assert item.payload["invoice"]["fields"]["net"]["value"] == "100.00"
    office.book()
    assert office.state(key) == "COMPLETED"
    assert office.look_tasks() == []


def test_exceeding_the_budget_and_its_end_are_on_the_record(office: Office) -> None:
    exceed(office)
    with office.database.begin(actor="test") as unit:
        lines = read_ledger(unit, f"error-budget/{office.budget.key}")
    changed = lines[-1]
    assert changed.kind == "error_budget.state_changed"
    assert changed.data is not None
    assert (changed.data["before"], changed.data["state"]) == ("UNPROVEN", "EXCEEDED")
    assert changed.data["share"] == 1
    with office.database.begin(actor="system") as unit:
        for _ in range(500):
            error_budgets.learn(unit, office.budget.key, wrong=0, share=1)
        lines = read_ledger(unit, f"error-budget/{office.budget.key}")
    assert office.budget.state == "UNPROVEN"
    assert lines[-1].data is not None
    assert (lines[-1].data["before"], lines[-1].data["looks"]) == ("EXCEEDED", 500)


def test_what_a_person_has_had_is_not_unseen_and_gets_no_look(office: Office) -> None:
    with office.database.begin(actor="test") as unit:
        request = start.StartRequest("invoice_to_pay", variables={"document": DOCUMENT})
        start.start(unit, request)
    fields = {name: {"value": v} for name, v in TRUTH.items()}
    invoice = {"fields": {**fields, "seller": {"value": "S"}}, "doubts": [{"code": "x"}]}
    office.work("invoice_entry.read", {"invoice": invoice, "trusted": False})
    office.work("data_validation.check", {"findings": [], "valid": True})
    (review,) = office.all(UserTask, state="CREATED")
    with office.database.begin(actor="user:clara") as unit:
        user = unit.session.exec(select(User).where(User.username == "clara")).one()
        corrected = {"invoice": {**invoice, "doubts": []}, "review": {"decision": "correct"}}
        tasks.complete(unit, review.key, user, corrected)
    office.work("data_validation.check", {"findings": [], "valid": True})
    assert office.waiting("legacy_ui.enter") == 1
    assert office.looks == []


def test_who_may_see_what_was_read_cannot_take_the_look(office: Office) -> None:
    office.invoice()
    with pytest.raises(Forbidden) as refused:
        office.answer("olga")
    assert refused.value.code == "second_look.not_blind"


def test_cancelling_the_instance_does_not_cancel_the_look(office: Office) -> None:
    exceed(office)
    key = office.invoice()
    with office.database.begin(actor="test") as unit:
        instances.cancel(unit, key)
    office.answer("clara")
    assert office.looks[-1].state == "SETTLED"
    assert office.state(key) == "TERMINATED"


@pytest.mark.parametrize(
    "said", [{"gross": "1.234,50"}, {"issue_date": "04.05.2026"}, {"currency": "€"}]
)
def test_an_answer_that_cannot_be_read_is_refused_with_the_field(
    office: Office, said: dict[str, str]
) -> None:
    office.invoice()
    with pytest.raises(InvalidInput, match=next(iter(said))):
        office.answer("clara", **said)
    assert len(office.look_tasks()) == 1


def test_the_lot_falls_on_about_the_share_and_cannot_be_drawn_again(database: Database) -> None:
    office = Office(database)
    with database.begin(actor="test") as unit:
        error_budgets.configure(unit, QUEUE, GROUP, Policy(least=0.5, most=0.5))
    for _ in range(40):
        office.invoice()
    assert 8 <= len(office.looks) <= 32
    assert len({look.instance_key for look in office.looks}) == len(office.looks)


@pytest.mark.parametrize(
    "policy", [Policy(budget=0), Policy(least=0), Policy(least=0.5, most=0.1), Policy(most=2)]
)
def test_a_policy_that_would_switch_the_looks_off_is_refused(
    office: Office, policy: Policy
) -> None:
    with office.database.begin(actor="test") as unit, pytest.raises(InvalidInput) as refused:
        error_budgets.configure(unit, QUEUE, GROUP, policy)
    assert refused.value.code == "error_budget.policy"
