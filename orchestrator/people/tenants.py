"""Tenants: parts of the data that only those see who are assigned to them.

Users, groups and roles are in one tenant, from which the others are managed.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from orchestrator.audit import append
from orchestrator.kernel.errors import Conflict, NotFound
from orchestrator.people import custom_roles, groups, standing, users
from orchestrator.people.changing import check_name, find, let_go, one_at_a_time, rename
from orchestrator.store.tables import CustomRole, Group, ProcessInstance, Tenant, User
from orchestrator.store.unit import Unit

Member = User | Group | CustomRole
MEMBERS: Mapping[str, Callable[[Unit, str], Member]] = {
    "user": users.get,
    "group": groups.get,
    "role": custom_roles.get,
}
"""What can be assigned to a tenant, by kind and name."""


def create(unit: Unit, tenant_id: str, name: str, description: str | None) -> Tenant:
    """Raises Conflict (tenant.exists), InvalidInput for a bad id."""
    one_at_a_time(unit)
    check_name(tenant_id, "a tenant's id")
    query = select(Tenant.key).where(Tenant.id == tenant_id)
    home = select(User.key).where(User.tenant_id == tenant_id)
    taken = tenant_id == unit.tenant_id or unit.session.exec(home).first() is not None
    if taken or unit.session.exec(query).first() is not None:
        raise Conflict(f"there is a tenant {tenant_id!r} already", code="tenant.exists")
    row = Tenant(
        key=unit.keys.next(),
        tenant_id=unit.tenant_id,
        id=tenant_id,
        name=name,
        description=description,
        created_at=unit.now,
    )
    return _record(unit, row, "created", {"tenant": tenant_id, "name": name})


def all_of(unit: Unit) -> Sequence[Tenant]:
    """By id."""
    query = select(Tenant).where(Tenant.tenant_id == unit.tenant_id)
    return unit.session.exec(query.order_by(Tenant.id)).all()


def get(unit: Unit, tenant_id: str) -> Tenant:
    """Raises NotFound."""
    row = find(unit, Tenant, Tenant.id, tenant_id)
    if row is None:
        raise NotFound(f"There is no tenant {tenant_id!r}.")
    return row


def change(unit: Unit, tenant_id: str, name: str, description: str | None) -> Tenant:
    """Raises NotFound."""
    row = _lock(unit, tenant_id)
    return _record(unit, row, "changed", rename(row, name, description))


def delete(unit: Unit, tenant_id: str) -> None:
    """Its data stays on the record, and nobody is assigned to it any more. Raises NotFound,
    Conflict (tenant.in_use) while instances of it run."""
    row = _lock(unit, tenant_id)
    running = select(ProcessInstance.key).where(
        ProcessInstance.tenant_id == tenant_id, col(ProcessInstance.ended_at).is_(None)
    )
    if unit.session.exec(running).first() is not None:
        text = f"process instances of {tenant_id!r} are running; cancel them first"
        raise Conflict(text, code="tenant.in_use")
    let_go(unit, tenant_id, User.tenants, Group.tenants, CustomRole.tenants)
    unit.session.delete(row)
    append(unit, f"tenant/{row.key}", "tenant.deleted", {"tenant": tenant_id})


def assign(unit: Unit, tenant_id: str, kind: str, name: str) -> None:
    """A user, or all of a group, or all who have a role. Raises NotFound, Conflict
    (tenant.assigned) when it is, Conflict (role.fixed) for a role that comes with Deskhand."""
    row, member = _lock(unit, tenant_id), MEMBERS[kind](unit, name)
    if tenant_id in member.tenants:
        raise Conflict(f"{name!r} is in {tenant_id} already", code="tenant.assigned")
    member.tenants = [*member.tenants, tenant_id]
    _record(unit, row, "assigned", {kind: name})


def unassign(unit: Unit, tenant_id: str, kind: str, name: str) -> None:
    """Raises NotFound, also when it is not assigned, Conflict (role.fixed)."""
    row, member = _lock(unit, tenant_id), MEMBERS[kind](unit, name)
    if tenant_id not in member.tenants:
        raise NotFound(f"{name!r} is not in {tenant_id}.")
    member.tenants = [one for one in member.tenants if one != tenant_id]
    _record(unit, row, "unassigned", {kind: name})


def member(unit: Unit, home: str, username: str) -> User | None:
    """The active user of the tenant `home` who works with the data of the unit's."""
    query = select(User).where(User.tenant_id == home, User.username == username, User.active)
    user = unit.session.exec(query).one_or_none()
    works_here = user is not None and unit.tenant_id in standing.of(unit, user).tenants
    return user if works_here else None


def _lock(unit: Unit, tenant_id: str) -> Tenant:
    one_at_a_time(unit)
    return get(unit, tenant_id)


def _record(unit: Unit, row: Tenant, what: str, facts: Mapping[str, Any]) -> Tenant:
    unit.session.add(row)
    append(unit, f"tenant/{row.key}", f"tenant.{what}", facts)
    return row
