"""What is deployed, of every kind: process definitions, DMN files and forms."""

import json
from typing import Any

from fastapi import Response
from sqlalchemy import Select, SQLColumnExpression, String, cast, func, null, select, union_all
from sqlmodel import col
from sqlmodel import select as select_rows

from orchestrator.api.model import Filter, Key, Model
from orchestrator.api.routes.batch_requests import BatchCreated, batch_created
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person, ResourceDeleter
from orchestrator.kernel.errors import Forbidden, NotFound
from orchestrator.people.roles import Permission
from orchestrator.process import resources
from orchestrator.store.tables import DecisionRequirements, FormDefinition, ProcessDefinition
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/resources", tags=["deployments"])


class ResourceView(Model):
    resource_key: Key
    resource_id: str
    """Of the process, the DMN file or the form."""
    resource_name: str
    version: int
    version_tag: str | None
    deployment_key: Key
    tenant_id: str


class ResourceFilter(Filter):
    resource_key: Match[Key] | None = None
    resource_id: Match[str] | None = None
    resource_name: Match[str] | None = None
    version: Match[int] | None = None
    version_tag: Match[str] | None = None
    deployment_key: Match[Key] | None = None
    tenant_id: Match[str] | None = None


class ResourceDeletion(Model):
    operation_reference: int | None = None
    delete_history: bool = False


class ResourceDeleted(Model):
    resource_key: Key
    batch_operation: BatchCreated | None = None


class Content(Response):
    media_type = "application/octet-stream"


def _of(
    table: type[ProcessDefinition | DecisionRequirements | FormDefinition],
    resource_id: SQLColumnExpression[str],
    version_tag: SQLColumnExpression[Any],
) -> Select[Any]:
    columns: dict[str, SQLColumnExpression[Any]] = {
        "resourceKey": col(table.key),
        "resourceId": resource_id,
        "resourceName": col(table.resource_name),
        "version": col(table.version),
        "versionTag": version_tag,
        "deploymentKey": col(table.deployment_key),
        "tenantId": col(table.tenant_id),
    }
    labelled: list[Any] = [column.label(name) for name, column in columns.items()]
    return select(*labelled).where(col(table.deleted_at).is_(None))


_NO_TAG = cast(null(), String)
_RESOURCES = union_all(
    _of(ProcessDefinition, col(ProcessDefinition.process_id), col(ProcessDefinition.version_tag)),
    _of(DecisionRequirements, col(DecisionRequirements.requirements_id), _NO_TAG),
    _of(FormDefinition, col(FormDefinition.form_id), _NO_TAG),
).subquery("resource")
COLUMNS = dict(_RESOURCES.c.items())


@router.post("/search")
def search_resources(body: Search[ResourceFilter], caller: Anyone) -> Found[ResourceView]:
    with caller.searching() as unit:
        return _found(unit, body)


@router.get("/{key}")
def get_resource(key: Key, caller: Anyone) -> ResourceView:
    wanted = Search[ResourceFilter](filter=ResourceFilter(resource_key=key))
    with caller.begin() as unit:
        found = _found(unit, wanted).items
    if not found:
        raise NotFound(f"There is no resource {key}.", code="resource.not_found")
    return found[0]


@router.get("/{key}/content/binary", response_class=Content)
def get_resource_content_binary(key: Key, caller: Anyone) -> Content:
    """The file; a form as JSON."""
    with caller.begin() as unit:
        row = resources.get(unit, key)
        if isinstance(row, FormDefinition):
            return Content(json.dumps(row.form_schema, ensure_ascii=False).encode())
        return Content(row.xml)


@router.post("/{key}/deletion")
def delete_resource(
    key: Key, caller: ResourceDeleter, body: ResourceDeletion | None = None
) -> ResourceDeleted:
    """No instance starts of it any more; those that run go on to their end. The version before it
    is the newest again. With `deleteHistory` its instances are deleted as soon as they have ended;
    what a DMN file decided, by a batch operation."""

    def delete(unit: Unit) -> ResourceDeleted:
        row = resources.delete(unit, key)
        batch = None
        if body and body.delete_history:
            _check_may_delete_history(caller, row)
            batch = resources.delete_history(unit, row)
        return ResourceDeleted(resource_key=key, batch_operation=batch and batch_created(batch))

    return caller.command(delete)


def _check_may_delete_history(caller: Person, row: resources.Resource) -> None:
    """Who may delete a resource may not thereby delete what it ran."""
    needed = {
        ProcessDefinition: Permission.DELETE_INSTANCES,
        DecisionRequirements: Permission.DELETE_DECISIONS,
    }.get(type(row))
    if needed and not caller.standing.may(needed):
        raise Forbidden(f"your roles do not allow this ({needed.value})")


def _found(unit: Unit, body: Search[ResourceFilter]) -> Found[ResourceView]:
    view = func.jsonb_build_object(*(part for named in COLUMNS.items() for part in named))
    query = select_rows(view).where(unit.within(COLUMNS["tenantId"]))
    rows, total = find(unit, query, body, COLUMNS, COLUMNS["resourceKey"].desc())
    return page_of([ResourceView.model_validate(row) for row in rows], total, body)
