"""Vendor memory over HTTP: bots teach and recall, people see, revert and forget."""

from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from bots.invoice_entry.reading.memory import Confirmation
from bots.invoice_entry.reading.memory.service import MemoryService, stranger
from orchestrator.audit import read as read_ledger
from orchestrator.audit import verify
from orchestrator.store.database import Database
from orchestrator.store.tables import Run, SecondLook, UserTask, VendorVersion, WorkItem
from orchestrator.vendors import memory
from orchestrator.work import claims, items, settle
from orchestrator.work.model import NewItem
from tests.service.conftest import Login

SIGNS = ["seller_vat/DE136695976", "name/beispielgmbh"]


@pytest.fixture
def at_work(robot: TestClient, database: Database) -> TestClient:
    """A run whose item belongs to a process instance, 77."""
    with database.begin(actor="test") as unit:
        for item in unit.session.exec(select(WorkItem)):
            item.instance_key = 77
            unit.session.add(item)
    return robot


def lesson(document: str = "a", **more: Any) -> dict[str, Any]:
    confirmation = {"document": document * 64, "by_person": True, "values": {"number": document}}
    learned = {"places": [], "values": [{"field": "number", "value": document}], "formats": {}}
    plain = {"name": "Beispiel GmbH", "signs": SIGNS, "document": document * 64}
    return {**plain, "confirmation": confirmation, "learned": learned, **more}


def teach(robot: TestClient, **lesson_: Any) -> dict[str, Any]:
    answer = robot.post("/v2/vendor-memory/lessons", json=lesson(**lesson_))
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()
    return found


