"""Fixtures of tests that speak HTTP."""

import socket
import threading
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import uvicorn
from camunda_orchestration_sdk import CamundaClient
from fastapi import FastAPI

from orchestrator.api.build import build
from orchestrator.api.services import Services
from orchestrator.api.signing import Signer
from orchestrator.background import Background, duties
from orchestrator.people.users import NewUser, create
from orchestrator.settings import Settings
from orchestrator.store.database import Database
from orchestrator.store.documents import DocumentStore
from orchestrator.store.notify import Listener
from tests.service.camunda import JOB, PASSWORD, RISK, TASK, WAIT, configuration

with warnings.catch_warnings():
    # Starlette warns that it will want httpx2 some day.
    warnings.simplefilter("ignore")
    from fastapi.testclient import TestClient

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
def listening(server: FastAPI, database: Database) -> Iterator["Listening"]:
    """The application at a port, with its background duties."""
    served = Listening(server, database)
    services = server.state.services
    settings = services.settings.model_copy(update={"public_url": served.url})
    server.state.services = replace(services, settings=settings)
    served.start()
    yield served
    served.stop()


@pytest.fixture
def address(listening: "Listening") -> str:
    return listening.url


class Listening:
    """May be stopped and started again at the same port."""

    def __init__(self, app: FastAPI, database: Database) -> None:
        self._app, self._database = app, database
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self._port = int(probe.getsockname()[1])
        self.url = f"http://127.0.0.1:{self._port}"

    def start(self) -> None:
        services = self._app.state.services
        services.closing.clear()
        self._background = Background(
            duties(self._database, services.documents, None), services.listener
        )
        self._uvicorn = uvicorn.Server(
            uvicorn.Config(self._app, port=self._port, log_level="error")
        )
        self._thread = threading.Thread(target=self._uvicorn.run, daemon=True)
        self._background.start()
        self._thread.start()
        while not self._uvicorn.started:
            self._thread.join(0.01)

    def stop(self) -> None:
        self._app.state.services.closing.set()
        self._uvicorn.should_exit = True
        self._thread.join()
        self._background.stop()


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


@pytest.fixture
def client(address: str) -> Iterator[CamundaClient]:
    with CamundaClient(configuration(address)) as made:
        yield made


@pytest.fixture
def deployed(client: CamundaClient, tmp_path: Path) -> CamundaClient:
    files: list[str | Path] = []
    for name, text in (("job", JOB), ("task", TASK), ("wait", WAIT)):
        (tmp_path / f"{name}.bpmn").write_text(text, encoding="utf-8")
        files.append(tmp_path / f"{name}.bpmn")
    (tmp_path / "risk.dmn").write_text(RISK, encoding="utf-8")
    deployment = client.deploy_resources_from_files([*files, tmp_path / "risk.dmn"])
    assert [p.process_definition_id for p in deployment.processes] == ["job", "task", "wait"]
    assert [d.decision_definition_id for d in deployment.decisions] == ["risk"]
    return client
