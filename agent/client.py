"""The agent's side of the HTTP API. Every call is retried over outages of the server, except
where waiting would be wrong."""

import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import httpx
import structlog

from agent.wire import Beat, Claimed

log = structlog.get_logger(__name__)
CLAIM_WAIT = 20
BEAT_TIMEOUT = 8  # one that hangs leaves time for another before the lease ends
TRIES, PAUSE = 60, 2.0


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
        body = {"enrollmentToken": enrollment_token, "name": name, "machine": machine}
        return str(self.persist("POST", "/v2/agents/enroll", json=body)["agentToken"])

    def claim(self, queues: Sequence[str], maximum: int, lease_seconds: int) -> list[Claimed]:
        """Waits at the server until there is work. Raises ServerAway, Refused."""
        body = {
            "queues": list(queues),
            "max": maximum,
            "leaseSeconds": lease_seconds,
            "waitSeconds": CLAIM_WAIT,
        }
        answer = self._send("POST", "/v2/work-items/claim", json=body)
        return [Claimed.model_validate(item) for item in answer["items"]]

    def beat(self, status: str, queues: Sequence[str], runs: Sequence[str]) -> Beat:
        body = {"status": status, "queues": list(queues), "runs": list(runs)}
        answer = self._send("POST", "/v2/agents/heartbeat", json=body, timeout=BEAT_TIMEOUT)
        return Beat.model_validate(answer)

    def logs(self, run_key: str, lines: Sequence[dict[str, str]]) -> None:
        self._send("POST", f"/v2/runs/{run_key}/logs", json={"lines": list(lines)})

    def artifact(self, run_key: str, file: Path) -> None:
        files = {"file": (file.name, file.read_bytes())}
        self._send("POST", f"/v2/runs/{run_key}/artifacts", files=files)

    def finish(self, run_key: str, outcome: str, exit_code: int | None, message: str) -> None:
        body = {"outcome": outcome, "exitCode": exit_code, "message": message}
        self.persist("POST", f"/v2/runs/{run_key}/finish", json=body)

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


def _refusal(response: httpx.Response) -> Refused:
    try:
        problem = response.json()
    except ValueError:
        problem = {}
    message = str(problem.get("detail") or response.reason_phrase)
    return Refused(response.status_code, str(problem.get("code", "")), message)
