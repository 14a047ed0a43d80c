"""The variables that a user task sees."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement
from sqlmodel import col, select

from orchestrator.api import sealing
from orchestrator.api.model import Filter, Key
from orchestrator.api.routes.variable_views import (
    COLUMNS,
    TruncateValues,
    VariableSearchResult,
    listed,
)
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, Person
from orchestrator.people import tasks
from orchestrator.store import sql
from orchestrator.store.tables import Variable
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/user-tasks", tags=["user tasks"])


class TaskVariableFilter(Filter):
    name: Match[str] | None = None


@router.post("/{key}/variables/search")
def search_user_task_variables(
    key: Key,
    body: Search[TaskVariableFilter],
    caller: Anyone,
    truncate_values: TruncateValues = True,
) -> Found[VariableSearchResult]:
    """Those of every scope around the task; a name may come more than once."""
    with caller.searching() as unit:
        seen = col(Variable.scope_key).in_(_scopes(unit, caller, key))
        return _found(unit, body, seen, truncate=truncate_values)


@router.post("/{key}/effective-variables/search")
def search_user_task_effective_variables(
    key: Key,
    body: Search[TaskVariableFilter],
    caller: Anyone,
    truncate_values: TruncateValues = True,
) -> Found[VariableSearchResult]:
    """Each name once: inner scopes hide outer ones."""
    with caller.searching() as unit:
        seen = col(Variable.key).in_(_effective(unit, _scopes(unit, caller, key)))
        return _found(unit, body, seen, truncate=truncate_values)


def _found(
    unit: Unit,
    body: Search[TaskVariableFilter],
    seen: ColumnElement[bool],
    *,
    truncate: bool,
) -> Found[VariableSearchResult]:
    query = select(Variable).where(unit.within(col(Variable.tenant_id)), seen)
    rows, total = find(unit, query, body, COLUMNS, col(Variable.key))
    return page_of(listed(unit, rows, truncate=truncate), total, body)


def _scopes(unit: Unit, caller: Person, key: int) -> list[int]:
    """Innermost first; none of a task that no process opened, or whose data is sealed."""
    task = tasks.get(unit, key)
    if not sealing.shows(unit, caller, task):
        return []
    return [row.key for row in sql.execute(unit, "scopes_around", key=task.element_key)]


def _effective(unit: Unit, scopes: list[int]) -> Iterable[int]:
    query = select(Variable.scope_key, Variable.name, Variable.key).where(
        col(Variable.scope_key).in_(scopes)
    )
    by_name: dict[str, int] = {}
    for _, name, key in sorted(unit.session.exec(query), key=lambda row: scopes.index(row[0])):
        by_name.setdefault(name, key)
    return by_name.values()
