"""Element instances."""

import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import Field
from sqlalchemy import case, func
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.sealing import sealed_of
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person
from orchestrator.bpmn.model import Element
from orchestrator.process import definitions, instances
from orchestrator.store import keyed
from orchestrator.store.tables import (
    ElementInstance,
    Incident,
    ProcessDefinition,
    ProcessInstance,
)
from orchestrator.store.unit import Unit

router = Section(prefix="/v2", tags=["process instances"])


class ExpressionWarning(Model):
    """What a FEEL expression could not tell, and read as null."""

    expression: str
    """Its text, or the id of a decision."""
    message: str


class ElementView(Model):
    tenant_id: str
    process_definition_id: str
    process_definition_key: Key
    root_process_instance_key: Key
    incident_key: Key | None
    element_instance_key: Key
    process_instance_key: Key
    element_id: str
    element_name: str | None
    type: str
    state: Literal["ACTIVE", "COMPLETED", "TERMINATED"]
    has_incident: bool
    start_date: Instant
    end_date: Instant | None
    warnings: list[ExpressionWarning]
    """None while the invoice waits for a second look that the caller could take."""


class ElementFilter(Filter):
    element_instance_key: Match[Key] | None = None
    process_instance_key: Match[Key] | None = None
    element_id: Match[str] | None = None
    start_date: Match[Instant] | None = None
    end_date: Match[Instant] | None = None
    tenant_id: Match[str] | None = None
    element_instance_scope_key: Match[Key] | None = None
    state: Match[str] | None = None
    type: Match[str] | None = None
    has_incident: bool | None = None
    incident_key: Match[Key] | None = None
    process_definition_id: Match[str] | None = None
    process_definition_key: Match[Key] | None = None
    either: Annotated[list["ElementFilter"], Field(max_length=100)] | None = Field(
        None, alias="$or"
    )


TYPES = {"transaction": "SUB_PROCESS", "complexGateway": "UNKNOWN"}
"""What Camunda's API has no word for."""
_WORDS = "([a-z])([A-Z])"
_OPEN = select(Incident.key).where(
    Incident.element_key == ElementInstance.key, Incident.state == "ACTIVE"
)
ELEMENT_COLUMNS = {
    "elementInstanceKey": col(ElementInstance.key),
    "processInstanceKey": col(ElementInstance.instance_key),
    "elementId": col(ElementInstance.element_id),
    "state": col(ElementInstance.state),
    "startDate": col(ElementInstance.started_at),
    "endDate": col(ElementInstance.ended_at),
    "tenantId": col(ElementInstance.tenant_id),
    "elementInstanceScopeKey": col(ElementInstance.scope_key),
    "type": case(
        TYPES,
        value=col(ElementInstance.element_type),
        else_=func.upper(
            func.regexp_replace(col(ElementInstance.element_type), _WORDS, r"\1_\2", "g")
        ),
    ),
    "hasIncident": _OPEN.exists(),
    "incidentKey": _OPEN.scalar_subquery(),
    "processDefinitionId": col(ProcessInstance.process_id),
    "processDefinitionKey": col(ProcessInstance.definition_key),
}


@router.post("/element-instances/search")
def search_element_instances(body: Search[ElementFilter], caller: Anyone) -> Found[ElementView]:
    with caller.searching() as unit:
        query = (
            select(ElementInstance)
            .join(ProcessInstance, col(ProcessInstance.key) == ElementInstance.instance_key)
            .where(unit.within(col(ElementInstance.tenant_id)))
        )
        rows, total = find(unit, query, body, ELEMENT_COLUMNS, col(ElementInstance.key))
        return page_of(_views(unit, caller, rows), total, body)


@router.get("/element-instances/{key}")
def get_element_instance(key: Key, caller: Anyone) -> ElementView:
    with caller.begin() as unit:
        row = keyed.get(unit, ElementInstance, key, f"There is no element instance {key}.")
        return _views(unit, caller, [row])[0]


def _views(unit: Unit, caller: Person, rows: Sequence[ElementInstance]) -> list[ElementView]:
    keys = [row.key for row in rows]
    query = select(Incident.element_key, Incident.key).where(
        col(Incident.element_key).in_(keys), Incident.state == "ACTIVE"
    )
    failed = dict(unit.session.exec(query).all())
    owners = _owners(unit, {row.instance_key for row in rows})
    sealed = sealed_of(unit, caller, owners.keys())
    roots = instances.roots(unit, [owner for owner, _ in owners.values()])
    views = []
    for row in rows:
        owner, elements = owners[row.instance_key]
        element = elements.get(row.element_id)
        views.append(
            ElementView(
                tenant_id=row.tenant_id,
                process_definition_id=owner.process_id,
                process_definition_key=owner.definition_key,
                root_process_instance_key=roots[owner.key],
                incident_key=failed.get(row.key),
                element_instance_key=row.key,
                process_instance_key=row.instance_key,
                element_id=row.element_id,
                element_name=element.name or None if element else None,
                type=_type(row.element_type),
                state=row.state,
                has_incident=row.key in failed,
                start_date=row.started_at,
                end_date=row.ended_at,
                warnings=[] if row.instance_key in sealed else row.warnings or [],
            )
        )
    return views


def _type(element_type: str) -> str:
    return TYPES.get(element_type) or re.sub(_WORDS, r"\1_\2", element_type).upper()


def _owners(
    unit: Unit, instance_keys: set[int]
) -> dict[int, tuple[ProcessInstance, Mapping[str, Element]]]:
    """Each instance and the elements of its model, which is parsed once per version."""
    query = (
        select(ProcessInstance, ProcessDefinition)
        .join(ProcessDefinition, col(ProcessDefinition.key) == ProcessInstance.definition_key)
        .where(col(ProcessInstance.key).in_(instance_keys))
    )
    return {
        instance.key: (instance, definitions.executable(definition).elements)
        for instance, definition in unit.session.exec(query)
    }
