"""A real agent at a real server: it drains, outlives a restart, loses a lease, leaves out a bad
robot."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from sqlmodel import select

from orchestrator.store.database import Database
from orchestrator.store.tables import WorkItem
from tests.service.conftest import Listening

ROOT = Path(__file__).resolve().parents[2]
PATIENCE = 60.0
# Says that it runs, then waits to be let go.
WAITING_BOT = """
import pathlib, sys, time
here = pathlib.Path(sys.argv[1])
with (here / "begun").open("a") as begun:
    begun.write("x")
while not (here / "go").exists():
    time.sleep(0.02)
(here / "ended").touch()
"""


@pytest.fixture
def bots(tmp_path: Path) -> Path:
    folder = tmp_path / "bots" / "bot"
    folder.mkdir(parents=True)
    (folder / "bot.py").write_text(WAITING_BOT)
    command = f"[python3, bot.py, {tmp_path}]"
    (folder / "robot.yaml").write_text(
        f"tasks: {{wait: {{command: {command}}}}}\nartifactsDir: output"
    )
    return folder.parent


@pytest.fixture
def start_agent(
    listening: Listening, login, bots: Path, tmp_path: Path
) -> Iterator[Callable[[], subprocess.Popen[str]]]:
    started: list[subprocess.Popen[str]] = []

    def start() -> subprocess.Popen[str]:
        answer = login("operator").post("/v2/agents/enrollment-tokens", json={}).json()
        argv = [sys.executable, "-m", "agent", "run", "--server", listening.url]
        argv += ["--bots", str(bots), "--data", str(tmp_path / "agent"), "--name", "one"]
        env = {**os.environ, "DESKHAND_ENROLLMENT_TOKEN": answer["enrollmentToken"]}
        with (tmp_path / "agent.log").open("a") as log:
            started.append(subprocess.Popen(argv, env=env, cwd=ROOT, stderr=log, text=True))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def operator(listening: Listening, login) -> TestClient:
    return login("operator")


def until(true: Callable[[], Any], what: str) -> Any:
    deadline = time.monotonic() + PATIENCE
    while not (found := true()):
        assert time.monotonic() < deadline, what
        time.sleep(0.05)
    return found


def enqueue(operator: TestClient, queue: str = "bot.wait") -> str:
    return operator.post("/v2/work-items", json={"queue": queue}).json()["workItemKey"]


def item(operator: TestClient, key: str) -> dict[str, Any]:
    return operator.get(f"/v2/work-items/{key}").json()


def status(operator: TestClient) -> str:
    found = operator.post("/v2/agents/search", json={}).json()["items"]
    return found[0]["status"] if found and found[0]["queues"] else ""


def begun(tmp_path: Path) -> int:
    file = tmp_path / "begun"
    return len(file.read_text()) if file.exists() else 0


def test_an_idle_agent_ends_at_once(start_agent, operator: TestClient) -> None:
    agent = start_agent()
    until(lambda: status(operator) == "ONLINE", "the agent is there")
    time.sleep(1)  # it is waiting for work at the server, for up to 20 s
    asked = time.monotonic()
    agent.send_signal(signal.SIGTERM)
    assert agent.wait(PATIENCE) == 0
    assert time.monotonic() - asked < 8


def test_a_busy_agent_ends_when_its_work_has(
    start_agent, operator: TestClient, tmp_path: Path
) -> None:
    agent, held = start_agent(), enqueue(operator)
    until(lambda: begun(tmp_path), "the bot runs")
    agent.send_signal(signal.SIGTERM)
    until(lambda: status(operator) == "DRAINING", "it says that it drains")
    later = enqueue(operator)
    (tmp_path / "go").touch()
    assert agent.wait(PATIENCE) == 0
    assert item(operator, held)["state"] == "DONE"
    assert item(operator, later)["state"] == "NEW"


def test_a_second_signal_gives_the_work_back_untried(
    start_agent, operator: TestClient, tmp_path: Path
) -> None:
    agent, held = start_agent(), enqueue(operator)
    until(lambda: begun(tmp_path), "the bot runs")
    agent.send_signal(signal.SIGTERM)
    until(lambda: status(operator) == "DRAINING", "it says that it drains")
    agent.send_signal(signal.SIGTERM)
    assert agent.wait(PATIENCE) == 0
    assert item(operator, held)["state"] == "NEW"
    assert not (tmp_path / "ended").exists()


def test_a_run_outlives_a_restart_of_the_server(
    start_agent, operator: TestClient, listening: Listening, tmp_path: Path
) -> None:
    start_agent()
    held = enqueue(operator)
    until(lambda: begun(tmp_path), "the bot runs")
    listening.stop()
    (tmp_path / "go").touch()
    until((tmp_path / "ended").exists, "the bot has ended meanwhile")
    listening.start()
    until(lambda: item(operator, held)["state"] == "DONE", "the end is reported")
    assert begun(tmp_path) == 1


def test_a_run_that_lost_its_lease_is_ended_and_tried_again(
    start_agent, operator: TestClient, database: Database, tmp_path: Path
) -> None:
    start_agent()
    held = enqueue(operator)
    until(lambda: begun(tmp_path), "the bot runs")
    with database.begin(actor="system") as unit:
        row = unit.session.exec(select(WorkItem).where(WorkItem.key == int(held))).one()
        row.lease_deadline = unit.now - timedelta(seconds=1)
    until(lambda: begun(tmp_path) == 2, "it runs again")
    (tmp_path / "go").touch()
    until(lambda: item(operator, held)["state"] == "DONE", "the second run counts")
    assert [a["outcome"] for a in item(operator, held)["attempts"]] == ["LOST", "COMPLETED"]


def test_one_bad_robot_keeps_no_other_from_working(
    start_agent, operator: TestClient, bots: Path, tmp_path: Path
) -> None:
    (bots / "bad").mkdir()
    (bots / "bad" / "robot.yaml").write_text("tasks: {a: {}}\nartifactsDir: output")
    start_agent()
    (tmp_path / "go").touch()
    done = enqueue(operator)
    until(lambda: item(operator, done)["state"] == "DONE", "the good one works")
    told = f"{bots}/bad/robot.yaml: Task 'a' needs exactly one of robotTaskName, shell and command."
    assert told in (tmp_path / "agent.log").read_text()
    (agent,) = operator.post("/v2/agents/search", json={}).json()["items"]
    (problem,) = agent["problems"]
    assert problem == {
        "code": "robot.command",
        "values": {"task": "a", "file": f"{bots}/bad/robot.yaml"},
        "message": told,
    }


def test_a_bot_that_crashes_is_told_with_its_error(
    start_agent, operator: TestClient, bots: Path
) -> None:
    (bots / "bot" / "crash.py").write_text("raise ValueError('no such page')")
    (bots / "bot" / "robot.yaml").write_text(
        "tasks: {crash: {command: [python3, crash.py]}}\nartifactsDir: output"
    )
    start_agent()
    key = enqueue(operator, "bot.crash")
    told = "The bot ended with exit code 1. ValueError: no such page"
    until(lambda: told in str(item(operator, key)), "the error is told")
