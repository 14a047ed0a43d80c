"""Events to rows: what happened inside the engine becomes elements, variables and outputs, in the
transaction of the command; then what it calls for, waits for and sends."""

from collections.abc import Sequence
from typing import Any

from psycopg.types.json import Json

from orchestrator.bpmn import State
from orchestrator.bpmn import events as e
from orchestrator.process import decision_record, effects, sending, states, waits
from orchestrator.process.loading import data_of
from orchestrator.store import sql
from orchestrator.store.tables import ProcessInstance
from orchestrator.store.unit import Unit


def persist(unit: Unit, instance: ProcessInstance, events: Sequence[e.Event], state: State) -> None:
    """Write `events`, whose outcome is `state`. Raises Conflict (work_item.duplicate_reference)
    when the reference of a work item is taken."""
    states.persist(unit, instance, events)
    ended = {
        x.key: "COMPLETED" if isinstance(x, e.Completed) else "TERMINATED"
        for x in events
        if isinstance(x, e.Completed | e.Terminated)
    }
    writer = _Writer(unit, instance.key, state, ended)
    begun = [x for x in events if isinstance(x, e.Activated)]
    writer.begin(begun)
    writer.change(state.changed - {x.key for x in begun})
    writer.variables(events)
    writer.outputs(events)
    writer.warnings(events)
    effects.persist(unit, instance, events, state, ended)
    waits.persist(unit, instance, events, ended)
    sending.persist(unit, instance, events, ended)
    decision_record.persist(unit, instance, events)


class _Writer:
    """Any number of rows of a kind in one statement."""

    def __init__(self, unit: Unit, instance_key: int, state: State, ended: dict[int, str]) -> None:
        self._unit, self._instance_key, self._state = unit, instance_key, state
        self._ended = ended

    def begin(self, begun: Sequence[e.Activated]) -> None:
        """Insert what began, with its state at the end of the command."""
        rows = [
            {
                "key": x.key,
                "scope_key": x.scope_key,
                "element_id": x.element_id,
                "element_type": x.element_kind,
                "state": self._ended.get(x.key, "ACTIVE"),
                "data": self._data(x.key),
            }
            for x in begun
        ]
        self._write("elements_begin", rows, instance_key=self._instance_key)

    def change(self, keys: set[int]) -> None:
        """Update what was there before."""
        rows = [
            {"key": key, "state": self._ended.get(key, "ACTIVE"), "data": self._data(key)}
            for key in keys
        ]
        ended = [key for key in keys if key in self._ended]
        named = {"keys": list(keys), "ended": ended, "instance_key": self._instance_key}
        self._write("elements_change", rows, **named)

    def variables(self, events: Sequence[e.Event]) -> None:
        """The last value of each; local ones of ended elements are not kept."""
        last = {
            (x.scope_key, x.name): x.value
            for x in events
            if isinstance(x, e.VariableSet) and self._is_kept(x.scope_key)
        }
        rows = [
            {"scope_key": scope, "name": name, "key": self._unit.keys.next(), "value": {"v": value}}
            for (scope, name), value in last.items()
        ]
        self._write("variables_set", rows, instance_key=self._instance_key)

    def outputs(self, events: Sequence[e.Event]) -> None:
        """Of the multi-instance activities that are still at work."""
        rows = [
            {"body_key": x.key, "index": x.index, "value": {"v": x.value}}
            for x in events
            if isinstance(x, e.OutputCollected) and x.key not in self._ended
        ]
        self._write("outputs_collect", rows)

    def warnings(self, events: Sequence[e.Event]) -> None:
        """What expressions could not tell, at their elements, each once."""
        told: dict[int, dict[tuple[str, str], None]] = {}
        for x in events:
            if isinstance(x, e.Warned):
                told.setdefault(x.key, {}).update({(x.expression, m): None for m in x.messages})
        rows = [
            {"key": key, "warnings": [{"expression": x, "message": m} for x, m in warnings]}
            for key, warnings in told.items()
        ]
        self._write("elements_warn", rows, keys=list(told))

    def _is_kept(self, scope_key: int) -> bool:
        return scope_key == self._instance_key or scope_key not in self._ended

    def _data(self, key: int) -> dict[str, Any] | None:
        live = self._state.get(key)
        return data_of(live) if live else None

    def _write(self, statement: str, rows: list[dict[str, Any]], **parameters: Any) -> None:
        if rows:
            sql.execute(self._unit, statement, rows=Json(rows), **parameters)
