"""What happens to an instance as a whole: events to the state of its row."""

from collections.abc import Sequence
from typing import Final

from orchestrator.bpmn import events as e
from orchestrator.store.tables import ProcessInstance
from orchestrator.store.unit import Unit
from orchestrator.work import items

ACTIVE: Final = "ACTIVE"
SUSPENDED: Final = "SUSPENDED"
COMPLETED: Final = "COMPLETED"
TERMINATED: Final = "TERMINATED"


def persist(unit: Unit, instance: ProcessInstance, events: Sequence[e.Event]) -> None:
    """The work of a suspended instance is held; a run that has an item of it may end it."""
    for event in events:
        match event:
            case e.Completed(key=instance.key) | e.Terminated(key=instance.key):
                completed = isinstance(event, e.Completed)
                instance.state = COMPLETED if completed else TERMINATED
                instance.suspended_at, instance.ended_at = None, unit.now
            case e.Suspended():
                instance.state, instance.suspended_at = SUSPENDED, unit.now
                items.hold(unit, instance.key)
            case e.Resumed():
                instance.state, instance.suspended_at = ACTIVE, None
                items.let_go(unit, instance.key)
