"""Fixtures of tests that speak HTTP."""

import warnings
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi import FastAPI

from orchestrator.api.build import build
from orchestrator.api.services import Services
from orchestrator.api.signing import Signer
from orchestrator.people.users import NewUser, create
from orchestrator.settings import Settings
from orchestrator.store.database import Database
from orchestrator.store.documents import DocumentStore
from orchestrator.store.notify import Listener

with warnings.catch_warnings():
    # Starlette warns that it will want httpx2 some day.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

PASSWORD = "correct horse"
Login = Callable[..., TestClient]


@pytest.fixture
def server(database: Database, tmp_path: Path) -> Iterator[FastAPI]:
    """The application over `database`, with one user of each role, named after it."""
    settings = Settings(data_dir=tmp_path, public_url="http://testserver")
    listener = Listener(database)
    listener.start()
    app = build(upload_limit=1_000_000)
    documents = DocumentStore((tmp_path / "documents").as_uri(), limit=1_000_000)
    app.state.services = Services(settings, database, documents, listener, Signer(b"secret"))
    with database.begin(actor="system") as unit:
        for role in ("operator", "clerk", "approver", "admin"):
            create(unit, NewUser(role, PASSWORD, [role]))
    yield app
    listener.stop()


@pytest.fixture
def login(server: FastAPI) -> Login:
    """`login("clerk")`: a client with that user's session and CSRF token."""

    def log_in(username: str) -> TestClient:
        client = TestClient(server)
        answer = client.post("/v2/login", json={"username": username, "password": PASSWORD})
        client.headers["X-CSRF-Token"] = answer.json()["csrfToken"]
        return client

    return log_in


@pytest.fixture
def agent(server: FastAPI, login: Login) -> TestClient:
    """An enrolled agent's client."""
    token = login("operator").post("/v2/agents/enrollment-tokens", json={"name": "a"}).json()
    client = TestClient(server)
    body = {"enrollmentToken": token["enrollmentToken"], "name": "a", "machine": "m"}
    enrolled = client.post("/v2/agents/enroll", json=body).json()
    client.headers["Authorization"] = f"Bearer {enrolled['agentToken']}"
    return client


@pytest.fixture
def robot(server: FastAPI, login: Login, agent: TestClient) -> TestClient:
    """The client of a run that holds an item of queue `bot.task` with payload {"n": 1};
    `robot.claimed` is what its agent got."""
    body = {"queue": "bot.task", "payload": {"n": 1}}
    login("operator").post("/v2/work-items", json=body)
    (claimed,) = agent.post("/v2/work-items/claim", json={"queues": ["bot.task"]}).json()["items"]
    client = TestClient(server)
    client.headers["Authorization"] = f"Bearer {claimed['runToken']}"
    client.claimed = claimed  # type: ignore[attr-defined]
    return client
