"""Variables of process instances and their elements."""

from fastapi import APIRouter
from sqlalchemy import String, cast
from sqlmodel import col, select

from orchestrator.api.model import Filter, Json, JsonObject, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.security import Anyone, ProcessManager
from orchestrator.kernel.errors import NotFound
from orchestrator.process import variables
from orchestrator.store.tables import Variable

router = APIRouter(prefix="/v2", tags=["process instances"])


class VariableView(Model):
    variable_key: str
    name: str
    value: Json
    is_truncated: bool = False
    tenant_id: str
    scope_key: Key
    process_instance_key: Key
    root_process_instance_key: Key | None = None


class VariableFilter(Filter):
    process_instance_key: Match[Key] | None = None
    scope_key: Match[Key] | None = None
    name: Match[str] | None = None
    tenant_id: Match[str] | None = None


class NewVariables(Model):
    variables: JsonObject
    local: bool = False
    """Set them at this element even where an outer scope knows them."""


COLUMNS = {
    "processInstanceKey": col(Variable.instance_key),
    "scopeKey": col(Variable.scope_key),
    "name": col(Variable.name),
    "tenantId": col(Variable.tenant_id),
}
_COMPLETE_ORDER = cast(col(Variable.scope_key), String).concat(col(Variable.name))


@router.post("/variables/search")
def search_variables(body: Search[VariableFilter], caller: Anyone) -> Found[VariableView]:
    with caller.begin() as unit:
        query = select(Variable).where(Variable.tenant_id == unit.tenant_id)
        rows, total = find(unit, query, body, COLUMNS, _COMPLETE_ORDER)
        return page_of([_view(row) for row in rows], total, body)


@router.get("/variables/{variable_key}")
def get_variable(variable_key: str, caller: Anyone) -> VariableView:
    scope, _, name = variable_key.partition("-")
    with caller.begin() as unit:
        query = select(Variable).where(
            Variable.tenant_id == unit.tenant_id,
            cast(col(Variable.scope_key), String) == scope,
            Variable.name == name,
        )
        row = unit.session.exec(query).one_or_none()
        if row is None:
            raise NotFound(f"There is no variable {variable_key}.")
        return _view(row)


@router.put("/element-instances/{key}/variables", status_code=204)
def create_element_instance_variables(key: Key, body: NewVariables, caller: ProcessManager) -> None:
    """Also of a process instance: its key is its own scope's."""
    with caller.begin() as unit:
        variables.set_at(unit, key, body.variables, local=body.local)


def _view(row: Variable) -> VariableView:
    return VariableView(
        variable_key=f"{row.scope_key}-{row.name}",
        name=row.name,
        value=row.value["v"],
        tenant_id=row.tenant_id,
        scope_key=row.scope_key,
        process_instance_key=row.instance_key,
    )
