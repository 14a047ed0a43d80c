"""Groups of users: what they have together, and whom tasks may be for."""

from collections.abc import Mapping
from typing import Any

from orchestrator.audit import append
from orchestrator.kernel.errors import Conflict, NotFound
from orchestrator.people import custom_roles, users
from orchestrator.people.changing import check_name, find, let_go, one_at_a_time, rename
from orchestrator.store.tables import Group, User
from orchestrator.store.unit import Unit


def create(unit: Unit, group_id: str, name: str, description: str | None) -> Group:
    """Raises Conflict (group.exists), also when a role has the name, since tasks are for either."""
    one_at_a_time(unit)
    check_name(group_id, "a group's id")
    if custom_roles.exists(unit, group_id) or _find(unit, group_id) is not None:
        raise Conflict(f"there is a role or group {group_id!r} already", code="group.exists")
    row = Group(
        key=unit.keys.next(),
        tenant_id=unit.tenant_id,
        group_id=group_id,
        name=name,
        description=description,
        roles=[],
        created_at=unit.now,
    )
    return _record(unit, row, "created", {"group": group_id, "name": name})


def get(unit: Unit, group_id: str) -> Group:
    """Raises NotFound."""
    row = _find(unit, group_id)
    if row is None:
        raise NotFound(f"There is no group {group_id!r}.")
    return row


def change(unit: Unit, group_id: str, name: str, description: str | None) -> Group:
    """Raises NotFound."""
    row = _lock(unit, group_id)
    return _record(unit, row, "changed", rename(row, name, description))


def delete(unit: Unit, group_id: str) -> None:
    """Its members stay, without what they had by it. Raises NotFound."""
    row = _lock(unit, group_id)
    let_go(unit, group_id, User.groups)
    unit.session.delete(row)
    append(unit, f"group/{row.key}", "group.deleted", {"group": group_id})


def add(unit: Unit, group_id: str, username: str) -> None:
    """Raises NotFound, Conflict (group.assigned) when the user is a member."""
    row, user = _lock(unit, group_id), users.get(unit, username)
    if group_id in user.groups:
        raise Conflict(f"{username!r} is in {group_id} already", code="group.assigned")
    user.groups = [*user.groups, group_id]
    _record(unit, row, "assigned", {"user": username})


def remove(unit: Unit, group_id: str, username: str) -> None:
    """Raises NotFound, also when the user is no member."""
    row, user = _lock(unit, group_id), users.get(unit, username)
    if group_id not in user.groups:
        raise NotFound(f"{username!r} is not in {group_id}.")
    user.groups = [group for group in user.groups if group != group_id]
    _record(unit, row, "unassigned", {"user": username})


def grant(unit: Unit, group_id: str, role: str) -> None:
    """Raises NotFound, Conflict (role.assigned) when the group has the role."""
    row = _lock(unit, group_id)
    custom_roles.existing(unit, role)
    if role in row.roles:
        raise Conflict(f"{group_id!r} has the role {role} already.", code="role.assigned")
    row.roles = [*row.roles, role]
    _record(unit, row, "assigned", {"role": role})


def revoke(unit: Unit, group_id: str, role: str) -> None:
    """Raises NotFound, also when the group has not the role."""
    row = _lock(unit, group_id)
    if role not in row.roles:
        raise NotFound(f"{group_id!r} has not the role {role}.")
    row.roles = [one for one in row.roles if one != role]
    _record(unit, row, "unassigned", {"role": role})


def _find(unit: Unit, group_id: str) -> Group | None:
    return find(unit, Group, Group.group_id, group_id)


def _lock(unit: Unit, group_id: str) -> Group:
    one_at_a_time(unit)
    return get(unit, group_id)


def _record(unit: Unit, row: Group, what: str, facts: Mapping[str, Any]) -> Group:
    unit.session.add(row)
    append(unit, f"group/{row.key}", f"group.{what}", facts)
    return row
