"""Cluster variables: values that the expressions of processes and decisions see."""

import json
from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field

from orchestrator.api.model import Filter, Json, Model
from orchestrator.api.routes.tenants import visible_tenants
from orchestrator.api.routes.variable_views import TruncateValues
from orchestrator.api.search import Found, Match, Search
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, ClusterVariableManager, Person
from orchestrator.api.short_lists import in_memory
from orchestrator.api.tenancy import ALIAS
from orchestrator.kernel.errors import Forbidden, NotFound, NotSupported
from orchestrator.process import cluster_variables
from orchestrator.process.cluster_variables import ALL
from orchestrator.store.tables import ClusterVariable
from orchestrator.store.tables.columns import DEFAULT_TENANT

router = Section(prefix="/v2/cluster-variables", tags=["cluster variables"])

Metadata = Annotated[dict[str, str | int | float], Field(max_length=100)]
Scope = Literal["GLOBAL", "TENANT"]
CUT = 1000
"""Characters of a value that a search gives, unless the whole is asked for."""


class ClusterVariableUpdate(Model):
    value: Json
    metadata: Metadata | None = None


class NewClusterVariable(ClusterVariableUpdate):
    name: Annotated[str, Field(min_length=1, max_length=256)]
    kind: Literal["JSON", "SECRET_REFERENCE"] = "JSON"


class ClusterVariableView(Model):
    name: str
    value: str
    """JSON."""
    scope: Scope
    tenant_id: str | None
    metadata: dict[str, str | int | float]
    kind: Literal["JSON"] = "JSON"


class ClusterVariableSearchResult(ClusterVariableView):
    is_truncated: bool
    """The value is cut off, and is no JSON then."""


class ClusterVariableFilter(Filter):
    name: Match[str] | None = None
    value: Match[str] | None = None
    scope: Match[str] | None = None
    tenant_id: Match[str] | None = None
    kind: Match[str] | None = None
    is_truncated: bool | None = None


@router.post("/global")
def create_global_cluster_variable(
    body: NewClusterVariable, caller: ClusterVariableManager
) -> ClusterVariableView:
    """Expressions of all tenants see it as `camunda.vars.cluster` and `camunda.vars.env`."""
    return _create(caller, _for_all(caller), body)


@router.post("/search")
def search_cluster_variables(
    body: Search[ClusterVariableFilter], caller: Anyone, truncate: TruncateValues = True
) -> Found[ClusterVariableSearchResult]:
    """Those for all, and those of the caller's tenants."""
    tenants = [tenant.tenant_id for tenant in visible_tenants(caller)]
    with caller.at_home() as unit:
        rows = cluster_variables.all_of(unit, tenants)
    found = in_memory([_found(row) for row in rows], body)
    if truncate:
        found.items = [_cut(item) for item in found.items]
    return found


@router.get("/global/{name}")
def get_global_cluster_variable(name: str, caller: Anyone) -> ClusterVariableView:
    return _get(caller, ALL, name)


@router.put("/global/{name}")
def update_global_cluster_variable(
    name: str, body: ClusterVariableUpdate, caller: ClusterVariableManager
) -> ClusterVariableView:
    """Expressions that are evaluated from now on see it."""
    return _update(caller, _for_all(caller), name, body)


@router.delete("/global/{name}", status_code=204)
def delete_global_cluster_variable(name: str, caller: ClusterVariableManager) -> None:
    _delete(caller, _for_all(caller), name)


@router.post("/tenants/{tenant_id}")
def create_tenant_cluster_variable(
    tenant_id: str, body: NewClusterVariable, caller: ClusterVariableManager
) -> ClusterVariableView:
    """Expressions of the tenant see it as `camunda.vars.tenant` and `camunda.vars.env`."""
    return _create(caller, _tenant(caller, tenant_id), body)


@router.get("/tenants/{tenant_id}/{name}")
def get_tenant_cluster_variable(tenant_id: str, name: str, caller: Anyone) -> ClusterVariableView:
    return _get(caller, _tenant(caller, tenant_id), name)


@router.put("/tenants/{tenant_id}/{name}")
def update_tenant_cluster_variable(
    tenant_id: str, name: str, body: ClusterVariableUpdate, caller: ClusterVariableManager
) -> ClusterVariableView:
    return _update(caller, _tenant(caller, tenant_id), name, body)


@router.delete("/tenants/{tenant_id}/{name}", status_code=204)
def delete_tenant_cluster_variable(
    tenant_id: str, name: str, caller: ClusterVariableManager
) -> None:
    _delete(caller, _tenant(caller, tenant_id), name)


def _for_all(caller: Person) -> str:
    """Raises Forbidden for who works with the data of some tenants only."""
    if caller.user.tenant_id not in caller.standing.tenants:
        text = "you are assigned to tenants, so you cannot change what is for all"
        raise Forbidden(text, code="tenant.forbidden")
    return ALL


def _tenant(caller: Person, tenant_id: str) -> str:
    """Raises NotFound for one that the caller may not know of."""
    meant = DEFAULT_TENANT if tenant_id == ALIAS else tenant_id
    if all(meant != tenant.tenant_id for tenant in visible_tenants(caller)):
        raise NotFound(f"There is no tenant {tenant_id!r}.")
    return meant


def _create(caller: Person, of: str, body: NewClusterVariable) -> ClusterVariableView:
    if body.kind != "JSON":
        raise NotSupported("Deskhand has no secrets that a cluster variable could refer to.")
    with caller.at_home() as unit:
        metadata = body.metadata or {}
        return _view(cluster_variables.create(unit, of, body.name, body.value, metadata))


def _get(caller: Person, of: str, name: str) -> ClusterVariableView:
    with caller.at_home() as unit:
        return _view(cluster_variables.get(unit, of, name))


def _update(caller: Person, of: str, name: str, body: ClusterVariableUpdate) -> ClusterVariableView:
    with caller.at_home() as unit:
        return _view(cluster_variables.change(unit, of, name, body.value, body.metadata))


def _delete(caller: Person, of: str, name: str) -> None:
    with caller.at_home() as unit:
        cluster_variables.delete(unit, of, name)


def _shown(row: ClusterVariable) -> Mapping[str, object]:
    return {
        "name": row.name,
        "value": json.dumps(row.value["v"], ensure_ascii=False),
        "scope": "GLOBAL" if row.of_tenant == ALL else "TENANT",
        "tenant_id": row.of_tenant or None,
        "metadata": row.details,
    }


def _view(row: ClusterVariable) -> ClusterVariableView:
    return ClusterVariableView.model_validate(_shown(row))


def _found(row: ClusterVariable) -> ClusterVariableSearchResult:
    shown = _shown(row)
    is_long = len(str(shown["value"])) > CUT
    return ClusterVariableSearchResult.model_validate({**shown, "is_truncated": is_long})


def _cut(item: ClusterVariableSearchResult) -> ClusterVariableSearchResult:
    return item.model_copy(update={"value": item.value[:CUT]})
