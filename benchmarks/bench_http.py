"""Through the front door: a real server process on one durable PostgreSQL, clients over HTTP.

The clients are threads of this process with plain sockets; they, the server and PostgreSQL share
the machine's cores. Beside each figure stands the limit of bare SQL on the same PostgreSQL.
"""

import http.client
import json
import os
import queue
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from socket import socket
from typing import Any

from benchmarks import bare
from benchmarks.bench_engine import model
from benchmarks.server import opened, plain, postgres
from orchestrator.people import api_tokens, users
from orchestrator.process.deploy import deploy
from orchestrator.store.database import Database
from orchestrator.work import items
from orchestrator.work.model import NewItem

INSTANCES = 1000
CLIENTS = 4
BATCH = 50
ELEMENTS = 10
INSTANCES_TARGET, ELEMENTS_TARGET = 200, 2000

TASK = '<extensionElements><zeebe:taskDefinition type="bench"/></extensionElements>'


class Client:
    """One connection, kept open."""

    def __init__(self, port: int, token: str) -> None:
        self._connection = http.client.HTTPConnection("127.0.0.1", port)
        self._headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}

    def post(self, path: str, body: dict[str, Any]) -> Any:
        self._connection.request("POST", path, json.dumps(body), self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        if answer.status >= 300:
            raise RuntimeError(f"{path}: {answer.status} {content[:300]!r}")
        return json.loads(content) if content else None

    def close(self) -> None:
        self._connection.close()


@contextmanager
def server(url: str) -> Iterator[int]:
    """The port of a server process over the database."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {
            "DESKHAND_DATABASE_URL": url,
            "DESKHAND_DATA_DIR": folder,
            "DESKHAND_PORT": str(port),
            "DESKHAND_LOG_LEVEL": "WARNING",
        }
        command = [sys.executable, "-m", "orchestrator.cli", "orchestrator"]
        process = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
        try:
            _await_ready(port)
            yield port
        finally:
            process.terminate()
            process.wait()


def _await_ready(port: int) -> None:
    until = time.monotonic() + 60
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except OSError:
            pass
        if time.monotonic() > until:
            raise TimeoutError("the server did not start")
        time.sleep(0.1)


def token(database: Database) -> str:
    with database.begin(actor="system") as unit:
        found = users.find(unit, "admin")
        assert found is not None  # noqa: S101  the server has made it
        return api_tokens.issue(unit, found, "bench", None).token


def at_once(port: int, token: str, one: Callable[[Client, int], None], count: int) -> float:
    """How many times per second `one` is done by all clients together, `count` in all."""
    numbers: queue.SimpleQueue[int] = queue.SimpleQueue()
    for number in range(count):
        numbers.put(number)

    def work() -> None:
        client = Client(port, token)
        try:
            while True:
                one(client, numbers.get_nowait())
        except queue.Empty:
            client.close()

    return count / _seconds([work] * CLIENTS)


def _seconds(works: Sequence[Callable[[], None]]) -> float:
    threads = [threading.Thread(target=work) for work in works]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return time.perf_counter() - begun


def start(client: Client, process: str) -> None:
    client.post("/v2/process-instances", {"processDefinitionId": process})


def one_task(port: int, token: str) -> float:
    """Instances per second, each started, its job leased by a worker and completed."""
    left = threading.Semaphore(0)
    ended = threading.Event()

    def work() -> None:
        client = Client(port, token)
        asked = {"type": "bench", "worker": "w", "timeout": 60_000, "maxJobsToActivate": BATCH}
        while not ended.is_set():
            for job in client.post("/v2/jobs/activation", asked | {"requestTimeout": 500})["jobs"]:
                client.post(f"/v2/jobs/{job['jobKey']}/completion", {"variables": {"done": True}})
                left.release()
        client.close()

    def feed() -> None:
        at_once(port, token, lambda client, _: start(client, "one"), INSTANCES)
        for _ in range(INSTANCES):
            left.acquire()
        ended.set()

    begun = time.perf_counter()
    _seconds([feed, *[work] * 2])
    return INSTANCES / (time.perf_counter() - begun)


def claim_and_complete(database: Database, port: int, token: str) -> float:
    """Work items per second, leased by tens and completed one by one."""
    with database.begin(actor="system") as unit:
        items.enqueue_each(unit, [NewItem("bench.http", {})] * INSTANCES)

    def work() -> None:
        client = Client(port, token)
        asked = {"type": "bench.http", "worker": "w", "timeout": 60_000, "maxJobsToActivate": 10}
        while jobs := client.post("/v2/jobs/activation", asked | {"requestTimeout": -1})["jobs"]:
            for job in jobs:
                client.post(f"/v2/jobs/{job['jobKey']}/completion", {})
        client.close()

    return INSTANCES / _seconds([work] * CLIENTS)


def main() -> None:
    with postgres() as pg, opened(pg) as database, server(pg.url()) as port:
        with database.begin(actor="bench") as unit:
            through = model("manualTask", tasks=ELEMENTS - 2).replace(b"linear", b"through")
            one = model("serviceTask", TASK, tasks=1).replace(b"linear", b"one")
            deploy(unit, [("one.bpmn", one), ("through.bpmn", through)])
        secret = token(database)
        at_once(port, secret, lambda client, _: start(client, "through"), 100)  # warms up
        report(
            limit=bare.rate(plain(pg), INSTANCES, 1),
            queue=claim_and_complete(database, port, secret),
            tasks=one_task(port, secret),
            elements=ELEMENTS
            * at_once(port, secret, lambda client, _: start(client, "through"), INSTANCES),
        )


def report(limit: float, queue: float, tasks: float, elements: float) -> None:
    print(f"HTTP: {CLIENTS} clients, one server process, {os.cpu_count()} cores")  # noqa: T201
    rows = (
        ("limit: bare SQL claim + complete", limit, "items", None),
        ("claim (by 10) + complete", queue, "items", None),
        ("one-task process, started and completed", tasks, "instances", INSTANCES_TARGET),
        (f"{ELEMENTS} elements without waits", elements, "elements", ELEMENTS_TARGET),
    )
    for name, rate, what, target in rows:
        verdict = "" if target is None else _verdict(rate, target)
        print(  # noqa: T201
            f"  {name:<40} {rate:8,.0f} {what + '/s':<12} {rate / limit:6.2f} x limit{verdict}"
        )


def _verdict(rate: float, target: float) -> str:
    return f"   target {target:,}: {'reached' if rate >= target else 'NOT reached'}"
