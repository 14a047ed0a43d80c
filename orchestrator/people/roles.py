"""What each role may do. Everyone who is logged in may look."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    OPERATOR = "operator"
    CLERK = "clerk"
    APPROVER = "approver"
    ADMIN = "admin"


class Permission(StrEnum):
    LOOK = "look"
    DO_TASKS = "do_tasks"
    ASSIGN_OTHERS = "assign_others"
    ADD_DOCUMENTS = "add_documents"
    START_PROCESSES = "start_processes"
    DEPLOY = "deploy"
    MANAGE_PROCESSES = "manage_processes"
    MANAGE_WORK = "manage_work"
    MANAGE_AGENTS = "manage_agents"
    MANAGE_USERS = "manage_users"
    SEE_SEALED = "see_sealed"
    """What was read of an invoice that waits for a second look."""


_PERSON: Final = frozenset({Permission.LOOK, Permission.DO_TASKS, Permission.ADD_DOCUMENTS})
ALLOWED: Final[dict[Role, frozenset[Permission]]] = {
    Role.CLERK: _PERSON | {Permission.START_PROCESSES},
    Role.APPROVER: _PERSON,
    Role.OPERATOR: _PERSON
    | {
        Permission.ASSIGN_OTHERS,
        Permission.START_PROCESSES,
        Permission.DEPLOY,
        Permission.MANAGE_PROCESSES,
        Permission.MANAGE_WORK,
        Permission.MANAGE_AGENTS,
        Permission.SEE_SEALED,
    },
    Role.ADMIN: frozenset(Permission),
}


MEANING: Final[dict[Role, str]] = {
    Role.CLERK: "Does tasks, adds documents, starts processes.",
    Role.APPROVER: "Does tasks that need a second person.",
    Role.OPERATOR: "Deploys, runs and mends processes, work and agents.",
    Role.ADMIN: "May do everything; manages users.",
}


def may(roles: Iterable[str], permission: Permission) -> bool:
    """Whether one of `roles` allows it; an unknown role allows nothing."""
    return any(role in set(roles) and permission in ALLOWED[role] for role in Role)


def granted(roles: Iterable[str]) -> list[Permission]:
    """Everything that `roles` allow together."""
    held = set(roles)
    return [permission for permission in Permission if may(held, permission)]
