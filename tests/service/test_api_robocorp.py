"""The work item API as the Robocorp libraries use it."""

from fastapi.testclient import TestClient

ITEMS = "/json-v1/workspaces/default/workitems"
PROCESS = "/process-v1/workspaces/default/processes/default"


def run_path(robot: TestClient, action: str) -> str:
    env = robot.claimed["environment"]  # type: ignore[attr-defined]
    run, step = env["RC_PROCESS_RUN_ID"], env["RC_ACTIVITY_RUN_ID"]
    return f"{PROCESS}/runs/{run}/robotRuns/{step}/{action}"


def item(robot: TestClient) -> str:
    key: str = robot.claimed["workItemKey"]  # type: ignore[attr-defined]
    return key


def test_the_environment_has_every_variable_a_robot_reads(robot: TestClient) -> None:
    env = robot.claimed["environment"]  # type: ignore[attr-defined]
    for name in ("WORKITEM", "PROCESS", "SECRET"):
        assert env[f"RC_API_{name}_HOST"] == "http://testserver"
        assert env[f"RC_API_{name}_TOKEN"]
    for name in ("WORKSPACE", "PROCESS", "PROCESS_RUN", "ACTIVITY_RUN", "WORKITEM"):
        assert env[f"RC_{name}_ID"]


def test_any_json_is_a_payload(robot: TestClient) -> None:
    url = f"{ITEMS}/{item(robot)}/data"
    assert robot.get(url).json() == {"n": 1}
    for payload in ({"a": [1]}, [1, 2], "text", 7, None):
        assert robot.put(url, json=payload).is_success
        assert robot.get(url).json() == payload


def test_files_come_and_go_by_signed_links(robot: TestClient) -> None:
    url = f"{ITEMS}/{item(robot)}/files"
    assert robot.get(url).json() == []
    stranger = TestClient(robot.app)
    for content in (b"one", b"two"):  # the second replaces the first
        link = robot.post(url, json={"fileName": "a.txt", "fileSize": 3}).json()
        sent = stranger.post(link["url"], data=link["fields"], files={"file": ("a.txt", content)})
        assert sent.status_code == 204
    (file,) = robot.get(url).json()
    assert file["fileName"] == "a.txt"
    link = robot.get(f"{url}/{file['fileId']}").json()["url"]
    assert stranger.get(link).content == b"two"
    assert stranger.get(link[:-2] + "xx").status_code == 403
    assert stranger.post(link, files={"file": ("a", b"x")}).status_code == 403
    assert robot.delete(f"{url}/{file['fileId']}").is_success
    assert robot.get(url).json() == []


def test_output_release_and_the_end_of_the_queue(robot: TestClient, login) -> None:
    made = robot.post(f"{PROCESS}/work-items/{item(robot)}/output", json={"payload": {"x": 1}})
    assert robot.put(f"{ITEMS}/{made.json()['id']}/data", json={"x": 2}).is_success
    release = {"workItemId": item(robot), "state": "COMPLETED"}
    for _ in range(2):  # the answer was lost: the same again
        assert robot.post(run_path(robot, "release-work-item"), json=release).is_success
    empty = robot.post(run_path(robot, "reserve-next-work-item"))
    assert empty.json() == {"workItemId": None}
    detail = login("clerk").get(f"/v2/work-items/{item(robot)}").json()
    assert (detail["state"], detail["output"]) == ("DONE", {"x": 2})


def test_a_business_exception_becomes_a_review(robot: TestClient, login) -> None:
    exception = {"type": "BUSINESS", "code": "NO_VENDOR", "message": "who?"}
    release = {"workItemId": item(robot), "state": "FAILED", "exception": exception}
    assert robot.post(run_path(robot, "release-work-item"), json=release).is_success
    clerk = login("clerk")
    (task,) = clerk.post("/v2/user-tasks/search", json={"filter": {"kind": "review"}}).json()[
        "items"
    ]
    detail = clerk.get(f"/v2/user-tasks/{task['userTaskKey']}").json()
    assert detail["exception"]["code"] == "NO_VENDOR"
    assert detail["variables"] == {"n": 1}
    done = clerk.post(f"/v2/user-tasks/{task['userTaskKey']}/completion", json={"retry": True})
    assert done.status_code == 204
    assert clerk.get(f"/v2/work-items/{item(robot)}").json()["state"] == "NEW"


def test_a_run_reaches_nothing_but_its_own(robot: TestClient, login) -> None:
    other = login("operator").post("/v2/work-items", json={"queue": "other"}).json()["workItemKey"]
    assert robot.get(f"{ITEMS}/{other}/data").status_code == 404
    assert robot.put(f"{ITEMS}/{other}/data", json={}).status_code == 409
    assert robot.get(f"/json-v1/workspaces/x/workitems/{item(robot)}/data").status_code == 403
    wrong = f"{PROCESS}/runs/1/robotRuns/1/reserve-next-work-item"
    assert robot.post(wrong).status_code == 403


def test_errors_are_in_the_form_the_libraries_read(robot: TestClient) -> None:
    answer = robot.post(run_path(robot, "release-work-item"), json={"state": "SO_SO"})
    assert answer.status_code == 400
    body = answer.json()
    assert body["status"] == 400
    assert set(body["error"]) == {"code", "message"}
