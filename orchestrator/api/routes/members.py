"""Who is in groups, roles and tenants: members of each kind are assigned and unassigned alike.

A client is a user who has an API token: what it is assigned to holds for the programs that act with
the token, and for the user.
"""

from collections.abc import Callable, Mapping

from fastapi import Path
from sqlalchemy import SQLColumnExpression
from sqlmodel import col, select

from orchestrator.api.model import Filter, Model
from orchestrator.api.search import Found, Match, Search
from orchestrator.api.section import Section
from orchestrator.api.security import UserManager
from orchestrator.api.short_lists import in_memory
from orchestrator.people import api_tokens, custom_roles, groups, tenants, users
from orchestrator.store.tables import User
from orchestrator.store.unit import Unit

router = Section(prefix="/v2", tags=["users"])

Change = Callable[[Unit, str, str], object]
"""Of a membership, by the ids of the holder and the member."""
Pair = tuple[Change, Change]
"""How a member is assigned and unassigned."""


class ClientView(Model):
    client_id: str


class ClientFilter(Filter):
    client_id: Match[str] | None = None


def _member_first(change: Change) -> Change:
    return lambda unit, holder, member: change(unit, member, holder)


def _of_client(change: Change) -> Change:
    """The user that the client is. Raises NotFound."""
    return lambda unit, holder, client: change(unit, holder, api_tokens.client(unit, client))


def _in_tenant(kind: str) -> Pair:
    return (
        lambda unit, tenant, name: tenants.assign(unit, tenant, kind, name),
        lambda unit, tenant, name: tenants.unassign(unit, tenant, kind, name),
    )


_USERS: Mapping[str, Pair] = {
    "group": (groups.add, groups.remove),
    "role": (_member_first(users.grant), _member_first(users.revoke)),
    "tenant": _in_tenant("user"),
}
PAIRS: Mapping[tuple[str, str], Pair] = {
    **{(holder, "user"): pair for holder, pair in _USERS.items()},
    **{(holder, "client"): (_of_client(a), _of_client(u)) for holder, (a, u) in _USERS.items()},
    ("role", "group"): (_member_first(groups.grant), _member_first(groups.revoke)),
    ("tenant", "group"): _in_tenant("group"),
    ("tenant", "role"): _in_tenant("role"),
}
"""By holder and member."""


def _route(change: Change, holder: str, member: str) -> Callable[..., None]:
    def changed(
        caller: UserManager,
        holder_id: str = Path(alias=f"{holder}_id"),
        member_id: str = Path(alias=member),
    ) -> None:
        with caller.at_home() as unit:
            change(unit, holder_id, member_id)

    return changed


for (_holder, _member), _pair in PAIRS.items():
    _id = "username" if _member == "user" else f"{_member}_id"
    # As Camunda names them: a role is assigned to its members, all else are assigned to the holder.
    _what = (_holder, _member) if _holder == "role" else (_member, _holder)
    for _change, _method, _name in zip(
        _pair, ("PUT", "DELETE"), ("assign_{}_to_{}", "unassign_{}_from_{}"), strict=True
    ):
        router.add_api_route(
            f"/{_holder}s/{{{_holder}_id}}/{_member}s/{{{_id}}}",
            _route(_change, _holder, _id),
            methods=[_method],
            status_code=204,
            name=_name.format(*_what),
        )


@router.post("/groups/{group_id}/clients/search")
def search_clients_for_group(
    group_id: str, body: Search[ClientFilter], caller: UserManager
) -> Found[ClientView]:
    with caller.at_home() as unit:
        return _clients(unit, body, col(User.groups), groups.get(unit, group_id).group_id)


@router.post("/roles/{role_id}/clients/search")
def search_clients_for_role(
    role_id: str, body: Search[ClientFilter], caller: UserManager
) -> Found[ClientView]:
    """Which have it by themselves, not by a group."""
    with caller.at_home() as unit:
        return _clients(unit, body, col(User.roles), custom_roles.existing(unit, role_id))


@router.post("/tenants/{tenant_id}/clients/search")
def search_clients_for_tenant(
    tenant_id: str, body: Search[ClientFilter], caller: UserManager
) -> Found[ClientView]:
    with caller.at_home() as unit:
        return _clients(unit, body, col(User.tenants), tenants.get(unit, tenant_id).id)


def _clients(
    unit: Unit, body: Search[ClientFilter], held: SQLColumnExpression[list[str]], holder: str
) -> Found[ClientView]:
    query = select(User.username).where(
        User.tenant_id == unit.tenant_id,
        held.contains([holder]),
        api_tokens.has_one(unit, col(User.key)),
    )
    found = [ClientView(client_id=name) for name in sorted(unit.session.exec(query))]
    return in_memory(found, body)
