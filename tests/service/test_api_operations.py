"""Each operation of Camunda's API has an answer, and no path takes a method it does not have."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import camunda_orchestration_sdk
from starlette.routing import BaseRoute, Match

from orchestrator.api.build import build
from orchestrator.api.openapi import description
from orchestrator.api.routes import not_supported

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")


def filled(path: str) -> str:
    return re.sub(r"\{[^}]*\}", "1", path)


def operations() -> Iterator[tuple[str, str]]:
    """Method and path of each operation of Camunda's client."""
    for file in sorted((Path(camunda_orchestration_sdk.__file__).parent / "api").rglob("*.py")):
        if found := re.search(r'"method": "(\w+)",\s*"url": "([^"]+)"', file.read_text("utf-8")):
            yield found[1].upper(), "/v2" + filled(found[2])


def matches(routes: Sequence[BaseRoute], method: str, path: str) -> bool:
    scope = {"type": "http", "path": path, "method": method, "root_path": ""}
    return any(route.matches(scope)[0] is Match.FULL for route in routes)


def test_each_operation_has_an_answer() -> None:
    """A route of ours, or 501: never a 404 that looks like a missing thing."""
    routes = build().router.routes
    assert [each for each in operations() if not matches(routes, *each)] == []


def test_only_what_camunda_has_answers_that_deskhand_lacks_it() -> None:
    """Another method on a path of ours is not allowed, as HTTP says it."""
    described = {
        (method, filled(path))
        for path, item in description()["paths"].items()
        for method in map(str.upper, item)
    }
    paths, known = {path for _, path in described}, described | set(operations())
    others = {(method, path) for path in paths for method in METHODS} - known
    assert len(others) > 100
    lacking = not_supported.router.routes
    assert [each for each in sorted(others) if matches(lacking, *each)] == []
