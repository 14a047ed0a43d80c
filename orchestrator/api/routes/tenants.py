"""Tenants: a caller sees the one they belong to."""

from orchestrator.api.model import Filter, Model
from orchestrator.api.routes.users import UserFilter, UserView, found_users
from orchestrator.api.search import Found, Match, Search
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person, UserManager
from orchestrator.api.short_lists import in_memory
from orchestrator.kernel.errors import NotFound

router = Section(prefix="/v2/tenants", tags=["users"])


class TenantView(Model):
    tenant_id: str
    name: str
    description: str | None = None


class TenantFilter(Filter):
    tenant_id: Match[str] | None = None
    name: Match[str] | None = None


@router.post("/search")
def search_tenants(body: Search[TenantFilter], caller: Anyone) -> Found[TenantView]:
    return in_memory([own_tenant(caller)], body)


@router.get("/{tenant_id}")
def get_tenant(tenant_id: str, caller: Anyone) -> TenantView:
    _check_own(caller, tenant_id)
    return own_tenant(caller)


@router.post("/{tenant_id}/users/search")
def search_users_for_tenant(
    tenant_id: str, body: Search[UserFilter], caller: UserManager
) -> Found[UserView]:
    _check_own(caller, tenant_id)
    with caller.begin() as unit:
        return found_users(unit, body)


def own_tenant(caller: Person) -> TenantView:
    return TenantView(tenant_id=caller.user.tenant_id, name=caller.user.tenant_id)


def _check_own(caller: Person, tenant_id: str) -> None:
    if tenant_id != caller.user.tenant_id:
        raise NotFound(f"There is no tenant {tenant_id!r}.")
