"""What the roles allow, in the words of the Camunda 8 API. Those that come with Deskhand allow
what they allow; of custom roles it is made and changed here."""

from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field

from orchestrator.api.model import Filter, Key, Model
from orchestrator.api.search import Found, Match, Search
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, UserManager
from orchestrator.api.short_lists import in_memory
from orchestrator.kernel.errors import Conflict, NotFound, NotSupported
from orchestrator.people import authorizations, grants
from orchestrator.people.roles import Role
from orchestrator.store.tables import Authorization
from orchestrator.store.unit import Unit

router = Section(prefix="/v2", tags=["users"])

Word = Annotated[str, Field(min_length=1, max_length=100)]


class AuthorizationRequest(Model):
    """Deskhand authorizes roles, for all things of a kind (`resourceId` is `*`); anything else
    answers 501. Give the role to users and groups."""

    owner_id: Word
    owner_type: Literal["USER", "CLIENT", "ROLE", "GROUP", "MAPPING_RULE", "UNSPECIFIED"]
    resource_id: Annotated[str, Field(max_length=256)] | None = None
    resource_property_name: Annotated[str, Field(max_length=256)] | None = None
    resource_type: Word
    permission_types: Annotated[list[Word], Field(min_length=1, max_length=50)]

    def grant(self) -> authorizations.Grant:
        """Raises NotSupported."""
        if self.owner_type != "ROLE":
            raise NotSupported("Deskhand authorizes roles; give the role to the user or group.")
        if self.resource_id != "*" or self.resource_property_name:
            raise NotSupported("Deskhand authorizes for all things of a kind: resourceId is '*'.")
        types = list(dict.fromkeys(self.permission_types))
        return authorizations.Grant(self.owner_id, self.resource_type, types)


class AuthorizationCreated(Model):
    authorization_key: Key


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


@router.post("/authorizations", status_code=201)
def create_authorization(body: AuthorizationRequest, caller: UserManager) -> AuthorizationCreated:
    """For a custom role."""
    with caller.at_home() as unit:
        row = authorizations.create(unit, body.grant())
        return AuthorizationCreated(authorization_key=row.key)


@router.post("/authorizations/search")
def search_authorizations(
    body: Search[AuthorizationFilter], caller: UserManager
) -> Found[AuthorizationView]:
    with caller.at_home() as unit:
        return in_memory(_all(unit), body)


@router.get("/authorizations/{key}")
def get_authorization(key: Key, caller: UserManager) -> AuthorizationView:
    with caller.at_home() as unit:
        found = next((a for a in _all(unit) if a.authorization_key == key), None)
    if found is None:
        raise NotFound(f"There is no authorization {key}.")
    return found


@router.put("/authorizations/{key}", status_code=204)
def update_authorization(key: Key, body: AuthorizationRequest, caller: UserManager) -> None:
    _check_custom(key)
    with caller.at_home() as unit:
        authorizations.change(unit, key, body.grant())


@router.delete("/authorizations/{key}", status_code=204)
def delete_authorization(key: Key, caller: UserManager) -> None:
    _check_custom(key)
    with caller.at_home() as unit:
        authorizations.delete(unit, key)


@router.post("/authentication/me/authorizations/search")
def search_own_authorizations(
    body: Search[AuthorizationFilter], caller: Anyone
) -> OwnAuthorizations:
    with caller.at_home() as unit:
        own = [view for view in _all(unit) if view.owner_id in caller.standing.roles]
    return OwnAuthorizations.model_validate(in_memory(own, body).model_dump())


def _all(unit: Unit) -> list[AuthorizationView]:
    return [*FIXED, *(_view(row) for row in authorizations.all_of(unit))]


def _view(row: Authorization) -> AuthorizationView:
    return AuthorizationView(
        authorization_key=row.key,
        owner_id=row.role_id,
        resource_type=row.resource_type,
        permission_types=row.permission_types,
    )


def _fixed(roles: Iterable[Role]) -> list[AuthorizationView]:
    """One for each role and kind of resource; the key counts them, the same for ever."""
    found = [(role, *grant) for role in roles for grant in grants.of_role(role).items()]
    return [
        AuthorizationView(
            authorization_key=number, owner_id=role, resource_type=resource, permission_types=types
        )
        for number, (role, resource, types) in enumerate(found, 1)
    ]


FIXED = _fixed(Role)


def _check_custom(key: int) -> None:
    if key <= len(FIXED):
        raise Conflict("the roles that come with Deskhand stay as they are", code="role.fixed")
