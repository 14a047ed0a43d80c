"""Which tenant a request is about. Camunda's clients name it in the body (`tenantId`, the filter's
`tenantId`, `tenantIds`) or in a form; who belongs to one tenant only need not."""

import json
import re
from dataclasses import dataclass
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData

from orchestrator.kernel.errors import Forbidden, InvalidInput
from orchestrator.people.standing import Standing
from orchestrator.store import sql
from orchestrator.store.tables.columns import DEFAULT_TENANT
from orchestrator.store.unit import Unit

ALIAS = "<default>"
"""Camunda's word for the tenant that is there from the beginning."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request says of tenants: those it names, the one it searches in, the key it is for."""

    named: tuple[str, ...] = ()
    searched: str | None = None
    key: int | None = None


async def asked(request: Request) -> Asked:
    """The body has been read before, by whatever takes it."""
    kind = request.headers.get("Content-Type", "")
    if kind.startswith("multipart/form-data"):
        return Asked(_in_form(await request.form()), key=_key(request))
    raw = await request.body() if kind.startswith("application/json") else b""
    body = _json(raw) if b'"tenantI' in raw else {}
    return Asked(_named(body), _searched(body), _key(request))


def tenant_of(unit: Unit, standing: Standing, asked: Asked) -> str | None:
    """The one to work in; None when that cannot be told (see `refusal`)."""
    theirs = standing.tenants
    if asked.named:
        return asked.named[0] if len(asked.named) == 1 and asked.named[0] in theirs else None
    if len(theirs) == 1:
        return next(iter(theirs))
    if asked.searched in theirs:
        return asked.searched
    if asked.key is None:
        return None
    found = sql.execute(unit, "key_tenant", key=asked.key, tenants=sorted(theirs)).fetchone()
    return found.tenant_id if found else min(theirs)


def refusal(standing: Standing, asked: Asked) -> Forbidden | InvalidInput:
    """Why `tenant_of` could not tell."""
    foreign = sorted(set(asked.named) - standing.tenants)
    if foreign:
        text = f"you are not assigned to the tenant {foreign[0]!r}"
        return Forbidden(text, code="tenant.forbidden")
    theirs = ", ".join(sorted(standing.tenants))
    return InvalidInput(f"name one of your tenants by tenantId: {theirs}", code="tenant.unnamed")


def _json(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except ValueError:
        return {}
    return body if isinstance(body, dict) else {}


def _named(body: dict[str, Any]) -> tuple[str, ...]:
    several = body.get("tenantIds")
    names = several if isinstance(several, list) else [body.get("tenantId")]
    return tuple(_meant(name) for name in names if isinstance(name, str) and name)


def _in_form(form: FormData) -> tuple[str, ...]:
    name = form.get("tenantId")
    return (_meant(name),) if isinstance(name, str) and name else ()


def _searched(body: dict[str, Any]) -> str | None:
    wanted = body.get("filter")
    name = wanted.get("tenantId") if isinstance(wanted, dict) else None
    name = name.get("$eq") if isinstance(name, dict) else name
    return _meant(name) if isinstance(name, str) else None


def _meant(name: str) -> str:
    return DEFAULT_TENANT if name == ALIAS else name


def _key(request: Request) -> int | None:
    """The first key in the path."""
    found = (re.match("[0-9]{1,18}", str(value)) for value in request.path_params.values())
    return next((int(key[0]) for key in found if key), None)
