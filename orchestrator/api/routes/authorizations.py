"""What the roles allow, in the words of the Camunda 8 API. Read only: roles are fixed."""

from collections.abc import Iterable

from fastapi import APIRouter

from orchestrator.api.model import Filter, Key, Model
from orchestrator.api.search import Found, Match, Search
from orchestrator.api.security import Anyone, UserManager
from orchestrator.api.short_lists import in_memory
from orchestrator.kernel.errors import NotFound
from orchestrator.people.roles import ALLOWED, Permission, Role

router = APIRouter(prefix="/v2", tags=["users"])

Resource = tuple[str, tuple[str, ...]]
GRANTS: dict[Permission, tuple[Resource, ...]] = {
    Permission.LOOK: (
        (
            "PROCESS_DEFINITION",
            ("READ_PROCESS_DEFINITION", "READ_PROCESS_INSTANCE", "READ_USER_TASK"),
        ),
        ("DECISION_DEFINITION", ("READ_DECISION_DEFINITION", "READ_DECISION_INSTANCE")),
        ("DECISION_REQUIREMENTS_DEFINITION", ("READ",)),
        ("DOCUMENT", ("READ",)),
        ("BATCH", ("READ",)),
    ),
    Permission.DO_TASKS: (("USER_TASK", ("READ", "CLAIM", "COMPLETE")),),
    Permission.ASSIGN_OTHERS: (("USER_TASK", ("UPDATE",)),),
    Permission.ADD_DOCUMENTS: (("DOCUMENT", ("CREATE",)),),
    Permission.START_PROCESSES: (
        ("PROCESS_DEFINITION", ("CREATE_PROCESS_INSTANCE",)),
        ("DECISION_DEFINITION", ("CREATE_DECISION_INSTANCE",)),
        ("EXPRESSION", ("EVALUATE",)),
        ("MESSAGE", ("CREATE",)),
    ),
    Permission.DEPLOY: (("RESOURCE", ("CREATE",)),),
    Permission.MANAGE_PROCESSES: (
        (
            "PROCESS_DEFINITION",
            ("CANCEL_PROCESS_INSTANCE", "MODIFY_PROCESS_INSTANCE", "UPDATE_PROCESS_INSTANCE"),
        ),
        ("BATCH", ("CREATE", "UPDATE")),
    ),
    Permission.MANAGE_WORK: (("PROCESS_DEFINITION", ("UPDATE_PROCESS_INSTANCE",)),),
    Permission.MANAGE_USERS: (
        ("USER", ("CREATE", "READ", "UPDATE", "DELETE")),
        ("ROLE", ("READ", "UPDATE")),
        ("AUTHORIZATION", ("READ",)),
        ("AUDIT_LOG", ("READ",)),
    ),
}
"""What is only Deskhand's (agents, queues, second looks) has no word there."""


class AuthorizationView(Model):
    authorization_key: Key
    owner_id: str
    owner_type: str = "ROLE"
    resource_type: str
    resource_id: str = "*"
    resource_property_name: None = None
    permission_types: list[str]


class AuthorizationFilter(Filter):
    owner_id: Match[str] | None = None
    owner_type: Match[str] | None = None
    resource_id: Match[str] | None = None
    resource_type: Match[str] | None = None


class OwnAuthorizations(Found[AuthorizationView]):
    authorizations_enabled: bool = True


@router.post("/authorizations/search")
def search_authorizations(
    body: Search[AuthorizationFilter], caller: UserManager
) -> Found[AuthorizationView]:
    return in_memory(_granted(Role), body)


@router.get("/authorizations/{key}")
def get_authorization(key: Key, caller: UserManager) -> AuthorizationView:
    found = next((a for a in _granted(Role) if a.authorization_key == key), None)
    if found is None:
        raise NotFound(f"There is no authorization {key}.")
    return found


@router.post("/authentication/me/authorizations/search")
def search_own_authorizations(
    body: Search[AuthorizationFilter], caller: Anyone
) -> OwnAuthorizations:
    own = [role for role in Role if role in caller.user.roles]
    return OwnAuthorizations.model_validate(in_memory(_granted(own), body).model_dump())


def _granted(roles: Iterable[Role]) -> list[AuthorizationView]:
    """One for each role and kind of resource; the key counts them, the same for ever."""
    return [view for view in _all() if view.owner_id in set(roles)]


def _grants(role: Role, permission: Permission) -> tuple[Resource, ...]:
    return GRANTS.get(permission, ()) if permission in ALLOWED[role] else ()


def _all() -> list[AuthorizationView]:
    found: dict[tuple[Role, str], list[str]] = {}
    for role in Role:
        for permission in Permission:
            for resource, types in _grants(role, permission):
                known = found.setdefault((role, resource), [])
                known += [t for t in types if t not in known]
    return [
        AuthorizationView(
            authorization_key=number, owner_id=role, resource_type=resource, permission_types=types
        )
        for number, ((role, resource), types) in enumerate(found.items(), 1)
    ]
