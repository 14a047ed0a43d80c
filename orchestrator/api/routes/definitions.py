"""Deployed processes and forms."""

from fastapi import APIRouter, Response
from pydantic import Field
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, JsonObject, Key, Model
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
    name: str | None
    resource_name: str
    deployed_at: Instant


class ProcessDefinitionFilter(Filter):
    process_definition_key: Match[Key] | None = None
    process_definition_id: Match[str] | None = None
    process_definition_version: Match[int] | None = None
    name: Match[str] | None = None


class FormView(Model):
    form_id: str
    form_key: Key = Field(validation_alias="key")
    version: int
    form_schema: JsonObject = Field(serialization_alias="schema")


COLUMNS = {
    "processDefinitionKey": col(ProcessDefinition.key),
    "processDefinitionId": col(ProcessDefinition.process_id),
    "processDefinitionVersion": col(ProcessDefinition.version),
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
        return page_of([ProcessDefinitionView.model_validate(row) for row in rows], total)


@router.get(
    "/process-definitions/{key}/xml",
    response_class=Response,
    responses={200: {"content": {"text/xml": {"schema": {"type": "string"}}}}},
)
def get_process_definition_xml(key: Key, caller: Anyone) -> Response:
    """The BPMN resource as it was deployed."""
    with caller.begin() as unit:
        return Response(definitions.by_key(unit, key).xml, media_type="text/xml")


@router.get("/forms/{form_id}")
def get_form(form_id: str, caller: Anyone) -> FormView:
    """The newest version."""
    with caller.begin() as unit:
        form = newest_form(unit, form_id)
        if form is None:
            raise NotFound(f"There is no form '{form_id}'.")
        return FormView.model_validate(form)


def newest_form(unit: Unit, form_id: str) -> FormDefinition | None:
    query = select(FormDefinition).where(
        FormDefinition.tenant_id == unit.tenant_id, FormDefinition.form_id == form_id
    )
    return unit.session.exec(query.order_by(col(FormDefinition.version).desc())).first()
