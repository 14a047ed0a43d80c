"""The command line's own client of the HTTP API."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import httpx

from orchestrator.kernel.errors import InvalidInput, Unavailable

JSON = dict[str, Any]
PAGE = 1000


class Refused(InvalidInput):
    """The server answered with a problem; its detail is the message."""

    code = "request.refused"


class Client:
    """Speaks to one server as one user. Raises `Refused` with the server's own words."""

    def __init__(self, url: str, auth: tuple[str, str] | str) -> None:
        headers = {"Authorization": f"Bearer {auth}"} if isinstance(auth, str) else {}
        basic = auth if isinstance(auth, tuple) else None
        self._http = httpx.Client(base_url=url, headers=headers, auth=basic, timeout=60)

    def close(self) -> None:
        self._http.close()

    def deploy(self, files: Iterable[Path]) -> JSON:
        parts = [("resources", (f.name, f.read_bytes(), "application/octet-stream")) for f in files]
        return self._send("POST", "/v2/deployments", files=parts)

    def upload(self, file: Path) -> JSON:
        """Store `file`; returns its document reference."""
        with file.open("rb") as stream:
            return self._send("POST", "/v2/documents", files={"file": (file.name, stream)})

    def start(self, process: str, variables: Mapping[str, Any], key: str | None = None) -> JSON:
        body = {"processDefinitionId": process, "variables": variables, "businessKey": key}
        return self._send("POST", "/v2/process-instances", json=body)

    def get(self, path: str) -> JSON:
        return self._send("GET", path)

    def post(self, path: str, body: Mapping[str, Any] | None = None) -> JSON:
        return self._send("POST", path, json=body or {})

    def search(self, resource: str, **filters: Any) -> list[JSON]:
        body = {"filter": filters, "page": {"limit": PAGE}}
        items: list[JSON] = self._send("POST", f"/v2/{resource}/search", json=body)["items"]
        return items

    def variables(self, scope_key: str) -> dict[str, Any]:
        """Those of one process instance or element, whole, by name."""
        body = {"filter": {"scopeKey": scope_key}, "page": {"limit": PAGE}}
        found = self._send("POST", "/v2/variables/search?truncateValues=false", json=body)
        return {one["name"]: json.loads(one["value"]) for one in found["items"]}

    def is_up(self) -> bool:
        try:
            return self._http.get("/healthz", timeout=2).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def _send(self, method: str, path: str, **kwargs: Any) -> JSON:
        try:
            response = self._http.request(method, path, **kwargs)
        except httpx.TransportError as error:
            raise Unavailable(
                f"No answer from {self._http.base_url}: {error}. Is the orchestrator running?"
            ) from error
        if response.is_server_error:
            raise Unavailable(_words(response))
        if response.is_error:
            raise Refused(_words(response))
        return response.json() if response.content else {}


def _words(response: httpx.Response) -> str:
    try:
        problem = response.json()
        return str(problem.get("detail") or problem.get("title") or problem)
    except ValueError:
        return f"{response.status_code} {response.reason_phrase}"
