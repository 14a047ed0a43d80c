"""No route tells whoever could take a second look what was read: every route is asked."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from orchestrator.people import tasks
from orchestrator.process import instances, start
from orchestrator.process.deploy import deploy
from orchestrator.store.database import Database
from orchestrator.store.tables import (
    DecisionInstance,
    ElementInstance,
    Incident,
    ProcessInstance,
    Run,
    RunArtifact,
    UserTask,
    Variable,
    Vendor,
    WorkFile,
    WorkItem,
)
from tests.service import planted
from tests.service.conftest import Login
from tests.service.test_process_second_looks import DOCUMENT, Office

SECRET = "MISREAD-7"
FROM, TO = "2020-01-01T00:00:00Z", "2100-01-01T00:00:00Z"
QUEUES = ("invoice_entry.read", "data_validation.check", "legacy_ui.enter")
BODIES: dict[str, list[dict[str, Any]]] = {
    "/v2/jobs/statistics/errors": [
        {"filter": {"jobType": queue, "from": FROM, "to": TO}} for queue in QUEUES
    ]
}
"""Of searches that must be asked for something."""
ASKED = re.compile(r"/search$|/statistics/|/dry-run$|/evaluation$")
"""The routes by POST that only tell."""


@pytest.fixture
def office(database: Database) -> Office:
    office = Office(database)
    office.draw_all()
    return office


@pytest.fixture
def sealed(office: Office, server: Any) -> int:
    """An invoice under an open look, whose reading has got into whatever can hold it."""
    key = office.invoice(number=SECRET)
    with office.database.begin(actor="test") as unit:
        planted.plant(unit, server.state.services.documents, key, SECRET)
    return key


def keys_of(office: Office) -> dict[str, list[str]]:
    """What may stand in a path, by what stands before it."""
    tables: dict[str, type[Any]] = {
        "process-instances": ProcessInstance,
        "element-instances": ElementInstance,
        "work-items": WorkItem,
        "runs": Run,
        "incidents": Incident,
        "variables": Variable,
        "vendors": Vendor,
    }
    found = {name: _holding(office.all(table)) for name, table in tables.items()}
    found["user-tasks"] = [str(row.key) for row in office.all(UserTask)]
    definitions = {str(row.definition_key) for row in office.all(ProcessInstance)}
    with office.database.begin(actor="test") as unit:
        decided = unit.session.exec(select(DecisionInstance).limit(1)).all()
        files = [*unit.session.exec(select(WorkFile)), *unit.session.exec(select(RunArtifact))]
    found["documents"] = [str(row.digest) for row in files if len(row.digest or "") == 64]
    found["decision-instances"] = [f"{row.evaluation_key}-{row.number}" for row in decided]
    found["error-budgets"] = [str(office.budget.key)]
    found["process-definitions"] = sorted(definitions)
    return found


def _holding(rows: list[Any]) -> list[str]:
    """Of those that hold the secret in themselves, if there are any, else of all."""
    holding = [row for row in rows if SECRET in str(row.model_dump())]
    return [str(row.key) for row in holding or rows]


ELSEWHERE = {
    *("batch-operations", "migrations", "decision-definitions", "decision-requirements"),
    *("users", "roles", "groups", "tenants", "authorizations", "audit-logs", "forms", "resources"),
    "global",  # cluster variables
}
"""What stands before keys of things that hold nothing of an invoice."""


def asked(server: Any, office: Office) -> Iterator[tuple[str, str, str, dict[str, Any] | None]]:
    """Each route that tells something: its own path, method, path with a key, body."""
    keys = keys_of(office)
    for path, operations in server.openapi()["paths"].items():
        for method in operations:
            if not path.startswith("/v2/") or path == "/v2/events":
                continue
            if method == "get" or (method == "post" and ASKED.search(path)):
                for filled in _filled(path, keys):
                    bodies = BODIES.get(path, [{}]) if method == "post" else [None]
                    for body in bodies:
                        yield path, method, filled, body


def _filled(path: str, keys: dict[str, list[str]]) -> list[str]:
    place = re.search(r"/([\w-]+)/\{\w+\}", path)
    if place is None:
        return [path]
    if place[1] in ELSEWHERE:
        return []
    page = path.replace("{number}", "1")
    return [re.sub(r"\{\w+\}", key, page, count=1) for key in keys[place[1]]]


def telling(client: TestClient, server: Any, office: Office) -> set[str]:
    """The routes that tell the secret."""
    found = set()
    for path, method, filled, body in asked(server, office):
        answer = client.request(method, filled, json=body)
        assert answer.status_code != 422, (path, answer.text)
        assert answer.status_code < 500 or answer.status_code == 501, (path, answer.text)
        if SECRET in answer.text:
            found.add(f"{method} {path}")
    return found


TELLING = {
    "get /v2/documents/{document_id}",
    "get /v2/element-instances/{key}",
    "get /v2/incidents/{key}",
    "get /v2/process-instances/{key}/history",
    "get /v2/runs/{run_key}/logs",
    "get /v2/user-tasks/{key}",
    "get /v2/variables/{key}",
    "get /v2/vendors/{key}",
    "get /v2/work-items/{key}",
    "post /v2/correlated-message-subscriptions/search",
    "post /v2/element-instances/search",
    "post /v2/element-instances/wait-states/search",
    "post /v2/element-instances/{key}/incidents/search",
    "post /v2/incidents/search",
    "post /v2/incidents/statistics/process-instances-by-error",
    "post /v2/jobs/search",
    "post /v2/jobs/statistics/errors",
    "post /v2/message-subscriptions/search",
    "post /v2/process-instances/{key}/incidents/search",
    "post /v2/user-tasks/{key}/effective-variables/search",
    "post /v2/user-tasks/{key}/variables/search",
    "post /v2/variables/search",
    "post /v2/work-items/search",
}


@pytest.mark.parametrize("who", ["clerk", "approver"])
def test_no_route_tells_who_could_take_the_look_what_was_read(
    office: Office, sealed: int, server: Any, login: Login, who: str
) -> None:
    assert telling(login(who), server, office) == set()


def test_every_route_tells_it_to_who_may_know(
    office: Office, sealed: int, server: Any, login: Login
) -> None:
    """So the test above asks where there is something to be told."""
    told = telling(login("operator"), server, office)
    assert told >= TELLING, TELLING - told


@pytest.mark.parametrize("wanted", [{"errorMessage": SECRET}, {"hasIncident": True}])
def test_a_message_is_not_learnt_by_searching_for_it(
    sealed: int, login: Login, wanted: dict[str, Any]
) -> None:
    found = {
        who: login(who).post("/v2/process-instances/search", json={"filter": wanted}).json()
        for who in ("clerk", "operator")
    }
    assert found["operator"]["page"]["totalItems"] == 1
    assert found["clerk"]["page"]["totalItems"] == int("hasIncident" in wanted)


def read(office: Office) -> int:
    """An invoice that has been read and not been drawn yet."""
    key = office.begin()
    office.work("invoice_entry.read", office.reading(number=SECRET))
    return key


def test_what_may_be_drawn_yet_is_sealed_already(office: Office, login: Login) -> None:
    """Else whoever looked early would not be blind."""
    key, clerk = read(office), login("clerk")
    assert SECRET not in clerk.post("/v2/variables/search", json={}).text
    assert clerk.get(f"/v2/process-instances/{key}").json()["isSealed"] is True
    assert login("operator").get(f"/v2/process-instances/{key}").json()["isSealed"] is False


def test_what_was_not_drawn_is_open_again(office: Office, login: Login) -> None:
    office.pass_by(read(office))
    office.work("data_validation.check", {"findings": [], "valid": True})
    assert office.looks == []
    assert SECRET in login("clerk").post("/v2/variables/search", json={}).text


def test_an_ended_instance_is_never_drawn_and_so_not_sealed(office: Office, login: Login) -> None:
    key = read(office)
    with office.database.begin(actor="test") as unit:
        instances.cancel(unit, key)
    assert SECRET in login("clerk").post("/v2/variables/search", json={}).text


def reviewing(office: Office) -> str:
    """A task of an invoice that is not drawn yet."""
    key = read(office)
    with office.database.begin(actor="test") as unit:
        task = tasks.open(unit, tasks.NewTask(tasks.TASK, "Ask", instance_key=key))
    return str(task.key)


def look_of(office: Office, client: TestClient) -> Any:
    """The answer to claiming the look at the invoice that is being reviewed."""
    office.work("data_validation.check", {"findings": [], "valid": True})
    (look,) = office.look_tasks()
    name = client.get("/v2/me").json()["user"]["username"]
    return client.post(f"/v2/user-tasks/{look.key}/assignment", json={"assignee": name})


@pytest.mark.parametrize("seeing", ["shown", "variables", "claimed and given back"])
def test_who_saw_the_reading_before_the_lot_was_drawn_is_not_given_the_look(
    office: Office, login: Login, seeing: str
) -> None:
    task, clerk = reviewing(office), login("clerk")
    if seeing == "shown":
        assert clerk.get(f"/v2/user-tasks/{task}").json()["isSealed"] is False
    elif seeing == "variables":
        clerk.post(f"/v2/user-tasks/{task}/effective-variables/search", json={})
    else:
        clerk.post(f"/v2/user-tasks/{task}/assignment", json={"assignee": "clerk"})
        clerk.delete(f"/v2/user-tasks/{task}/assignee")
    answer = look_of(office, clerk)
    assert (answer.status_code, answer.json()["code"]) == (403, "task.separation_of_duties")
    (look,) = office.look_tasks()
    path = f"/v2/user-tasks/{look.key}/assignment"
    assert login("approver").post(path, json={"assignee": "approver"}).status_code == 204


def test_who_saw_a_task_of_the_calling_instance_is_not_given_the_look(
    office: Office, login: Login
) -> None:
    key, clerk = read(office), login("clerk")
    with office.database.begin(actor="test") as unit:
        deploy(unit, [("caller.bpmn", planted.CALLER)])
        parent = start.start(unit, start.StartRequest("caller")).instance
        instance = unit.session.get(ProcessInstance, key)
        assert instance
        instance.parent_key = parent.key
    (task,) = office.all(UserTask, instance_key=parent.key)
    clerk.get(f"/v2/user-tasks/{task.key}")
    assert look_of(office, clerk).status_code == 403


def test_who_had_the_right_to_see_all_cannot_lay_it_down_and_look(
    office: Office, login: Login
) -> None:
    key, operator = read(office), login("operator")
    assert SECRET in operator.get(f"/v2/process-instances/{key}/history").text
    login("admin").put("/v2/users/operator", json={"roles": ["clerk"]})
    assert look_of(office, operator).json()["code"] == "task.separation_of_duties"


def test_who_may_work_on_jobs_by_a_role_of_ones_own_takes_no_looks(
    office: Office, login: Login
) -> None:
    admin = login("admin")
    admin.post("/v2/roles", json={"roleId": "worker", "name": "Worker"})
    grant = {
        "ownerId": "worker",
        "ownerType": "ROLE",
        "resourceId": "*",
        "resourceType": "PROCESS_DEFINITION",
        "permissionTypes": ["UPDATE_PROCESS_INSTANCE"],
    }
    assert admin.post("/v2/authorizations", json=grant).status_code == 201
    admin.put("/v2/users/clerk", json={"roles": ["clerk", "worker"]})
    read(office)
    assert look_of(office, login("clerk")).json()["code"] == "second_look.not_blind"


def test_nobody_takes_an_invoice_out_of_the_lot_by_saying_it_was_reviewed(
    office: Office, login: Login
) -> None:
    variables = {"document": DOCUMENT, "review": {"decision": "correct"}}
    body = {"processDefinitionId": "invoice_to_pay", "variables": variables}
    assert login("clerk").post("/v2/process-instances", json=body).status_code == 200
    office.work("invoice_entry.read", office.reading())
    office.work("data_validation.check", {"findings": [], "valid": True})
    assert len(office.looks) == 1
