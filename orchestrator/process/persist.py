"""Events to rows: what happened inside the engine becomes elements, variables, work, tasks and
incidents, what it waits for and what it sends, in the transaction of the command."""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, update
from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from orchestrator.bpmn import State
from orchestrator.bpmn import events as e
from orchestrator.people import tasks
from orchestrator.process import second_looks, sending, states, waits
from orchestrator.process.loading import data_of
from orchestrator.store import sql
from orchestrator.store.tables import (
    Compensable,
    ElementInstance,
    Incident,
    LoopOutput,
    ProcessInstance,
    Variable,
)
from orchestrator.store.unit import Unit
from orchestrator.work import items
from orchestrator.work.model import NewItem


def persist(unit: Unit, instance: ProcessInstance, events: Sequence[e.Event], state: State) -> None:
    """Write `events`, whose outcome is `state`. Raises Conflict (work_item.duplicate_reference)
    when the reference of a work item is taken."""
    states.persist(unit, instance, events)
    writer = _Writer(unit, instance, state, events)
    writer.elements()
    writer.variables()
    writer.outputs()
    for event in events:
        writer.effect(event)
    waits.persist(unit, instance, events, writer.ended)
    sending.persist(unit, instance, events, writer.ended)


class _Writer:
    def __init__(
        self, unit: Unit, instance: ProcessInstance, state: State, events: Sequence[e.Event]
    ) -> None:
        self._unit, self._instance, self._state, self._events = unit, instance, state, events
        self._ids = {x.key: x.element_id for x in events if isinstance(x, e.Activated)}
        self.ended = {
            x.key: "COMPLETED" if isinstance(x, e.Completed) else "TERMINATED"
            for x in events
            if isinstance(x, e.Completed | e.Terminated)
        }

    def elements(self) -> None:
        """Insert what began, with its state at the end of the command; update what changed."""
        begun = [self._row(x) for x in self._events if isinstance(x, e.Activated)]
        if begun:
            self._unit.session.connection().execute(insert(ElementInstance), begun)
        if changed := sorted(self._state.changed - self._ids.keys()):
            data = [self._data(key) for key in changed]
            sql.execute(
                self._unit,
                "elements_change",
                instance_key=self._instance.key,
                keys=changed,
                states=[self.ended.get(key, "ACTIVE") for key in changed],
                data=[json.dumps(d) if d else None for d in data],
            )

    def _row(self, event: e.Activated) -> dict[str, Any]:
        return {
            "key": event.key,
            "tenant_id": self._unit.tenant_id,
            "instance_key": self._instance.key,
            "scope_key": event.scope_key,
            "element_id": event.element_id,
            "element_type": event.element_kind,
            "state": self.ended.get(event.key, "ACTIVE"),
            "data": self._data(event.key),
            "started_at": self._unit.now,
            "ended_at": self._unit.now if event.key in self.ended else None,
        }

    def _data(self, key: int) -> dict[str, Any] | None:
        live = self._state.get(key)
        return data_of(live) if live else None

    def variables(self) -> None:
        """The last value of each; local ones of ended elements are not kept."""
        last = {
            (x.scope_key, x.name): x.value
            for x in self._events
            if isinstance(x, e.VariableSet) and self._is_kept(x.scope_key)
        }
        if not last:
            return
        rows = [
            {
                "scope_key": scope,
                "name": name,
                "key": self._unit.keys.next(),
                "tenant_id": self._unit.tenant_id,
                "instance_key": self._instance.key,
                "value": {"v": value},
            }
            for (scope, name), value in last.items()
        ]
        statement = insert(Variable).values(rows)
        self._unit.session.connection().execute(
            statement.on_conflict_do_update(
                index_elements=["scope_key", "name"], set_={"value": statement.excluded.value}
            )
        )

    def outputs(self) -> None:
        """Of the multi-instance activities that are still at work."""
        rows = [
            {
                "body_key": x.key,
                "index": x.index,
                "tenant_id": self._unit.tenant_id,
                "value": {"v": x.value},
            }
            for x in self._events
            if isinstance(x, e.OutputCollected) and x.key not in self.ended
        ]
        if rows:
            self._unit.session.connection().execute(insert(LoopOutput), rows)

    def _is_kept(self, scope_key: int) -> bool:
        return scope_key == self._instance.key or scope_key not in self.ended

    def effect(self, event: e.Event) -> None:
        match event:
            case e.Completed() | e.Terminated():
                self._end(event)
            case e.WorkCreated():
                if event.key not in self.ended and event.type != second_looks.TYPE:
                    self._work(event)
            case e.UserTaskCreated():
                if event.key not in self.ended:
                    self._task(event)
            case e.CompensationReady() if self._instance.key not in self.ended:
                self._compensable(event)
            case e.CompensableMigrated():
                moved = update(Compensable).where(col(Compensable.key) == event.key)
                self._unit.session.exec(moved.values(element_id=event.after))
            case e.CompensationBegun():
                gone = delete(Compensable).where(col(Compensable.key) == event.key)
                self._unit.session.exec(gone)
            case e.IncidentRaised():
                self._incident(event)
            case e.IncidentResolved():
                self._resolve(event.key)

    def _end(self, event: e.Completed | e.Terminated) -> None:
        if event.key in self._ids:  # began and ended within this command: it left nothing
            return
        if isinstance(event, e.Terminated):
            items.cancel_for_element(self._unit, event.key)
            tasks.cancel_for_element(self._unit, event.key)
            self._resolve(event.key)

    def _work(self, event: e.WorkCreated) -> None:
        items.enqueue(
            self._unit,
            NewItem(
                queue=event.type,
                payload=event.payload,
                headers=event.headers,
                reference=event.reference,
                max_attempts=max(event.retries, 1),
                instance_key=self._instance.key,
                element_key=event.key,
                element_id=self._element_id(event.key),
                held=self._instance.state == states.SUSPENDED,
            ),
        )

    def _task(self, event: e.UserTaskCreated) -> None:
        tasks.open(
            self._unit,
            tasks.NewTask(
                kind=tasks.TASK,
                name=event.name,
                form_id=event.form_id,
                assignee=event.assignee,
                candidate_groups=event.candidate_groups,
                priority=event.priority,
                due_at=datetime.fromisoformat(event.due_at) if event.due_at else None,
                instance_key=self._instance.key,
                element_key=event.key,
                element_id=self._element_id(event.key),
                separate_from=event.separate_from,
            ),
        )

    def _compensable(self, event: e.CompensationReady) -> None:
        self._unit.session.add(
            Compensable(
                key=event.key,
                tenant_id=self._unit.tenant_id,
                instance_key=self._instance.key,
                scope_key=event.scope_key,
                element_id=event.element_id,
                variables=event.variables,
            )
        )

    def _incident(self, event: e.IncidentRaised) -> None:
        self._unit.session.add(
            Incident(
                key=event.incident_key,
                tenant_id=self._unit.tenant_id,
                instance_key=self._instance.key,
                element_key=event.key,
                element_id=self._element_id(event.key),
                error_type=event.error_type,
                message=event.message,
                created_at=self._unit.now,
            )
        )
        self._unit.notify("incident", event.incident_key)

    def _resolve(self, element_key: int) -> None:
        self._unit.session.connection().execute(
            update(Incident)
            .where(col(Incident.element_key) == element_key, col(Incident.state) == "ACTIVE")
            .values(state="RESOLVED", resolved_at=self._unit.now)
        )

    def _element_id(self, key: int) -> str:
        live = self._state.get(key)
        return live.element_id if live else self._ids[key]
