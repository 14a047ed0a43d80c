"""What a command's events call for outside the engine: work, tasks, compensation, incidents."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, update
from sqlmodel import col

from orchestrator.bpmn import State
from orchestrator.bpmn import events as e
from orchestrator.people import tasks
from orchestrator.process import second_looks, states
from orchestrator.store.tables import Compensable, Incident, ProcessInstance
from orchestrator.store.unit import Unit
from orchestrator.work import items
from orchestrator.work.model import NewItem


def persist(
    unit: Unit,
    instance: ProcessInstance,
    events: Sequence[e.Event],
    state: State,
    ended: Mapping[int, str],
) -> None:
    """Write what `events` call for; `ended` are the elements that their command ended. Raises
    Conflict (work_item.duplicate_reference) when the reference of a work item is taken."""
    writer = _Writer(unit, instance, events, state, ended)
    for event in events:
        writer.write(event)
    items.enqueue_each(unit, writer.work)


class _Writer:
    def __init__(
        self,
        unit: Unit,
        instance: ProcessInstance,
        events: Sequence[e.Event],
        state: State,
        ended: Mapping[int, str],
    ) -> None:
        self._unit, self._instance, self._state, self._ended = unit, instance, state, ended
        self._begun = {x.key: x.element_id for x in events if isinstance(x, e.Activated)}
        self.work: list[NewItem] = []

    def write(self, event: e.Event) -> None:
        match event:
            case e.Terminated() if event.key not in self._begun:
                self._terminate(event.key)
            case e.WorkCreated() if event.key not in self._ended:
                if event.type != second_looks.TYPE:
                    self.work.append(self._item(event))
            case e.UserTaskCreated() if event.key not in self._ended:
                self._task(event)
            case e.CompensationReady() if self._instance.key not in self._ended:
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

    def _terminate(self, key: int) -> None:
        """One that began within this command has left nothing."""
        items.cancel_for_element(self._unit, key)
        tasks.cancel_for_element(self._unit, key)
        self._resolve(key)

    def _item(self, event: e.WorkCreated) -> NewItem:
        return NewItem(
            queue=event.type,
            payload=event.payload,
            headers=event.headers,
            reference=event.reference,
            max_attempts=max(event.retries, 1),
            instance_key=self._instance.key,
            element_key=event.key,
            element_id=self._element_id(event.key),
            held=self._instance.state == states.SUSPENDED,
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
        return live.element_id if live else self._begun[key]
