"""Work over HTTP: claims, heartbeats, logs, the end of runs."""

import threading
import time

from fastapi.testclient import TestClient

CLAIM = "/v2/work-items/claim"


def test_a_waiting_claim_wakes_up_when_work_comes(agent: TestClient, login) -> None:
    operator = login("operator")
    later = threading.Timer(
        0.3, lambda: operator.post("/v2/work-items", json={"queue": "q", "payload": {}})
    )
    later.start()
    began = time.monotonic()
    answer = agent.post(CLAIM, json={"queues": ["q"], "waitSeconds": 20}).json()
    later.join()
    assert len(answer["items"]) == 1
    assert time.monotonic() - began < 5


def test_a_claim_without_work_ends_when_asked(agent: TestClient) -> None:
    began = time.monotonic()
    assert agent.post(CLAIM, json={"queues": ["q"], "waitSeconds": 0.2}).json() == {"items": []}
    assert time.monotonic() - began < 5


def test_a_heartbeat_extends_leases_and_names_lost_runs(
    agent: TestClient, robot: TestClient
) -> None:
    run = robot.claimed["runKey"]  # type: ignore[attr-defined]
    body = {"status": "ONLINE", "queues": ["bot.task"], "runs": [run, "1"]}
    answer = agent.post("/v2/agents/heartbeat", json=body).json()
    assert list(answer["leases"]) == [run]
    assert answer["lostRuns"] == ["1"]
    assert answer["drain"] is False


def test_an_agent_asked_to_drain_learns_it(agent: TestClient, login) -> None:
    operator = login("operator")
    (found,) = operator.post("/v2/agents/search", json={}).json()["items"]
    operator.post(f"/v2/agents/{found['agentKey']}/drain")
    answer = agent.post("/v2/agents/heartbeat", json={"status": "ONLINE", "runs": []}).json()
    assert answer["drain"] is True


def test_what_a_run_says_and_leaves_behind_is_shown(
    agent: TestClient, robot: TestClient, login
) -> None:
    run = robot.claimed["runKey"]  # type: ignore[attr-defined]
    line = {"time": "2026-01-01T00:00:00Z", "stream": "stdout", "text": "hello"}
    assert agent.post(f"/v2/runs/{run}/logs", json={"lines": [line, line]}).json() == {"last": 2}
    agent.post(f"/v2/runs/{run}/artifacts", files={"file": ("shot.png", b"x", "image/png")})
    ended = {"outcome": "EXITED", "exitCode": 1, "message": "boom"}
    settled = agent.post(f"/v2/runs/{run}/finish", json=ended).json()["settled"]
    assert [one["outcome"] for one in settled] == ["RETRY"]
    clerk = login("clerk")
    shown = clerk.get(f"/v2/runs/{run}/logs", params={"after": 1}).json()["lines"]
    assert [one["number"] for one in shown] == [2]
    detail = clerk.get(f"/v2/work-items/{settled[0]['workItemKey']}").json()
    (attempt,) = detail["attempts"]
    assert (attempt["agentName"], attempt["exitCode"]) == ("a", 1)
    assert attempt["exception"]["code"] == "EXIT_1"
    document = attempt["artifacts"][0]["documentId"]
    assert clerk.get(f"/v2/documents/{document}").content == b"x"


def test_an_enrollment_token_is_good_once(agent: TestClient, login) -> None:
    token = login("admin").post("/v2/agents/enrollment-tokens", json={}).json()["enrollmentToken"]
    body = {"enrollmentToken": token, "name": "b"}
    assert [agent.post("/v2/agents/enroll", json=body).status_code for _ in range(2)] == [201, 401]


def test_a_taken_reference_is_a_conflict(login) -> None:
    operator = login("operator")
    body = {"queue": "q", "reference": "R1"}
    answers = [operator.post("/v2/work-items", json=body) for _ in range(2)]
    assert [a.status_code for a in answers] == [201, 409]
    assert answers[1].json()["code"] == "work_item.duplicate_reference"


def test_searching_filters_sorts_and_pages(login) -> None:
    operator = login("operator")
    for n in range(5):
        operator.post("/v2/work-items", json={"queue": f"q{n % 2}", "priority": n})
    body = {
        "filter": {"queue": {"$in": ["q0", "q9"]}},
        "sort": [{"field": "priority", "order": "DESC"}],
        "page": {"limit": 2, "from": 1},
    }
    answer = operator.post("/v2/work-items/search", json=body).json()
    assert answer["page"]["totalItems"] == 3
    assert [one["priority"] for one in answer["items"]] == [2, 0]


def test_what_cannot_be_searched_is_said(login) -> None:
    operator = login("operator")
    for body in ({"filter": {"nope": 1}}, {"sort": [{"field": "nope"}]}, {"page": {"limit": 0}}):
        answer = operator.post("/v2/work-items/search", json=body)
        assert (answer.status_code, answer.json()["code"]) == (400, "input.invalid")
