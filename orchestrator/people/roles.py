"""What each role may do. Everyone who has one may look."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final


class Role(StrEnum):
    """Those that come with Deskhand, and stay as they are."""

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
    SEND_MESSAGES = "send_messages"
    EVALUATE_DECISIONS = "evaluate_decisions"
    EVALUATE_EXPRESSIONS = "evaluate_expressions"
    DEPLOY = "deploy"
    DELETE_RESOURCES = "delete_resources"
    MANAGE_PROCESSES = "manage_processes"
    DELETE_INSTANCES = "delete_instances"
    DELETE_DECISIONS = "delete_decisions"
    DELETE_DOCUMENTS = "delete_documents"
    MANAGE_BATCHES = "manage_batches"
    MANAGE_CLUSTER_VARIABLES = "manage_cluster_variables"
    MANAGE_WORK = "manage_work"
    MANAGE_AGENTS = "manage_agents"
    READ_RECORD = "read_record"
    """What everybody did, across all things; of one thing whoever may look reads it."""
    MANAGE_USERS = "manage_users"
    SEE_SEALED = "see_sealed"
    """What was read of an invoice that may get a second look, or waits for it."""


_PERSON: Final = frozenset({Permission.LOOK, Permission.DO_TASKS, Permission.ADD_DOCUMENTS})
_START: Final = frozenset(
    {
        Permission.START_PROCESSES,
        Permission.SEND_MESSAGES,
        Permission.EVALUATE_DECISIONS,
        Permission.EVALUATE_EXPRESSIONS,
    }
)
ALLOWED: Final[dict[Role, frozenset[Permission]]] = {
    Role.CLERK: _PERSON | _START,
    Role.APPROVER: _PERSON,
    Role.OPERATOR: _PERSON
    | _START
    | {
        Permission.ASSIGN_OTHERS,
        Permission.DEPLOY,
        Permission.DELETE_RESOURCES,
        Permission.MANAGE_PROCESSES,
        Permission.MANAGE_BATCHES,
        Permission.MANAGE_CLUSTER_VARIABLES,
        Permission.MANAGE_WORK,
        Permission.MANAGE_AGENTS,
        Permission.SEE_SEALED,
    },
    Role.ADMIN: frozenset(Permission),
}


_UNBLINDING: Final = frozenset(
    {
        Permission.DEPLOY,
        Permission.MANAGE_PROCESSES,
        Permission.MANAGE_WORK,
        Permission.MANAGE_AGENTS,
        Permission.READ_RECORD,
        Permission.MANAGE_USERS,
    }
)
"""With each there are ways to learn what was read; so whoever has one takes no second looks."""

MEANING: Final[dict[Role, str]] = {
    Role.CLERK: "Does tasks, adds documents, starts processes.",
    Role.APPROVER: "Does tasks that need a second person.",
    Role.OPERATOR: "Deploys, runs and mends processes, work and agents.",
    Role.ADMIN: "May do everything; manages users.",
}


def whole(permissions: frozenset[Permission]) -> frozenset[Permission]:
    """With what follows from them."""
    sees = permissions & _UNBLINDING
    return permissions | {Permission.SEE_SEALED} if sees else permissions


def granted(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything that those of `roles` that come with Deskhand allow together."""
    return frozenset().union(*(ALLOWED[Role(role)] for role in roles if role in set(Role)))
