"""The engine's state, read from rows only as far as a command asks for it."""

from collections.abc import Iterable, Mapping
from typing import Any

from sqlmodel import col, select

from orchestrator.bpmn import Live
from orchestrator.store.tables import ElementInstance, Variable
from orchestrator.store.unit import Unit

ACTIVE = "ACTIVE"


class RowLoader:
    """Implements `bpmn.Loader` over the rows of one instance, which the caller has locked."""

    def __init__(self, unit: Unit, instance_key: int) -> None:
        self._unit, self._instance_key = unit, instance_key

    def element(self, key: int) -> Live | None:
        row = self._unit.session.get(ElementInstance, key)
        if row is None or row.instance_key != self._instance_key or row.state != ACTIVE:
            return None
        return _live(row)

    def children(self, scope_key: int) -> Iterable[Live]:
        query = select(ElementInstance).where(
            ElementInstance.scope_key == scope_key, ElementInstance.state == ACTIVE
        )
        rows = self._unit.session.exec(query.order_by(col(ElementInstance.key)))
        return [_live(row) for row in rows]

    def variables(self, scope_key: int) -> Mapping[str, Any]:
        query = select(Variable.name, Variable.value).where(Variable.scope_key == scope_key)
        return {name: value["v"] for name, value in self._unit.session.exec(query)}


def _live(row: ElementInstance) -> Live:
    data = row.data or {}
    joins = {gateway: dict(flows) for gateway, flows in data.get("joins", {}).items()}
    return Live(
        row.key, row.element_id, row.scope_key, data.get("children", 0), joins, data.get("incident")
    )


def data_of(live: Live) -> dict[str, Any] | None:
    """What a row's `data` keeps; None when there is nothing to remember."""
    data = {"children": live.children, "joins": live.joins, "incident": live.incident}
    return {name: value for name, value in data.items() if value} or None