def recalled(robot: TestClient, *signs: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = robot.post(
        "/v2/vendor-memory/recall", json={"signs": list(signs)}
    ).json()["vendors"]
    return found


def numbers(robot: TestClient) -> list[str]:
    (vendor,) = recalled(robot, SIGNS[1])
    return [each["values"]["number"] for each in vendor["confirmations"]]


def reviewed(database: Database, result: dict[str, Any]) -> None:
    with database.begin(actor="test") as unit:
        unit.session.add(
            UserTask(
                key=unit.keys.next(), name="Review", state="COMPLETED", instance_key=77,
                created_at=unit.now, completed_at=unit.now, completed_by="clara", result=result,
            )
        )  # fmt: skip


def test_what_is_taught_is_recalled_by_any_sign(at_work: TestClient) -> None:
    first = teach(at_work)
    assert first["version"] == 1
    assert teach(at_work, document="b", vendorKey=first["vendorKey"])["version"] == 2
    for sign in SIGNS:
        (vendor,) = recalled(at_work, "iban/x", sign)
        assert (vendor["vendorKey"], vendor["name"]) == (first["vendorKey"], "Beispiel GmbH")
    assert numbers(at_work) == ["a", "b"]
    assert recalled(at_work, "name/stranger") == []


def test_a_document_teaches_once(at_work: TestClient) -> None:
    assert teach(at_work) == teach(at_work)
    assert numbers(at_work) == ["a"]


def test_a_bot_cannot_say_that_a_person_looked(at_work: TestClient, database: Database) -> None:
    teach(at_work)
    reviewed(database, {"review": {"decision": "reject"}})
    teach(at_work, document="b")
    reviewed(database, {"invoice": {}, "review": {"decision": "correct"}})
    teach(at_work, document="c")
    (vendor,) = recalled(at_work, SIGNS[0])
    assert [each["by_person"] for each in vendor["confirmations"]] == [False, False, True]


def looked_at(database: Database, *, wrong: list[str], held: bool = False) -> int:
    """A settled second look at the invoice of instance 77; its key."""
    with database.begin(actor="test") as unit:
        look = SecondLook(
            key=unit.keys.next(), tenant_id=unit.tenant_id, budget_key=1, instance_key=77,
            element_key=5 if held else None, state="SETTLED", reading={}, share=0.2,
            drawn_at=unit.now, wrong=wrong, settled_at=unit.now, settled_by="carl",
        )  # fmt: skip
        unit.session.add(look)
        return look.key


def teaches_for(database: Database, look: int) -> None:
    """The run's item is the one that the second look sends to the bot."""
    with database.begin(actor="test") as unit:
        for item in unit.session.exec(select(WorkItem)):
            item.headers = {"secondLook": str(look)}
            unit.session.add(item)


def test_who_finds_the_invoice_right_confirms_it(at_work: TestClient, database: Database) -> None:
    looked_at(database, wrong=[])
    teach(at_work)
    (vendor,) = recalled(at_work, SIGNS[0])
    assert vendor["confirmations"][0]["by_person"] is True


def test_a_second_look_that_finds_an_error_amends_the_memory(
    at_work: TestClient, database: Database, login: Login
) -> None:
    teach(at_work)
    teach(at_work, document="b")
    key = teach(at_work, document="c")["vendorKey"]
    with database.begin(actor="test") as unit:
        other = unit.session.exec(select(VendorVersion).where(VendorVersion.version != 2))
        for version in other:
            version.instance_key = 76
            unit.session.add(version)
    look = looked_at(database, wrong=["number"])
    with database.begin(actor="user:carl") as unit:
        memory.withdraw(unit, 77, look)
        memory.withdraw(unit, 77, look)
    assert numbers(at_work) == ["a", "c"]
    teaches_for(database, look)
    right = {"document": "b" * 64, "values": {"number": "right"}}
    assert teach(at_work, document="b", confirmation=right, vendorKey=key)["version"] == 5
    assert teach(at_work, document="b", confirmation=right, vendorKey=key)["version"] == 5
    assert numbers(at_work) == ["a", "c", "right"]
    (vendor,) = recalled(at_work, SIGNS[0])
    assert [each["by_person"] for each in vendor["confirmations"]] == [False, False, True]
    versions = login("clerk").get(f"/v2/vendors/{key}").json()["versions"]
    assert [(v["version"], v["amends"], v["confirmedBy"]) for v in versions[:2]] == [
        (5, 4, "carl"), (4, 2, None),
    ]  # fmt: skip
    assert versions[1]["confirmation"] is None
    assert versions[1]["secondLookKey"] == str(look)
    with database.begin(actor="test") as unit:
        lines = read_ledger(unit, f"vendor/{key}")
        assert verify(unit) == []
    assert [line.kind for line in lines[-2:]] == ["vendor.withdrawn", "vendor.taught"]
    assert lines[-1].data is not None
    assert (lines[-1].data["amends"], lines[-1].data["second_look"]) == (4, str(look))
    points = login("clerk").get("/v2/vendors/learning-curve").json()["points"]
    assert sum(point["invoices"] for point in points) == 3


def test_what_was_found_misread_before_it_was_taught_is_withdrawn_at_once(
    at_work: TestClient, database: Database
) -> None:
    looked_at(database, wrong=["net"])
    teach(at_work)
    (vendor,) = recalled(at_work, SIGNS[0])
    assert vendor["confirmations"] == []


def test_what_was_put_right_before_it_went_on_is_confirmed(
    at_work: TestClient, database: Database
) -> None:
    looked_at(database, wrong=["net"], held=True)
    teach(at_work)
    (vendor,) = recalled(at_work, SIGNS[0])
    assert vendor["confirmations"][0]["by_person"] is True


def test_a_run_teaches_for_the_item_that_it_holds_now(
    at_work: TestClient, database: Database
) -> None:
    """It was started for another, whose invoice a person has confirmed."""
    reviewed(database, {"invoice": {}})
    with database.begin(actor="test") as unit:
        (first,) = unit.session.exec(select(WorkItem))
        items.enqueue(unit, NewItem(queue="bot.task", instance_key=78))
        settle.complete(unit, first.run_key or 0, first.key)
        claims.reserve_next(unit, unit.session.exec(select(Run)).one())
    teach(at_work)
    with database.begin(actor="test") as unit:
        version = unit.session.exec(select(VendorVersion)).one()
        assert (version.instance_key, version.confirmed_by) == (78, None)


def test_reverting_goes_to_any_version_and_back(
    at_work: TestClient, login: Any, database: Database
) -> None:
    operator = login("operator")
    key, *_ = {teach(at_work, document=name)["vendorKey"] for name in "abc"}
    detail = operator.post(f"/v2/vendors/{key}/revert", json={"version": 1}).json()
    assert detail["version"] == 1
    assert detail["learned"]["values"][0]["value"] == "a"
    assert [each["version"] for each in detail["versions"]] == [3, 2, 1]
    assert numbers(at_work) == ["a"]
    assert teach(at_work, document="d")["version"] == 4
    assert numbers(at_work) == ["a", "d"]
    operator.post(f"/v2/vendors/{key}/revert", json={"version": 3})
    assert numbers(at_work) == ["a", "b", "c"]
    operator.post(f"/v2/vendors/{key}/revert", json={"version": 0})
    assert recalled(at_work, SIGNS[0])[0]["confirmations"] == []
    missing = operator.post(f"/v2/vendors/{key}/revert", json={"version": 9})
    assert missing.status_code == 404
    with database.begin(actor="test") as unit:
        assert verify(unit) == []


def test_a_vendor_can_be_forgotten(at_work: TestClient, login: Any) -> None:
    key = teach(at_work)["vendorKey"]
    assert login("clerk").delete(f"/v2/vendors/{key}").status_code == 403
    operator = login("operator")
    assert operator.delete(f"/v2/vendors/{key}").status_code == 204
    assert operator.get(f"/v2/vendors/{key}").status_code == 404
    assert recalled(at_work, *SIGNS) == []


def test_the_learning_curve_counts_what_passed(
    at_work: TestClient, login: Any, database: Database
) -> None:
    reviewed(database, {"invoice": {}})
    teach(at_work)
    teach(at_work, document="b")
    other = {"name": "Andere AG", "signs": ["name/andereag"]}
    with database.begin(actor="test") as unit:
        for task in unit.session.exec(select(UserTask)):
            unit.session.delete(task)
    passed = teach(at_work, document="c")
    teach(at_work, document="d", **other)
    clerk = login("clerk")
    points = clerk.get("/v2/vendors/learning-curve").json()["points"]
    assert [(p["seen"], p["invoices"], p["straightThrough"]) for p in points] == [
        (0, 2, 1), (1, 1, 0), (2, 1, 1),
    ]  # fmt: skip
    own = clerk.get("/v2/vendors/learning-curve", params={"vendor": passed["vendorKey"]}).json()
    assert [p["straightThrough"] for p in own["points"]] == [0, 0, 1]
    found = clerk.post("/v2/vendors/search", json={"filter": {"name": {"$like": "Andere*"}}})
    assert [vendor["name"] for vendor in found.json()["items"]] == ["Andere AG"]


def test_another_tenant_remembers_nothing_of_it(at_work: TestClient, database: Database) -> None:
    teach(at_work)
    with database.begin(actor="test") as unit:
        for row in (*unit.session.exec(select(WorkItem)), *unit.session.exec(select(Run))):
            row.tenant_id = "other"
            unit.session.add(row)
    assert recalled(at_work, *SIGNS) == []


def test_a_run_outside_a_process_teaches_nothing(robot: TestClient) -> None:
    answer = robot.post("/v2/vendor-memory/lessons", json=lesson())
    assert answer.status_code == 400


def test_the_bots_own_client_understands_the_answers(at_work: TestClient) -> None:
    service = MemoryService(at_work)
    said = Confirmation("a" * 64, by_person=True, values={"number": "R-1"})
    service.teach(stranger("Beispiel GmbH"), said, SIGNS)
    (vendor,) = service.recall(SIGNS)
    assert vendor.confirmations[0].values == {"number": "R-1"}
    assert not vendor.confirmations[0].by_person  # nobody did a task
    service.teach(vendor, Confirmation("b" * 64, by_person=False, values={}), SIGNS)
    assert len(service.recall(SIGNS)[0].confirmations) == 2


def test_a_control_room_without_a_memory_remembers_nobody() -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(404))
    with httpx.Client(base_url="http://elsewhere", transport=transport) as http:
        assert MemoryService(http).recall(SIGNS) == []
