"""The engine's state, read from rows only as far as a command asks for it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import select

from orchestrator.bpmn import Done, Live
from orchestrator.store.sql import execute
from orchestrator.store.tables import Compensable, LoopOutput
from orchestrator.store.unit import Unit


class RowLoader:
    """Implements `bpmn.Loader` over the rows of one instance, which the caller has locked.

    An element comes with the scopes around it and all their variables, in one query. Rows are
    read past the session's identity map, which the bulk writes of earlier commands left behind.
    """

    def __init__(self, unit: Unit, instance_key: int) -> None:
        self._unit, self._instance_key = unit, instance_key
        self._live: dict[int, Live] = {}
        self._variables: dict[int, Mapping[str, Any]] = {}

    def element(self, key: int) -> Live | None:
        if key not in self._live:
            self._load("element_chain", key)
        return self._live.get(key)

    def children(self, scope_key: int) -> Iterable[Live]:
        scope = self.element(scope_key)
        return self._load("element_children", scope_key) if scope and scope.children else ()

    def variables(self, scope_key: int) -> Mapping[str, Any]:
        """None for an element that was not loaded: it begins in this very command."""
        return self._variables.get(scope_key, {})

    def outputs(self, body_key: int) -> Mapping[int, Any]:
        query = select(LoopOutput).where(LoopOutput.body_key == body_key)
        return {row.index: row.value["v"] for row in self._unit.session.exec(query)}

    def compensable(self, scope_key: int) -> Iterable[Done]:
        query = select(Compensable).where(
            Compensable.instance_key == self._instance_key, Compensable.scope_key == scope_key
        )
        found = self._unit.session.exec(query)
        return [Done(row.key, row.element_id, row.variables) for row in found]

    def _load(self, statement: str, key: int) -> list[Live]:
        rows = execute(self._unit, statement, instance_key=self._instance_key, key=key).fetchall()
        for row in rows:
            self._live[row.key] = Live(row.key, row.element_id, row.scope_key, **(row.data or {}))
            self._variables[row.key] = row.variables or {}
        return [self._live[row.key] for row in rows]


def data_of(live: Live) -> dict[str, Any] | None:
    """What a row's `data` keeps; None when there is nothing to remember."""
    data = {
        "children": live.children,
        "joins": live.joins,
        "incident": live.incident,
        "data": live.data,
    }
    return {name: value for name, value in data.items() if value} or None
