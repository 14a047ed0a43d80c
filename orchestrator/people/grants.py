"""The permissions in the words of the Camunda 8 API: what may be done with a kind of resource.

Custom roles are given them as authorizations. Deskhand tells apart what `GRANTS` lists, for all
things of a kind; whoever has a role may read everything that `READS` lists.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from orchestrator.kernel.errors import NotSupported
from orchestrator.people.roles import ALLOWED, Permission, Role

READS: Final[Mapping[str, tuple[str, ...]]] = {
    "PROCESS_DEFINITION": (
        "READ_PROCESS_DEFINITION",
        "READ_PROCESS_INSTANCE",
        "READ_USER_TASK",
        "READ_JOB_METRIC",
    ),
    "DECISION_DEFINITION": ("READ_DECISION_DEFINITION", "READ_DECISION_INSTANCE"),
    "DECISION_REQUIREMENTS_DEFINITION": ("READ",),
    "RESOURCE": ("READ",),
    "USER_TASK": ("READ",),
    "DOCUMENT": ("READ",),
    "BATCH": ("READ",),
    "ROLE": ("READ",),
    "GROUP": ("READ",),
    "TENANT": ("READ",),
    "SYSTEM": ("READ",),
    "CLUSTER_VARIABLE": ("READ",),
}
GRANTS: Final[Mapping[Permission, tuple[str, tuple[str, ...]]]] = {
    Permission.DO_TASKS: ("USER_TASK", ("CLAIM", "COMPLETE")),
    Permission.ASSIGN_OTHERS: ("USER_TASK", ("UPDATE",)),
    Permission.ADD_DOCUMENTS: ("DOCUMENT", ("CREATE",)),
    Permission.START_PROCESSES: ("PROCESS_DEFINITION", ("CREATE_PROCESS_INSTANCE",)),
    Permission.SEND_MESSAGES: ("MESSAGE", ("CREATE",)),
    Permission.EVALUATE_DECISIONS: ("DECISION_DEFINITION", ("CREATE_DECISION_INSTANCE",)),
    Permission.EVALUATE_EXPRESSIONS: ("EXPRESSION", ("EVALUATE",)),
    Permission.DEPLOY: ("RESOURCE", ("CREATE",)),
    Permission.DELETE_RESOURCES: ("RESOURCE", ("DELETE_PROCESS", "DELETE_DRD", "DELETE_FORM")),
    Permission.MANAGE_WORK: ("PROCESS_DEFINITION", ("UPDATE_PROCESS_INSTANCE",)),
    Permission.MANAGE_PROCESSES: (
        "PROCESS_DEFINITION",
        (
            "UPDATE_PROCESS_INSTANCE",
            "CANCEL_PROCESS_INSTANCE",
            "MODIFY_PROCESS_INSTANCE",
            "SUSPEND_PROCESS_INSTANCE",
        ),
    ),
    Permission.DELETE_INSTANCES: ("PROCESS_DEFINITION", ("DELETE_PROCESS_INSTANCE",)),
    Permission.DELETE_DECISIONS: ("DECISION_DEFINITION", ("DELETE_DECISION_INSTANCE",)),
    Permission.DELETE_DOCUMENTS: ("DOCUMENT", ("DELETE",)),
    Permission.MANAGE_BATCHES: ("BATCH", ("CREATE", "UPDATE")),
    Permission.MANAGE_CLUSTER_VARIABLES: ("CLUSTER_VARIABLE", ("CREATE", "UPDATE", "DELETE")),
    Permission.MANAGE_AGENTS: ("SYSTEM", ("UPDATE",)),
    Permission.READ_RECORD: ("AUDIT_LOG", ("READ",)),
}
ADMINISTERED: Final[Mapping[str, tuple[str, ...]]] = {
    "USER": ("CREATE", "READ", "UPDATE", "DELETE"),
    "ROLE": ("CREATE", "UPDATE", "DELETE"),
    "GROUP": ("CREATE", "UPDATE", "DELETE"),
    "AUTHORIZATION": ("CREATE", "READ", "UPDATE", "DELETE"),
    "TENANT": ("CREATE", "UPDATE", "DELETE"),
}
"""What MANAGE_USERS is. It cannot be granted in parts, for with one comes every other."""


def of_role(role: Role) -> dict[str, list[str]]:
    """What a role that comes with Deskhand may do with each kind of resource. What is only
    Deskhand's (queues, second looks) has no word there."""
    found = {resource: list(types) for resource, types in READS.items()}
    for permission in Permission:
        if permission in ALLOWED[role] and permission in GRANTS:
            _add(found, *GRANTS[permission])
    if Permission.MANAGE_USERS in ALLOWED[role]:
        for resource, types in ADMINISTERED.items():
            _add(found, resource, types)
    return found


def permitted(resource_type: str, types: Iterable[str]) -> frozenset[Permission]:
    """What these authorize: each permission of which nothing is missing."""
    given = set(types)
    return frozenset(
        permission
        for permission, (resource, needed) in GRANTS.items()
        if resource == resource_type and given.issuperset(needed)
    )


def check(resource_type: str, types: Iterable[str]) -> None:
    """Raises NotSupported where Deskhand could allow only more or less than what is asked."""
    given = set(types)
    meant = set(READS.get(resource_type, ()))
    for permission in permitted(resource_type, given):
        meant.update(GRANTS[permission][1])
    if left := sorted(given - meant):
        known = [" + ".join(needed) for res, needed in GRANTS.values() if res == resource_type]
        raise NotSupported(
            f"Deskhand cannot authorize {', '.join(left)} of {resource_type} by itself; it tells"
            f" apart {'; '.join(known) or 'nothing there'}. Every role may read."
        )


def _add(found: dict[str, list[str]], resource: str, types: Iterable[str]) -> None:
    known = found.setdefault(resource, [])
    known += [one for one in types if one not in known]
