"""What holds for every request: a limit of size and headers that keep browsers safe."""

from collections.abc import MutableMapping
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from orchestrator.api.error_to_http import answer
from orchestrator.kernel.errors import TooLarge

HEADERS = {
    # Styles: the console's component library and the BPMN viewer set style attributes.
    "Content-Security-Policy": "default-src 'self'; img-src 'self' data: blob:; "
    "style-src 'self' 'unsafe-inline'; font-src 'self' data:; object-src 'none'; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
NOT_CACHED = ("/v2/", "/json-v1/", "/process-v1/", "/files/")


class Protection:
    """ASGI middleware: refuses bodies over `limit` bytes, adds the headers."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app, self._limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        guarded = self._guarded(scope, send)
        if self._announces_too_much(scope):
            await self._refusal(scope)(scope, receive, guarded)
            return
        await self._limited(scope, receive, guarded)

    async def _limited(self, scope: Scope, receive: Receive, send: Send) -> None:
        received, started = 0, False

        async def counting() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > self._limit:
                raise _OverLimit
            return message

        async def noting(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, counting, noting)
        except _OverLimit:
            if not started:
                await self._refusal(scope)(scope, receive, send)

    def _announces_too_much(self, scope: Scope) -> bool:
        length = Headers(scope=scope).get("content-length", "0")
        return length.isdigit() and int(length) > self._limit

    def _refusal(self, scope: Scope) -> ASGIApp:
        detail = f"a request may have {self._limit} bytes; this one has more"
        return answer(Request(scope), 413, TooLarge.code, detail)

    def _guarded(self, scope: MutableMapping[str, Any], send: Send) -> Send:
        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if scope["path"].startswith(NOT_CACHED):
                    headers.setdefault("Cache-Control", "no-store")
            await send(message)

        return guarded


class _OverLimit(BaseException):
    """Not an Exception: the parser of a body must not take it for the body's own fault."""
