"""Error budgets and second looks over HTTP: what is told to whom, and when."""

from typing import Any

import pytest

from orchestrator.process import error_budgets
from orchestrator.quality import Policy
from orchestrator.store.database import Database
from tests.service.conftest import Login
from tests.service.test_process_second_looks import GROUP, QUEUE, TRUTH, Office


@pytest.fixture
def office(database: Database) -> Office:
    office = Office(database)
    office.draw_all()
    return office


def searched(client: Any, resource: str) -> list[dict[str, Any]]:
    answer = client.post(f"/v2/{resource}/search", json={})
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def test_the_task_of_a_look_tells_nothing_that_was_read(office: Office, login: Login) -> None:
    office.invoice(number="MISREAD-7")
    clerk = login("clerk")
    (task,) = searched(clerk, "user-tasks")
    assert (task["kind"], task["title"]) == ("second_look", "a.pdf")
    assert task["processInstanceKey"] is None
    detail = clerk.get(f"/v2/user-tasks/{task['userTaskKey']}")
    assert "MISREAD-7" not in detail.text
    assert detail.json()["variables"]["document"]["documentId"] == "d1"
    assert "MISREAD-7" not in clerk.post("/v2/second-looks/search", json={}).text


MISREAD = "MISREAD-7"


@pytest.mark.parametrize("who", ["clerk", "approver"])
def test_until_it_is_settled_the_reading_is_sealed_for_all_who_could_take_the_look(
    office: Office, login: Login, who: str
) -> None:
    key, client = office.invoice(number="MISREAD-7"), login(who)
    paths = [f"/v2/process-instances/{key}/history"]
    items = searched(login("operator"), "work-items")
    paths += [f"/v2/work-items/{item['workItemKey']}" for item in items]
    by_value = {"variables": [{"name": "invoice", "value": {"$like": "*MISREAD*"}}]}
    asked = {"filter": {"$or": [by_value]}}
    for path in paths:
        assert client.get(path).json()["code"] == "second_look.sealed"
    assert searched(client, "variables") == []
    assert searched(client, "work-items") == []
    assert client.post("/v2/process-instances/search", json=asked).json()["items"] == []
    assert "MISREAD-7" in str(searched(login("operator"), "variables"))
    office.answer("clara", number="MISREAD-7")
    assert "MISREAD-7" in client.get(paths[0]).text
    assert "MISREAD-7" in str(searched(client, "variables"))
    assert len(client.post("/v2/process-instances/search", json=asked).json()["items"]) == 1


def test_nobody_learns_a_sealed_value_by_searching_for_it(office: Office, login: Login) -> None:
    key, clerk = office.invoice(number="MISREAD-7"), login("clerk")
    (name,) = {v["name"] for v in searched(login("operator"), "variables") if MISREAD in v["value"]}
    body = {"filter": {"variables": [{"name": name, "value": {"$like": f"*{MISREAD}*"}}]}}

    def found() -> list[str]:
        answer = clerk.post("/v2/process-instances/search", json=body).json()
        return [instance["processInstanceKey"] for instance in answer["items"]]

    assert found() == []
    office.answer("clara", number=MISREAD)
    assert found() == [str(key)]


def test_a_dispute_shows_both_values_and_not_whose_they_are(office: Office, login: Login) -> None:
    office.invoice(number="B-2", gross="100.00")
    office.answer("clara")
    clerk = login("clerk")
    (task,) = [t for t in searched(clerk, "user-tasks") if t["state"] == "CREATED"]
    variables = clerk.get(f"/v2/user-tasks/{task['userTaskKey']}").json()["variables"]
    assert variables["disputed"] == {"number": ["A-1", "B-2"], "gross": ["100.00", "120.00"]}
    done = clerk.post(
        f"/v2/user-tasks/{task['userTaskKey']}/completion",
        json={"variables": {"number": "A-1", "gross": "100.00"}},
    )
    assert done.status_code == 204
    (look,) = searched(clerk, "second-looks")
    assert look["wrong"] == ["number"]
    assert look["truth"] == {**TRUTH, "gross": "100.00"}


def test_an_administrator_is_told_why_the_look_is_not_theirs(office: Office, login: Login) -> None:
    office.invoice()
    admin = login("admin")
    (task,) = searched(admin, "user-tasks")
    answer = admin.post(
        f"/v2/user-tasks/{task['userTaskKey']}/assignment", json={"assignee": "admin"}
    )
    assert (answer.status_code, answer.json()["code"]) == (403, "second_look.not_blind")


def test_a_budget_tells_its_state_its_counts_and_its_course(office: Office, login: Login) -> None:
    for said in ({}, {"tax": "19.00"}):
        office.invoice()
        office.answer("clara", **said)
    office.answer("carl", tax="19.00")
    (budget,) = searched(login("clerk"), "error-budgets")
    assert (budget["looks"], budget["openLooks"]) == (2, 0)
    assert budget["estimate"] == pytest.approx(1 / 12)
    detail = login("clerk").get(f"/v2/error-budgets/{budget['errorBudgetKey']}").json()
    wrong = {count["name"]: count["wrong"] for count in detail["counts"]}
    assert (wrong["tax"], wrong["net"], wrong["invoice"]) == (1, 0, 1)
    assert all(count["exactBound"] <= count["runningBound"] for count in detail["counts"])
    assert [point["estimate"] for point in detail["course"]] == [0, pytest.approx(1 / 12)]


def test_budgets_are_set_by_who_manages_processes(office: Office, login: Login) -> None:
    body = {"queue": QUEUE, "vendorGroup": "new", "budget": 0.01, "least": 0.1, "most": 0.5}
    assert login("clerk").put("/v2/error-budgets", json=body).status_code == 403
    answer = login("operator").put("/v2/error-budgets", json=body).json()
    assert (answer["vendorGroup"], answer["budget"], answer["share"]) == ("new", 0.01, 0.5)
    refused = login("operator").put("/v2/error-budgets", json={**body, "least": 0})
    assert refused.json()["code"] == "error_budget.policy"
    with office.database.begin(actor="test") as unit:
        assert error_budgets.of(unit, QUEUE, GROUP).budget == Policy().budget
