"""Variables as the Camunda 8 API shows them: each value as JSON in a string."""

import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query
from sqlalchemy import (
    BindParameter,
    ColumnElement,
    SQLColumnExpression,
    String,
    TypeDecorator,
    and_,
    cast,
    func,
    true,
    type_coerce,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlmodel import col, select

from orchestrator.api.model import Filter, Key, Model
from orchestrator.api.search import Match, conditions
from orchestrator.process import instances
from orchestrator.store.tables import Variable
from orchestrator.store.unit import Unit

LONGEST = 8191
"""Characters of a value that a search gives before it cuts it off."""


class VariableResult(Model):
    variable_key: Key
    name: str
    value: str
    """JSON."""
    tenant_id: str
    scope_key: Key
    process_instance_key: Key
    root_process_instance_key: Key


class VariableSearchResult(VariableResult):
    is_truncated: bool
    """The value is cut off, and is no JSON then."""


class JsonText(TypeDecorator[str]):
    """A JSON column that is compared with JSON in a string."""

    impl, cache_ok = String, True

    def bind_expression(self, bindparam: BindParameter[str]) -> ColumnElement[Any]:
        return cast(bindparam, JSONB)


TruncateValues = Annotated[bool, Query(alias="truncateValues")]
"""Cut long values off."""


class VariableFilter(Filter):
    variable_key: Match[Key] | None = None
    process_instance_key: Match[Key] | None = None
    scope_key: Match[Key] | None = None
    name: Match[str] | None = None
    value: Match[str] | None = None
    is_truncated: bool | None = None
    tenant_id: Match[str] | None = None


class VariableMatch(Model):
    """A variable that must be there with such a value."""

    name: str
    value: Match[str]


COLUMNS = {
    "variableKey": col(Variable.key),
    "processInstanceKey": col(Variable.instance_key),
    "scopeKey": col(Variable.scope_key),
    "name": col(Variable.name),
    "value": type_coerce(col(Variable.value)["v"], JsonText),
    "isTruncated": func.length(cast(col(Variable.value)["v"], String)) > LONGEST,
    "tenantId": col(Variable.tenant_id),
}


def with_variables(
    scope: SQLColumnExpression[Any], wanted: Sequence[VariableMatch], known: ColumnElement[bool]
) -> ColumnElement[bool]:
    """Whether the scope of that key has all of them, and they are `known` to who asks."""
    return and_(true(), *[_has(scope, one, known) for one in wanted])


def _has(
    scope: SQLColumnExpression[Any], wanted: VariableMatch, known: ColumnElement[bool]
) -> ColumnElement[bool]:
    asked = conditions(VariableFilter(name=wanted.name, value=wanted.value), COLUMNS)
    return select(Variable.key).where(col(Variable.scope_key) == scope, known, *asked).exists()


def whole(unit: Unit, row: Variable) -> VariableResult:
    """With its value to the last character."""
    return VariableResult.model_validate(_fields(row, _roots(unit, [row])))


def listed(unit: Unit, rows: Sequence[Variable], *, truncate: bool) -> list[VariableSearchResult]:
    roots = _roots(unit, rows)
    return [_listed(_fields(row, roots), truncate=truncate) for row in rows]


def _listed(fields: dict[str, Any], *, truncate: bool) -> VariableSearchResult:
    text = fields["value"]
    cut = truncate and len(text) > LONGEST
    shown = fields | {"value": text[:LONGEST] if cut else text, "is_truncated": cut}
    return VariableSearchResult.model_validate(shown)


def _fields(row: Variable, roots: dict[int, int]) -> dict[str, Any]:
    return {
        "variable_key": row.key,
        "name": row.name,
        "value": json.dumps(row.value["v"], ensure_ascii=False, separators=(",", ":")),
        "tenant_id": row.tenant_id,
        "scope_key": row.scope_key,
        "process_instance_key": row.instance_key,
        "root_process_instance_key": roots[row.instance_key],
    }


def _roots(unit: Unit, rows: Sequence[Variable]) -> dict[int, int]:
    owners = instances.by_keys(unit, {row.instance_key for row in rows})
    return instances.roots(unit, owners.values())
