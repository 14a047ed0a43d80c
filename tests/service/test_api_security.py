"""Nobody gets in without credentials, and nobody further than their role."""

import base64
import re

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute
from fastapi.testclient import TestClient

from orchestrator.api.build import ROUTERS
from orchestrator.api.openapi import description
from orchestrator.store.database import Database

OPEN = {
    ("POST", "/v2/login"),
    ("POST", "/v2/agents/enroll"),
    ("GET", "/healthz"),
    ("GET", "/v2/status"),
    ("POST", "/oauth/token"),
    ("GET", "/files/{token}"),
    ("POST", "/files/{token}"),
}
ROUTES = sorted(
    (method, route.path)
    for router in ROUTERS
    for route in router.routes
    if isinstance(route, APIRoute)
    for method in route.methods
)


def test_every_route_but_the_open_ones_asks_who_is_calling(server: FastAPI) -> None:
    client = TestClient(server)
    for method, path in ROUTES:
        if (method, path) in OPEN:
            continue
        answer = client.request(method, _filled(path))
        assert answer.status_code == 401, (method, path)


def test_the_description_tells_clients_how_to_say_who_they_are() -> None:
    described = description()
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            is_open = (method.upper(), path) in OPEN
            assert bool(operation["security"]) is not is_open, (method, path)
    search = described["paths"]["/v2/users/search"]["post"]["security"]
    assert search == [{"apiToken": []}, {"password": []}, {"session": [], "csrf": []}]
    assert described["paths"]["/v2/me"]["get"]["security"][-1] == {"session": []}


def test_open_routes_ask_for_something_else(server: FastAPI) -> None:
    client = TestClient(server)
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/files/x.y").status_code == 403
    body = {"enrollmentToken": "x", "name": "a"}
    assert client.post("/v2/agents/enroll", json=body).status_code == 401


@pytest.mark.parametrize("wrong", ["Bearer x", "Basic !", "Basic " + "x" * 9, "Bearer"])
def test_wrong_credentials_are_refused(server: FastAPI, wrong: str) -> None:
    answer = TestClient(server).get("/v2/me", headers={"Authorization": wrong})
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_session_needs_its_csrf_token_to_change_anything(login) -> None:
    client = login("admin")
    client.headers.pop("X-CSRF-Token")
    assert client.get("/v2/me").status_code == 200
    refused = client.post("/v2/users/search", json={})
    assert (refused.status_code, refused.json()["code"]) == (403, "auth.csrf")


def test_logging_out_ends_the_session_at_once(login) -> None:
    client = login("clerk")
    cookie = client.cookies["deskhand_session"]
    assert client.post("/v2/logout").status_code == 204
    client.cookies.set("deskhand_session", cookie)
    assert client.get("/v2/me").status_code == 401


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(server: FastAPI) -> None:
    body = {"username": "clerk", "password": "correct horse"}
    cookie = TestClient(server).post("/v2/login", json=body).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie


def test_guessing_a_password_is_slowed_down(server: FastAPI) -> None:
    client = TestClient(server)
    body = {"username": "admin", "password": "wrong"}
    answers = [client.post("/v2/login", json=body) for _ in range(6)]
    assert [a.status_code for a in answers] == [401] * 5 + [429]
    assert int(answers[-1].headers["retry-after"]) >= 1


def test_a_session_tells_what_its_user_may_do(login) -> None:
    may = {
        role: set(login(role).get("/v2/me").json()["permissions"]) for role in ("clerk", "admin")
    }
    assert "do_tasks" in may["clerk"]
    assert "manage_agents" not in may["clerk"]
    assert "manage_agents" in may["admin"]


def test_the_chosen_language_is_there_at_the_next_login(login) -> None:
    client = login("clerk")
    assert client.patch("/v2/me", json={"language": "tlh"}).status_code == 400
    assert client.patch("/v2/me", json={"language": "zh"}).json()["user"]["language"] == "zh"
    assert login("clerk").get("/v2/me").json()["user"]["language"] == "zh"
    assert login("admin").get("/v2/me").json()["user"]["language"] == "en"


@pytest.mark.parametrize(
    ("role", "path", "status"),
    [
        ("clerk", "/v2/users/search", 403),
        ("operator", "/v2/users/search", 403),
        ("admin", "/v2/users/search", 200),
        ("clerk", "/v2/agents/enrollment-tokens", 403),
        ("approver", "/v2/process-instances", 403),
        ("clerk", "/v2/work-items/1/retry", 403),
        ("operator", "/v2/work-items/1/retry", 404),
        ("clerk", "/v2/incidents/1/resolution", 403),
    ],
)
def test_roles_bound_what_people_do(login, role: str, path: str, status: int) -> None:
    assert login(role).post(path, json={}).status_code == status


def test_agents_and_runs_reach_only_their_own_routes(agent: TestClient, robot: TestClient) -> None:
    for client in (agent, robot):
        assert client.get("/v2/me").status_code == 401
        assert client.post("/v2/work-items/search", json={}).status_code == 401
    assert robot.post("/v2/agents/heartbeat", json={"status": "ONLINE"}).status_code == 401
    assert agent.get("/json-v1/workspaces/default/workitems/1/data").status_code == 401


def test_an_api_token_acts_as_its_user_until_revoked(server: FastAPI, login) -> None:
    owner = login("operator")
    made = owner.post("/v2/api-tokens", json={"name": "ci"}).json()
    program = TestClient(server, headers={"Authorization": f"Bearer {made['token']}"})
    assert program.get("/v2/me").json()["user"]["username"] == "operator"
    owner.delete(f"/v2/api-tokens/{made['apiTokenKey']}")
    assert program.get("/v2/me").status_code == 401


def test_basic_credentials_work_too(server: FastAPI) -> None:
    text = base64.b64encode(b"clerk:correct horse").decode()
    client = TestClient(server, headers={"Authorization": f"Basic {text}"})
    assert [client.get("/v2/me").status_code for _ in range(3)] == [200] * 3


def test_another_tenants_things_are_not_there(login, database: Database) -> None:
    from orchestrator.work.items import enqueue
    from orchestrator.work.model import NewItem

    with database.begin(actor="system", tenant_id="other") as unit:
        key = enqueue(unit, NewItem("q")).key
    client = login("admin")
    assert client.get(f"/v2/work-items/{key}").status_code == 404
    assert client.post("/v2/work-items/search", json={}).json()["items"] == []


def test_answers_protect_the_browser(server: FastAPI) -> None:
    headers = TestClient(server).get("/v2/me").headers
    assert headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"


def test_bodies_over_the_limit_are_refused(login) -> None:
    client = login("clerk")
    announced = client.post("/v2/documents", files={"file": ("a.txt", b"x" * 1_100_000)})
    assert announced.status_code == 413
    parts = (b"[" * 100_000 for _ in range(11))
    json = {"Content-Type": "application/json"}
    streamed = client.post("/v2/user-tasks/search", content=parts, headers=json)
    assert streamed.status_code == 413


def _filled(path: str) -> str:
    return re.sub(r"\{[^}]+\}", "1", path)
