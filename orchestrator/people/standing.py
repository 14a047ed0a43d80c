"""What a user is and may do now: by roles of their own, by groups, by what custom roles allow."""

from dataclasses import dataclass

from sqlmodel import col, select

from orchestrator.people import grants
from orchestrator.people.roles import Permission, Role, granted
from orchestrator.store.tables import Authorization, CustomRole, Group, User
from orchestrator.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Standing:
    """`roles`: those of the groups too."""

    roles: frozenset[str]
    groups: frozenset[str]
    permissions: frozenset[Permission]

    def may(self, permission: Permission) -> bool:
        return permission in self.permissions


def of(unit: Unit, user: User) -> Standing:
    """Asks the database only for groups and custom roles, which most users do not have."""
    roles = set(user.roles).union(*_roles_of_groups(unit, user))
    custom = roles - set(Role)
    allowed = granted(roles) | (_allowed(unit, user.tenant_id, custom) if custom else set())
    return Standing(frozenset(roles), frozenset(user.groups), allowed)


def _roles_of_groups(unit: Unit, user: User) -> list[list[str]]:
    if not user.groups:
        return []
    query = select(Group).where(
        Group.tenant_id == user.tenant_id, col(Group.group_id).in_(user.groups)
    )
    return [group.roles for group in unit.session.exec(query)]


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
