"""The web client: server-rendered frames over the book."""

from collections.abc import Awaitable, Callable
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from samples.legacy_erp import pages
from samples.legacy_erp.book import Book
from samples.legacy_erp.faults import Faults
from samples.legacy_erp.form import AMOUNTS, FIELDS, HEADER, Field, complaints
from samples.legacy_erp.sessions import Session, Sessions

TICKET = "ERPSID"
Page = Callable[[Request, Session], Awaitable[Response]]


def create_app(file: Path, user: str, password: str) -> ASGIApp:
    """The ERP over the book in `file`, with its one user."""
    faults = Faults()
    erp = WebErp(Book(file), faults, Sessions(faults), (user, password))
    return Starlette(
        routes=[
            Route("/", erp.guarded(erp.frames)),
            Route("/login", erp.login, methods=["GET", "POST"]),
            Route("/logout", erp.logout),
            Route("/menu", erp.guarded(erp.menu)),
            Route("/welcome", erp.guarded(erp.welcome)),
            Route("/search", erp.guarded(erp.search)),
            Route("/invoice/new", erp.guarded(erp.new)),
            Route("/invoice/header", erp.guarded(erp.header), methods=["POST"]),
            Route("/invoice/amounts", erp.guarded(erp.amounts), methods=["POST"]),
            Route("/invoice/confirm", erp.guarded(erp.confirm)),
            Route("/invoice/book", erp.guarded(erp.book), methods=["POST"]),
            Route("/invoice/{erp_number}", erp.guarded(erp.view)),
            Route("/_faults", erp.set_faults, methods=["POST"]),
        ],
        middleware=[Middleware(FaultyPages, faults=faults)],
    )


class FaultyPages:
    """Delays pages and answers some with an error, as the faults say."""

    def __init__(self, app: ASGIApp, faults: Faults) -> None:
        self._app = app
        self._faults = faults

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] == "/_faults":
            return await self._app(scope, receive, send)
        await self._faults.delay()
        if self._faults.strikes():
            return await HTMLResponse(pages.failure(), 500)(scope, receive, send)
        return await self._app(scope, receive, send)


class LostResponse(Response):
    """An answer that breaks off in its head: the server closes the connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = [(b"content-type", b"text/html"), (b"content-length", b"4096")]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        start = b"<html><head>" + b" " * 1024
        await send({"type": "http.response.body", "body": start, "more_body": True})


class WebErp:
    """The pages' behaviour."""

    def __init__(
        self, book: Book, faults: Faults, sessions: Sessions, account: tuple[str, str]
    ) -> None:
        self._book = book
        self._faults = faults
        self._sessions = sessions
        self._account = account

    def guarded(self, show: Page) -> Callable[[Request], Awaitable[Response]]:
        """The page for those logged in; others are told that their session has ended."""

        async def guard(request: Request) -> Response:
            session = self._sessions.find(request.cookies.get(TICKET))
            if session is None:
                return HTMLResponse(pages.session_ended())
            return await show(request, session)

        return guard

    async def login(self, request: Request) -> Response:
        if request.method == "GET":
            return HTMLResponse(pages.login())
        form = await _typed(request)
        if (form.get("user"), form.get("password")) != self._account:
            return HTMLResponse(pages.login("ERP-0403 User or password is wrong."))
        response = RedirectResponse("/", 303)
        response.set_cookie(TICKET, self._sessions.open(form["user"]), httponly=True)
        return response

    async def logout(self, request: Request) -> Response:
        self._sessions.close(request.cookies.get(TICKET))
        return RedirectResponse("/login", 303)

    async def frames(self, request: Request, session: Session) -> Response:
        return HTMLResponse(pages.FRAMES)

    async def menu(self, request: Request, session: Session) -> Response:
        return HTMLResponse(pages.menu(session.user))

    async def welcome(self, request: Request, session: Session) -> Response:
        return HTMLResponse(pages.welcome())

    async def search(self, request: Request, session: Session) -> Response:
        vendor = request.query_params.get("S01", "")
        number = request.query_params.get("S02", "")
        found = self._book.search(vendor, number) if vendor.strip() or number.strip() else None
        return HTMLResponse(pages.search(vendor, number, found))

    async def new(self, request: Request, session: Session) -> Response:
        session.draft.clear()
        return HTMLResponse(pages.header(session.draft, []))

    async def header(self, request: Request, session: Session) -> Response:
        messages = await _take(request, session, HEADER)
        if messages:
            return HTMLResponse(pages.header(session.draft, messages))
        return HTMLResponse(pages.amounts(session.draft, []))

    async def amounts(self, request: Request, session: Session) -> Response:
        messages = await _take(request, session, AMOUNTS)
        if messages:
            return HTMLResponse(pages.amounts(session.draft, messages))
        return HTMLResponse(pages.check(session.draft))

    async def confirm(self, request: Request, session: Session) -> Response:
        return HTMLResponse(pages.confirm(session.draft))

    async def book(self, request: Request, session: Session) -> Response:
        messages = complaints(FIELDS, session.draft)
        if messages:
            return HTMLResponse(pages.header(session.draft, messages))
        number = self._book.add(session.draft, session.user)
        if self._faults.loses_response():
            return LostResponse()
        return HTMLResponse(pages.booked(number))

    async def view(self, request: Request, session: Session) -> Response:
        booking = self._book.get(request.path_params["erp_number"])
        if booking is None:
            return HTMLResponse(pages.page("Error", "<p>ERP-0404 No such document.</p>"), 404)
        return HTMLResponse(pages.view(booking))

    async def set_faults(self, request: Request) -> Response:
        try:
            self._faults.set(await _typed(request))
        except ValueError as error:
            return PlainTextResponse(f"{error}\n", 400)
        return PlainTextResponse(f"{self._faults}\n")


async def _typed(request: Request) -> dict[str, str]:
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


async def _take(request: Request, session: Session, fields: tuple[Field, ...]) -> list[str]:
    """Put what was typed into the draft and answer what is wrong with it."""
    form = await _typed(request)
    typed = {field.column: form.get(field.control, "").strip() for field in fields}
    session.draft.update(typed)
    return complaints(fields, typed)
