"""Roles that administrators make. Those that come with Deskhand stay as they are."""

from collections.abc import Iterable, Sequence

from sqlalchemy import delete as sql_delete
from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.kernel.errors import Conflict, InvalidInput, NotFound
from orchestrator.people.changing import check_name, find, let_go, one_at_a_time, rename
from orchestrator.people.roles import Role
from orchestrator.store.tables import Authorization, CustomRole, Group, User
from orchestrator.store.unit import Unit


def create(unit: Unit, role_id: str, name: str, description: str | None) -> CustomRole:
    """Raises Conflict (role.exists), also when a group has the name, since tasks are for either."""
    one_at_a_time(unit)
    check_name(role_id, "a role's id")
    if exists(unit, role_id) or find(unit, Group, Group.group_id, role_id) is not None:
        raise Conflict(f"there is a role or group {role_id!r} already", code="role.exists")
    row = CustomRole(
        key=unit.keys.next(),
        tenant_id=unit.tenant_id,
        role_id=role_id,
        name=name,
        description=description,
        created_at=unit.now,
    )
    unit.session.add(row)
    append(unit, f"role/{row.key}", "role.created", {"role": role_id, "name": name})
    return row


def all_of(unit: Unit) -> Sequence[CustomRole]:
    """By id."""
    query = select(CustomRole).where(CustomRole.tenant_id == unit.tenant_id)
    return unit.session.exec(query.order_by(col(CustomRole.role_id))).all()


def exists(unit: Unit, role_id: str) -> bool:
    """Of either kind."""
    return role_id in set(Role) or _find(unit, role_id) is not None


def existing(unit: Unit, role_id: str) -> str:
    """Its id, of either kind. Raises NotFound."""
    if not exists(unit, role_id):
        raise NotFound(f"There is no role {role_id!r}.")
    return role_id


def get(unit: Unit, role_id: str) -> CustomRole:
    """Raises NotFound, Conflict (role.fixed) for one that comes with Deskhand."""
    if role_id in set(Role):
        raise Conflict(f"the role {role_id} stays as it is; make another one", code="role.fixed")
    row = _find(unit, role_id)
    if row is None:
        raise NotFound(f"There is no role {role_id!r}.")
    return row


def check(unit: Unit, roles: Iterable[str]) -> None:
    """Raises InvalidInput when one of the roles does not exist."""
    for role in roles:
        if not exists(unit, role):
            raise InvalidInput(f"there is no role {role!r}")


def change(unit: Unit, role_id: str, name: str, description: str | None) -> CustomRole:
    """Raises as `get`."""
    one_at_a_time(unit)
    row = get(unit, role_id)
    append(unit, f"role/{row.key}", "role.changed", rename(row, name, description))
    unit.session.add(row)
    return row


def delete(unit: Unit, role_id: str) -> None:
    """With what it authorizes; whoever had it has it no more. Raises as `get`."""
    one_at_a_time(unit)
    row = get(unit, role_id)
    let_go(unit, role_id, User.roles, Group.roles)
    gone = sql_delete(Authorization).where(
        col(Authorization.tenant_id) == unit.tenant_id, col(Authorization.role_id) == role_id
    )
    unit.session.connection().execute(gone)
    unit.session.delete(row)
    append(unit, f"role/{row.key}", "role.deleted", {"role": role_id})


def _find(unit: Unit, role_id: str) -> CustomRole | None:
    return find(unit, CustomRole, CustomRole.role_id, role_id)
