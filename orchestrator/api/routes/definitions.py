"""Deployed processes and forms."""

import json
import re
from collections.abc import Sequence
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field
from sqlalchemy import SQLColumnExpression, and_, case
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, Key, Model, Xml
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.kernel.errors import NotFound
from orchestrator.process import definitions
from orchestrator.store.tables import FormDefinition, ProcessDefinition, ProcessInstance
from orchestrator.store.unit import Unit

router = Section(prefix="/v2", tags=["definitions"])


class ProcessDefinitionView(Model):
    process_definition_key: Key = Field(validation_alias="key")
    process_definition_id: str = Field(validation_alias="process_id")
    process_definition_version: int = Field(validation_alias="version")
    version: int
    """The same, under the name that Camunda's clients read."""
    version_tag: str | None
    name: str | None
    resource_name: str
    tenant_id: str
    has_start_form: bool
    state: Literal["ACTIVE", "DRAINING", "DELETED"]
    """DRAINING: deleted, while instances of it still run."""
    deployed_at: Instant


class ProcessDefinitionFilter(Filter):
    process_definition_key: Match[Key] | None = None
    process_definition_id: Match[str] | None = None
    process_definition_version: Match[int] | None = None
    version: Match[int] | None = None
    version_tag: Match[str] | None = None
    resource_name: Match[str] | None = None
    tenant_id: Match[str] | None = None
    is_latest_version: bool | None = None
    name: Match[str] | None = None
    state: Match[str] | None = None
    has_start_form: bool | None = None


class FormView(Model):
    form_id: str
    form_key: Key = Field(validation_alias="key")
    version: int
    tenant_id: str
    form_schema: Annotated[str, BeforeValidator(json.dumps)] = Field(serialization_alias="schema")
    """JSON."""


_OTHER = aliased(ProcessDefinition)
_NEWER = select(_OTHER.key).where(
    _OTHER.tenant_id == ProcessDefinition.tenant_id,
    _OTHER.process_id == ProcessDefinition.process_id,
    col(_OTHER.version) > col(ProcessDefinition.version),
    col(_OTHER.deleted_at).is_(None),
)
_DELETED = col(ProcessDefinition.deleted_at).is_not(None)
_RUNNING = select(ProcessInstance.key).where(
    ProcessInstance.tenant_id == ProcessDefinition.tenant_id,
    ProcessInstance.definition_key == ProcessDefinition.key,
    col(ProcessInstance.ended_at).is_(None),
)
COLUMNS: dict[str, SQLColumnExpression[Any]] = {
    "processDefinitionKey": col(ProcessDefinition.key),
    "processDefinitionId": col(ProcessDefinition.process_id),
    "processDefinitionVersion": col(ProcessDefinition.version),
    "version": col(ProcessDefinition.version),
    "versionTag": col(ProcessDefinition.version_tag),
    "resourceName": col(ProcessDefinition.resource_name),
    "tenantId": col(ProcessDefinition.tenant_id),
    "isLatestVersion": and_(~_DELETED, ~_NEWER.exists()),
    "name": col(ProcessDefinition.name),
    "hasStartForm": col(ProcessDefinition.start_form).is_not(None),
    "deployedAt": col(ProcessDefinition.deployed_at),
    "state": case((~_DELETED, "ACTIVE"), (_RUNNING.exists(), "DRAINING"), else_="DELETED"),
}


@router.post("/process-definitions/search")
def search_process_definitions(
    body: Search[ProcessDefinitionFilter], caller: Anyone
) -> Found[ProcessDefinitionView]:
    with caller.searching() as unit:
        query = select(ProcessDefinition).where(unit.within(col(ProcessDefinition.tenant_id)))
        rows, total = find(unit, query, body, COLUMNS, col(ProcessDefinition.key).desc())
        return page_of(_views(unit, rows), total, body)


@router.get("/process-definitions/{key}")
def get_process_definition(key: Key, caller: Anyone) -> ProcessDefinitionView:
    with caller.begin() as unit:
        (view,) = _views(unit, [definitions.by_key(unit, key)])
        return view


@router.get("/process-definitions/{key}/xml", response_class=Xml)
def get_process_definition_xml(key: Key, caller: Anyone) -> Xml:
    """The BPMN resource as it was deployed."""
    with caller.begin() as unit:
        return Xml(definitions.by_key(unit, key).xml)


@router.get(
    "/process-definitions/{key}/form", responses={204: {"description": "It has no start form."}}
)
def get_start_process_form(key: Key, caller: Anyone) -> FormView | None:
    """What a person fills in who starts the process: the newest version of the form."""
    with caller.begin() as unit:
        form_id = definitions.executable(definitions.by_key(unit, key)).start_form
        found = newest_form(unit, form_id) if form_id else None
        if form_id and found is None:
            raise NotFound(f"The form '{form_id}' is not deployed.")
        return FormView.model_validate(found) if found else None


@router.get("/forms/{form}")
def get_form(form: str, caller: Anyone) -> FormView:
    """By key, or the newest version of an id."""
    with caller.begin() as unit:
        found = _form_by_key(unit, form) or newest_form(unit, form)
        if found is None:
            raise NotFound(f"There is no form '{form}'.")
        return FormView.model_validate(found)


def _views(unit: Unit, rows: Sequence[ProcessDefinition]) -> list[ProcessDefinitionView]:
    key, state = col(ProcessDefinition.key), COLUMNS["state"]
    query = select(key, state).where(key.in_([row.key for row in rows]))
    states = dict(unit.session.exec(query).all())
    return [
        ProcessDefinitionView.model_validate(
            {
                **row.model_dump(),
                "state": states[row.key],
                "has_start_form": row.start_form is not None,
            }
        )
        for row in rows
    ]


def _form_by_key(unit: Unit, text: str) -> FormDefinition | None:
    if not re.fullmatch("[0-9]{1,18}", text):
        return None
    found = unit.session.get(FormDefinition, int(text))
    ours = found and found.tenant_id == unit.tenant_id and found.deleted_at is None
    return found if ours else None


def newest_form(unit: Unit, form_id: str) -> FormDefinition | None:
    return definitions.last(unit, FormDefinition, form_id=form_id)
