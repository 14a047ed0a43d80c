"""Figures for Prometheus."""

import time

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orchestrator.store.unit import Unit
from orchestrator.work import queues

REGISTRY = CollectorRegistry()
REQUESTS = Counter(
    "deskhand_http_requests", "Requests answered.", ["method", "route", "status"], registry=REGISTRY
)
SECONDS = Histogram(
    "deskhand_http_request_seconds", "Time to the answer.", ["method", "route"], registry=REGISTRY
)


def exposition(unit: Unit) -> bytes:
    """What this process counted, and the tenant's queues as they are now."""
    registry = CollectorRegistry()
    items = Gauge("deskhand_work_items", "Work items.", ["queue", "state"], registry=registry)
    for queue in queues.summary(unit):
        for state in ("new", "leased", "done", "failed", "review"):
            items.labels(queue.name, state).set(getattr(queue, state))
    return generate_latest(REGISTRY) + generate_latest(registry)


class Measured:
    """ASGI middleware: counts requests by route template, never by path."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()

        async def noting(message: Message) -> None:
            if message["type"] == "http.response.start":
                route = getattr(scope.get("route"), "path", "other")
                REQUESTS.labels(scope["method"], route, message["status"]).inc()
                SECONDS.labels(scope["method"], route).observe(time.perf_counter() - began)
            await send(message)

        await self._app(scope, receive, noting)
