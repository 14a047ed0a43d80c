"""Element instances and variables."""

import re
from collections.abc import Sequence
from typing import Literal

from fastapi import APIRouter
from sqlalchemy import String, cast
from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, Json, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.security import Anyone
from orchestrator.process import definitions
from orchestrator.store.tables import (
    ElementInstance,
    Incident,
    ProcessDefinition,
    ProcessInstance,
    Variable,
)
from orchestrator.store.unit import Unit

router = APIRouter(prefix="/v2", tags=["process instances"])


class ElementView(Model):
    element_instance_key: Key
    process_instance_key: Key
    element_id: str
    element_name: str | None
    type: str
    state: Literal["ACTIVE", "COMPLETED", "TERMINATED"]
    has_incident: bool
    start_date: Instant
    end_date: Instant | None


class ElementFilter(Filter):
    element_instance_key: Match[Key] | None = None
    process_instance_key: Match[Key] | None = None
    element_id: Match[str] | None = None
    state: Match[str] | None = None


class VariableView(Model):
    variable_key: str
    name: str
    value: Json
    scope_key: Key
    process_instance_key: Key


class VariableFilter(Filter):
    process_instance_key: Match[Key] | None = None
    scope_key: Match[Key] | None = None
    name: Match[str] | None = None


ELEMENT_COLUMNS = {
    "elementInstanceKey": col(ElementInstance.key),
    "processInstanceKey": col(ElementInstance.instance_key),
    "elementId": col(ElementInstance.element_id),
    "state": col(ElementInstance.state),
    "startDate": col(ElementInstance.started_at),
    "endDate": col(ElementInstance.ended_at),
}
VARIABLE_COLUMNS = {
    "processInstanceKey": col(Variable.instance_key),
    "scopeKey": col(Variable.scope_key),
    "name": col(Variable.name),
}
_COMPLETE_ORDER = cast(col(Variable.scope_key), String).concat(col(Variable.name))


@router.post("/element-instances/search")
def search_element_instances(body: Search[ElementFilter], caller: Anyone) -> Found[ElementView]:
    with caller.begin() as unit:
        query = select(ElementInstance).where(ElementInstance.tenant_id == unit.tenant_id)
        rows, total = find(unit, query, body, ELEMENT_COLUMNS, col(ElementInstance.key))
        return page_of(_views(unit, rows), total)


@router.post("/variables/search")
def search_variables(body: Search[VariableFilter], caller: Anyone) -> Found[VariableView]:
    with caller.begin() as unit:
        query = select(Variable).where(Variable.tenant_id == unit.tenant_id)
        rows, total = find(unit, query, body, VARIABLE_COLUMNS, _COMPLETE_ORDER)
        return page_of([_variable(row) for row in rows], total)


def _variable(row: Variable) -> VariableView:
    return VariableView(
        variable_key=f"{row.scope_key}-{row.name}",
        name=row.name,
        value=row.value["v"],
        scope_key=row.scope_key,
        process_instance_key=row.instance_key,
    )


def _views(unit: Unit, rows: Sequence[ElementInstance]) -> list[ElementView]:
    keys = [row.key for row in rows]
    query = select(Incident.element_key).where(
        col(Incident.element_key).in_(keys), Incident.state == "ACTIVE"
    )
    failed = set(unit.session.exec(query))
    names = _names(unit, {row.instance_key for row in rows})
    return [
        ElementView(
            element_instance_key=row.key,
            process_instance_key=row.instance_key,
            element_id=row.element_id,
            element_name=names.get((row.instance_key, row.element_id)),
            type=re.sub(r"(?<=[a-z])(?=[A-Z])", "_", row.element_type).upper(),
            state=row.state,
            has_incident=row.key in failed,
            start_date=row.started_at,
            end_date=row.ended_at,
        )
        for row in rows
    ]


def _names(unit: Unit, instance_keys: set[int]) -> dict[tuple[int, str], str | None]:
    """Names are in the model, which is parsed once per version."""
    query = (
        select(ProcessInstance.key, ProcessDefinition)
        .join(ProcessDefinition, col(ProcessDefinition.key) == ProcessInstance.definition_key)
        .where(col(ProcessInstance.key).in_(instance_keys))
    )
    return {
        (instance_key, element.id): element.name or None
        for instance_key, definition in unit.session.exec(query)
        for element in definitions.executable(definition).elements.values()
    }
