"""The router of one resource."""

from collections.abc import Callable
from functools import cached_property, wraps
from inspect import iscoroutinefunction
from typing import Any

from fastapi import APIRouter
from starlette.concurrency import run_in_threadpool
from starlette.routing import BaseRoute, Match
from starlette.types import Scope


class Section(APIRouter):
    """Routes whose requests cost little on their way.

    FastAPI asks every router in turn, and each all of its routes, which for hundreds of routes
    takes longer than most answers: a section knows by the beginning of a path that it is not
    asked. And FastAPI takes a thread for a plain function and one more to check what it returns:
    here the function alone has one.
    """

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        if not scope["path"].startswith(self._beginnings):
            return Match.NONE, {}
        return super().matches(scope)

    @cached_property
    def _beginnings(self) -> tuple[str, ...]:
        return tuple({_literal(route) for route in self.routes})

    def add_api_route(self, path: str, endpoint: Callable[..., Any], **options: Any) -> None:
        super().add_api_route(path, _in_thread(endpoint), **options)


def _literal(route: BaseRoute) -> str:
    """What stands before the first parameter of its path."""
    return str(getattr(route, "path", "")).partition("{")[0]


def _in_thread(endpoint: Callable[..., Any]) -> Callable[..., Any]:
    if iscoroutinefunction(endpoint):
        return endpoint

    @wraps(endpoint)
    async def called(*args: Any, **named: Any) -> Any:
        return await run_in_threadpool(endpoint, *args, **named)

    return called
