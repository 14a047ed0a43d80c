"""What openapi.json says beyond what FastAPI finds out by itself."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from fastapi import FastAPI
from fastapi.dependencies.models import Dependant
from fastapi.routing import APIRoute, APIRouter

from orchestrator.api import security
from orchestrator.api.model import Problem

SCHEMES: dict[str, Any] = {
    "apiToken": {
        "type": "http",
        "scheme": "bearer",
        "description": "A user's API token, or a short-lived one that /oauth/token made of it.",
    },
    "password": {"type": "http", "scheme": "basic"},
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": security.COOKIE,
        "description": "Set by /v2/login.",
    },
    "csrf": {
        "type": "apiKey",
        "in": "header",
        "name": security.CSRF_HEADER,
        "description": "The session's; sent with the cookie wherever something may change.",
    },
    "agentToken": {"type": "http", "scheme": "bearer", "description": "Given at enrolment."},
    "runToken": {"type": "http", "scheme": "bearer", "description": "Given with a claim."},
}
_PERSON: list[dict[str, list[str]]] = [{"apiToken": []}, {"password": []}]


def describe(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Let `app.openapi` tell it all; the routes of `routers` are the application's."""
    routes = {route.name: route for router in routers for route in _routes(router)}
    plain = app.openapi

    def described() -> dict[str, Any]:
        """Validation errors are problems with status 400 here, never FastAPI's 422."""
        schema = plain()
        parts = schema["components"]["schemas"]
        schema["components"]["securitySchemes"] = SCHEMES
        parts["Problem"] = Problem.model_json_schema()
        for name in ("HTTPValidationError", "ValidationError"):
            parts.pop(name, None)
        for template, path in schema["paths"].items():
            for method, operation in path.items():
                operation["responses"].pop("422", None)
                _name_parameters(template, operation)
                operation["security"] = _security(routes[operation["operationId"]], method)
        return schema

    app.openapi = described  # type: ignore[method-assign]


def _routes(router: APIRouter) -> Iterator[APIRoute]:
    return (route for route in router.routes if isinstance(route, APIRoute))


def _name_parameters(template: str, operation: dict[str, Any]) -> None:
    """Those of the path that no function asks for: a run's token says the same."""
    given = operation.setdefault("parameters", [])
    known = {parameter["name"] for parameter in given if parameter["in"] == "path"}
    for name in re.findall(r"{(\w+)}", template):
        if name not in known:
            text = {"type": "string", "minLength": 1}
            given.append({"name": name, "in": "path", "required": True, "schema": text})


def _security(route: APIRoute, method: str) -> list[dict[str, list[str]]]:
    """How a caller of the route may say who they are; nothing where it is open to all."""
    asked = set(_calls(route.dependant))
    if any(isinstance(call, security.Allowed) for call in asked):
        csrf: dict[str, list[str]] = {} if method.upper() in security.SAFE_METHODS else {"csrf": []}
        return [*_PERSON, {"session": [], **csrf}]
    return [
        {name: []}
        for name, caller in (("agentToken", security.worker), ("runToken", security.robot))
        if caller in asked
    ]


def _calls(dependant: Dependant) -> Iterator[Callable[..., Any] | None]:
    yield dependant.call
    for inner in dependant.dependencies:
        yield from _calls(inner)
