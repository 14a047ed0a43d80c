"""What a user is and may do now: by roles of their own, by groups, by what custom roles allow."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from orchestrator.people import grants
from orchestrator.people.roles import Permission, Role, granted, whole
from orchestrator.store.tables import Authorization, CustomRole, Group, User
from orchestrator.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Standing:
    """`roles`: those of the groups too."""

    roles: frozenset[str]
    groups: frozenset[str]
    permissions: frozenset[Permission]
    tenants: frozenset[str]
    """Whose data they work with: those they are assigned to, else the one that has the user."""

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


def of(unit: Unit, user: User) -> Standing:
    """Asks the database only for groups and custom roles, which most users do not have."""
    groups = _groups(unit, user)
    roles = set(user.roles).union(*(group.roles for group in groups))
    custom = roles - set(Role)
    allowed = granted(roles) | (_allowed(unit, user.tenant_id, custom) if custom else set())
    holders: list[User | Group | CustomRole] = [user, *groups, *_custom_roles(unit, user, custom)]
    tenants = frozenset(tenant for holder in holders for tenant in holder.tenants)
    mine = tenants or frozenset({user.tenant_id})
    return Standing(frozenset(roles), frozenset(user.groups), whole(allowed), mine)


def _groups(unit: Unit, user: User) -> Sequence[Group]:
    if not user.groups:
        return []
    query = select(Group).where(
        Group.tenant_id == user.tenant_id, col(Group.group_id).in_(user.groups)
    )
    return unit.session.exec(query).all()


def _custom_roles(unit: Unit, user: User, roles: set[str]) -> Sequence[CustomRole]:
    if not roles:
        return []
    query = select(CustomRole).where(
        CustomRole.tenant_id == user.tenant_id, col(CustomRole.role_id).in_(roles)
    )
    return unit.session.exec(query).all()


def _allowed(unit: Unit, tenant_id: str, roles: set[str]) -> set[Permission]:
    """By custom roles; each lets its members look. Types of several authorizations add up."""
    query = (
        select(Authorization)
        .join(CustomRole, col(CustomRole.role_id) == Authorization.role_id)
        .where(CustomRole.tenant_id == tenant_id, Authorization.tenant_id == tenant_id)
        .where(col(Authorization.role_id).in_(roles))
    )
    types: dict[str, set[str]] = {}
    for row in unit.session.exec(query):
        types.setdefault(row.resource_type, set()).update(row.permission_types)
    found = {Permission.LOOK}
    return found.union(*(grants.permitted(resource, given) for resource, given in types.items()))
