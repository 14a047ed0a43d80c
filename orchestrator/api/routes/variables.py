"""Variables of process instances and their elements."""

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from orchestrator.api.model import Filter, JsonObject, Key, Model
from orchestrator.api.routes.variable_views import (
    COLUMNS,
    TruncateValues,
    VariableFilter,
    VariableResult,
    VariableSearchResult,
    listed,
    whole,
)
from orchestrator.api.sealing import unsealed
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person, ProcessManager
from orchestrator.api.short_lists import in_memory
from orchestrator.kernel.errors import NotFound
from orchestrator.process import definitions, variables
from orchestrator.store.tables import ProcessInstance, Variable
from orchestrator.store.unit import Unit

router = Section(prefix="/v2", tags=["process instances"])


class VariableName(Model):
    name: str


class VariableNameFilter(Filter):
    name: Match[str] | None = None


class NewVariables(Model):
    variables: JsonObject
    local: bool = False
    """Set them at this element even where an outer scope knows them."""


@router.post("/variables/search")
def search_variables(
    body: Search[VariableFilter], caller: Anyone, truncate_values: TruncateValues = True
) -> Found[VariableSearchResult]:
    with caller.searching() as unit:
        query = select(Variable).where(unit.within(col(Variable.tenant_id)), _shown(unit, caller))
        rows, total = find(unit, query, body, COLUMNS, col(Variable.key))
        return page_of(listed(unit, rows, truncate=truncate_values), total, body)


@router.get("/variables/{key}")
def get_variable(key: Key, caller: Anyone) -> VariableResult:
    with caller.begin() as unit:
        query = select(Variable).where(
            unit.within(col(Variable.tenant_id)), Variable.key == key, _shown(unit, caller)
        )
        row = unit.session.exec(query).one_or_none()
        if row is None:
            raise NotFound(f"There is no variable {key}.")
        return whole(unit, row)


@router.post("/process-definitions/{key}/variable-names/search")
def search_process_definition_variable_names(
    key: Key, body: Search[VariableNameFilter], caller: Anyone
) -> Found[VariableName]:
    """The names that variables of its instances have, each once, in order."""
    with caller.searching() as unit:
        definitions.by_key(unit, key)
        query = (
            select(Variable.name)
            .join(ProcessInstance, col(ProcessInstance.key) == Variable.instance_key)
            .where(unit.within(col(ProcessInstance.tenant_id)))
            .where(ProcessInstance.definition_key == key)
            .distinct()
            .order_by(Variable.name)
        )
        return in_memory([VariableName(name=name) for name in unit.session.exec(query)], body)


@router.put("/element-instances/{key}/variables", status_code=204)
def create_element_instance_variables(key: Key, body: NewVariables, caller: ProcessManager) -> None:
    """Also of a process instance: its key is its own scope's."""
    with caller.begin() as unit:
        variables.set_at(unit, key, body.variables, local=body.local)


def _shown(unit: Unit, caller: Person) -> ColumnElement[bool]:
    return unsealed(caller, col(Variable.instance_key))
