"""Errors as HTTP answers: RFC 9457 problem details, or Robocorp's form on Robocorp's routes."""

import math
from dataclasses import asdict
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DataError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException

from orchestrator.kernel.errors import (
    Conflict,
    DeskhandError,
    Forbidden,
    InvalidInput,
    InvalidModel,
    NotFound,
    NotSupported,
    TooLarge,
    Unauthenticated,
    Unavailable,
)
from orchestrator.people.throttle import TooManyTries

STATUS: dict[type[DeskhandError], int] = {
    InvalidInput: 400,
    NotFound: 404,
    Conflict: 409,
    Unauthenticated: 401,
    Forbidden: 403,
    TooLarge: 413,
    Unavailable: 503,
    TooManyTries: 429,
    NotSupported: 501,
}
ROBOCORP = ("/json-v1/", "/process-v1/")

log = structlog.get_logger(__name__)


def install(app: FastAPI) -> None:
    """Let `app` answer every error in the right form."""
    app.add_exception_handler(DeskhandError, _deskhand)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(DataError, _data)
    app.add_exception_handler(OperationalError, _database)
    app.add_exception_handler(PoolTimeout, _database)
    app.add_exception_handler(Exception, _bug)


def status_of(error: DeskhandError) -> int:
    """By the nearest class in the table."""
    return next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)


def answer(
    request: Request, status: int, code: str, detail: str, errors: list[Any] | None = None
) -> JSONResponse:
    """The error in the form that the path's clients read."""
    if request.url.path.startswith(ROBOCORP):
        body: dict[str, Any] = {"status": status, "error": {"code": code, "message": detail}}
        return JSONResponse(body, status)
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.url.path,
        "code": code,
    }
    body |= {"errors": errors} if errors is not None else {}
    return JSONResponse(body, status, media_type="application/problem+json")


def _deskhand(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, DeskhandError)  # noqa: S101  registered for it
    findings = [asdict(f) for f in error.findings] if isinstance(error, InvalidModel) else None
    response = answer(request, status_of(error), error.code, error.message, findings)
    if isinstance(error, TooManyTries):
        response.headers["Retry-After"] = str(math.ceil(error.wait.total_seconds()))
    if isinstance(error, Unauthenticated):
        response.headers["WWW-Authenticate"] = "Bearer"
    return response


def _validation(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    fields = [
        {"field": ".".join(str(part) for part in one["loc"]), "message": one["msg"]}
        for one in error.errors()
    ]
    detail = "; ".join(f"{f['field']}: {f['message']}" for f in fields[:5])
    return answer(request, 400, InvalidInput.code, detail, fields)


def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101
    codes = {404: NotFound.code, 405: "method_not_allowed"}
    code = codes.get(error.status_code, "error")
    response = answer(request, error.status_code, code, str(error.detail))
    response.headers.update(error.headers or {})
    return response


def _data(request: Request, error: Exception) -> JSONResponse:
    """What the database cannot hold or compare, such as text with a NUL character."""
    return answer(request, 400, InvalidInput.code, "a value cannot be stored or compared")


def _database(request: Request, error: Exception) -> JSONResponse:
    log.error("the database does not answer", action="database_error", error=str(error))
    return answer(request, 503, Unavailable.code, "the database does not answer; try again")


def _bug(request: Request, error: Exception) -> JSONResponse:
    """The server logs the traceback; the client learns nothing of the inside."""
    return answer(request, 500, "internal", "something went wrong here; the log says what")
