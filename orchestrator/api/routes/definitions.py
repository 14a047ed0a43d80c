"""Deployed processes and forms."""

import json
import re
from typing import Annotated, Literal

from fastapi import APIRouter
from pydantic import BeforeValidator, Field
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, Key, Model, Xml
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.security import Anyone
from orchestrator.kernel.errors import NotFound
from orchestrator.process import definitions
from orchestrator.store.tables import FormDefinition, ProcessDefinition
from orchestrator.store.unit import Unit

router = APIRouter(prefix="/v2", tags=["definitions"])


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
    has_start_form: bool = False
    state: Literal["ACTIVE"] = "ACTIVE"
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
)
COLUMNS = {
    "processDefinitionKey": col(ProcessDefinition.key),
    "processDefinitionId": col(ProcessDefinition.process_id),
    "processDefinitionVersion": col(ProcessDefinition.version),
    "version": col(ProcessDefinition.version),
    "versionTag": col(ProcessDefinition.version_tag),
    "resourceName": col(ProcessDefinition.resource_name),
    "tenantId": col(ProcessDefinition.tenant_id),
    "isLatestVersion": ~_NEWER.exists(),
    "name": col(ProcessDefinition.name),
    "deployedAt": col(ProcessDefinition.deployed_at),
}


@router.post("/process-definitions/search")
def search_process_definitions(
    body: Search[ProcessDefinitionFilter], caller: Anyone
) -> Found[ProcessDefinitionView]:
    with caller.begin() as unit:
        query = select(ProcessDefinition).where(ProcessDefinition.tenant_id == unit.tenant_id)
        rows, total = find(unit, query, body, COLUMNS, col(ProcessDefinition.key).desc())
        return page_of([ProcessDefinitionView.model_validate(row) for row in rows], total, body)


@router.get("/process-definitions/{key}")
def get_process_definition(key: Key, caller: Anyone) -> ProcessDefinitionView:
    with caller.begin() as unit:
        return ProcessDefinitionView.model_validate(definitions.by_key(unit, key))


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


def _form_by_key(unit: Unit, text: str) -> FormDefinition | None:
    if not re.fullmatch("[0-9]{1,18}", text):
        return None
    found = unit.session.get(FormDefinition, int(text))
    return found if found and found.tenant_id == unit.tenant_id else None


def newest_form(unit: Unit, form_id: str) -> FormDefinition | None:
    return definitions.last(unit, FormDefinition, form_id=form_id)
