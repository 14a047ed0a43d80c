"""The agent's side of the HTTP API. Every call is retried over outages of the server, except
where waiting would be wrong."""

import time
from collections.abc import Sequence
from typing import Any

import httpx
import structlog
from pydantic import BaseModel

from agent.robot_yaml import RobotError
from agent.wire import (
    AgentProblem,
    Claimed,
    ClaimedItem,
    ClaimRequest,
    EnrolledView,
    Enrollment,
    Finish,
    Heartbeat,
    HeartbeatAnswer,
    LogLine,
    NewLines,
)

log = structlog.get_logger(__name__)
CLAIM_WAIT = 20
BEAT_TIMEOUT = 8  # one that hangs leaves time for another before the lease ends
TRIES, PAUSE = 60, 2.0
LONGEST_MESSAGE = 10_000
MOST_PROBLEMS, LONGEST_PROBLEM = 100, 1000  # that a heartbeat may tell


class ServerAway(Exception):
    """No answer, or a server error."""


class Refused(Exception):
    """The server said no, and would say so again."""

    def __init__(self, status: int, code: str, message: str) -> None:
        super().__init__(message)
        self.status, self.code = status, code


class Client:
    def __init__(self, server: str, token: str) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        timeout = httpx.Timeout(30, read=CLAIM_WAIT + 20)
        self._http = httpx.Client(base_url=server, headers=headers, timeout=timeout)

    def enroll(self, enrollment_token: str, name: str, machine: str) -> str:
        """The agent's own token. Raises ServerAway, Refused."""
        body = Enrollment(enrollment_token=enrollment_token, name=name, machine=machine)
        answer = self.persist("POST", "/v2/agents/enroll", json=_json(body))
        return EnrolledView.model_validate(answer).agent_token

    def claim(
        self, queues: Sequence[str], maximum: int, lease_seconds: int
    ) -> Sequence[ClaimedItem]:
        """Waits at the server until there is work. Raises ServerAway, Refused."""
        body = ClaimRequest(
            queues=queues, max=maximum, lease_seconds=lease_seconds, wait_seconds=CLAIM_WAIT
        )
        answer = self._send("POST", "/v2/work-items/claim", json=_json(body))
        return Claimed.model_validate(answer).items

    def beat(
        self,
        status: str,
        queues: Sequence[str],
        runs: Sequence[str],
        problems: Sequence[RobotError],
    ) -> HeartbeatAnswer:
        told = [_told(problem) for problem in problems[:MOST_PROBLEMS]]
        body = Heartbeat(status=status, queues=queues, runs=runs, problems=told)
        answer = self._send("POST", "/v2/agents/heartbeat", json=_json(body), timeout=BEAT_TIMEOUT)
        return HeartbeatAnswer.model_validate(answer)

    def logs(self, run_key: str, lines: Sequence[LogLine]) -> None:
        self._send("POST", f"/v2/runs/{run_key}/logs", json=_json(NewLines(lines=lines)))

    def artifact(self, run_key: str, name: str, content: bytes) -> None:
        files = {"file": (name, content)}
        self._send("POST", f"/v2/runs/{run_key}/artifacts", files=files)

    def finish(self, run_key: str, outcome: str, exit_code: int | None, message: str) -> None:
        body = Finish(outcome=outcome, exit_code=exit_code, message=message[:LONGEST_MESSAGE])
        self.persist("POST", f"/v2/runs/{run_key}/finish", json=_json(body))

    def persist(self, method: str, path: str, **kwargs: Any) -> Any:
        """As `_send`, tried again while the server is away."""
        for left in reversed(range(TRIES)):
            try:
                return self._send(method, path, **kwargs)
            except ServerAway as error:
                if not left:
                    raise
                log.warning("server away", action="server_away", path=path, error=str(error))
                time.sleep(PAUSE)
        raise AssertionError("unreachable")

    def _send(self, method: str, path: str, **kwargs: Any) -> Any:
        try:
            response = self._http.request(method, path, **kwargs)
        except httpx.TransportError as error:
            raise ServerAway(str(error)) from error
        if response.status_code >= httpx.codes.INTERNAL_SERVER_ERROR:
            raise ServerAway(f"{response.status_code} from {path}")
        if response.is_error:
            raise _refusal(response)
        try:
            return response.json() if response.content else {}
        except ValueError as error:
            raise ServerAway(f"{path} answered something else than JSON") from error


def _told(problem: RobotError) -> AgentProblem:
    values = {name: value[:LONGEST_PROBLEM] for name, value in problem.values.items()}
    message = str(problem)[:LONGEST_PROBLEM]
    return AgentProblem(code=problem.code, values=values, message=message)


def _json(body: BaseModel) -> Any:
    return body.model_dump(mode="json", by_alias=True)


def _refusal(response: httpx.Response) -> Refused:
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    message = str(problem.get("detail") or response.reason_phrase)
    return Refused(response.status_code, str(problem.get("code", "")), message)
