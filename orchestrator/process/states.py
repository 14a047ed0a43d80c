"""What happens to an instance as a whole: events to the state of its row."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from orchestrator.bpmn import events as e
from orchestrator.store import sql
from orchestrator.store.tables import ProcessInstance
from orchestrator.store.unit import Unit
from orchestrator.work import items

ACTIVE: Final = "ACTIVE"
SUSPENDED: Final = "SUSPENDED"
COMPLETED: Final = "COMPLETED"
TERMINATED: Final = "TERMINATED"


def persist(unit: Unit, instance: ProcessInstance, events: Sequence[e.Event]) -> None:
    """The work of a suspended instance is held; a run that has an item of it may end it."""
    key = instance.key
    for event in events:
        match event:
            case e.Completed(key=ended) if ended == key:
                _become(unit, instance, state=COMPLETED, ended_at=unit.now)
            case e.Terminated(key=ended) if ended == key:
                _become(unit, instance, state=TERMINATED, ended_at=unit.now)
            case e.Suspended():
                _become(unit, instance, state=SUSPENDED, suspended_at=unit.now)
                items.hold(unit, key)
            case e.Resumed():
                _become(unit, instance, state=ACTIVE)
                items.let_go(unit, key)


def _become(
    unit: Unit,
    instance: ProcessInstance,
    *,
    state: str,
    suspended_at: datetime | None = None,
    ended_at: datetime | None = None,
) -> None:
    columns = {"state": state, "suspended_at": suspended_at, "ended_at": ended_at}
    sql.execute(unit, "instance_state", key=instance.key, **columns)
    for name, value in columns.items():
        setattr(instance, name, value)
