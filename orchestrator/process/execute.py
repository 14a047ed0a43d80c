"""One command on one instance: lock, load, decide, persist, record."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext

from orchestrator import bpmn
from orchestrator.audit import append
from orchestrator.bpmn import events as e
from orchestrator.bpmn.commands import Command, CompleteElement, StartInstance, ThrowError
from orchestrator.kernel.errors import Conflict, NotFound
from orchestrator.process import definitions, environment, second_looks
from orchestrator.process.loading import RowLoader
from orchestrator.process.persist import persist
from orchestrator.store import sql
from orchestrator.store.tables import ProcessInstance
from orchestrator.store.unit import Unit
from orchestrator.work.limits import check_payload

DUPLICATE = "work_item.duplicate_reference"


class InstanceGone(NotFound):
    """There is no such instance, or it has been deleted."""


def lock(unit: Unit, instance_key: int) -> ProcessInstance:
    """The instance, its commands now serialised behind this transaction. No session tracks the
    object: statements change its row, and those who run them the object. Raises InstanceGone."""
    row = sql.execute(unit, "instance_lock", key=instance_key).fetchone()
    if row is None:
        raise InstanceGone(f"There is no process instance {instance_key}.")
    return ProcessInstance(**row._asdict())


def execute(unit: Unit, instance: ProcessInstance, command: Command) -> list[e.Event]:
    """Run `command` on a locked instance. Raises bpmn.Rejected when it does not fit.

    A work item whose reference is taken throws the BPMN error of that code at its element.
    Raises InvalidInput for variables that cannot be stored.
    """
    check_payload(dict(getattr(command, "variables", {})))
    definition = definitions.of(unit, instance)
    around = environment.of(unit, instance)
    fresh = isinstance(command, StartInstance)  # there are no rows to load
    state = bpmn.State() if fresh else bpmn.State(RowLoader(unit, instance.key))
    run = bpmn.execute(definition, state, command, around)
    events = list(run.events)
    try:
        with _savepoint(unit, events):
            persist(unit, instance, events, run.state)
    except Conflict as conflict:
        if conflict.code != DUPLICATE:
            raise
        duplicate = _duplicate(unit, events)
        error = ThrowError(duplicate.key, DUPLICATE, conflict.message)
        thrown = bpmn.execute(definition, run.state, error, around)
        events = [*_without(events, duplicate), *thrown.events]
        thrown.state.changed |= run.state.changed
        _restore(unit, instance)
        persist(unit, instance, events, thrown.state)
    record(unit, instance.key, type(command).__name__, events)
    return [*events, *_own_work(unit, instance, events)]


def _own_work(
    unit: Unit, instance: ProcessInstance, events: Sequence[e.Event]
) -> Iterator[e.Event]:
    """Work that the server does itself goes on in the same transaction."""
    ended = {x.key for x in events if isinstance(x, e.Completed | e.Terminated)}
    for work in events:
        if isinstance(work, e.WorkCreated) and work.type == second_looks.TYPE:
            output = None if work.key in ended else second_looks.begin(unit, instance, work)
            if output is not None:
                yield from execute(unit, instance, CompleteElement(work.key, output))


def record(unit: Unit, instance_key: int, command: str, events: Sequence[e.Event]) -> None:
    """Put what a command did on the instance's record."""
    data = {"command": command, "events": [event.to_json() for event in events]}
    append(unit, f"process-instance/{instance_key}", f"process.{_snake(command)}", data)
    unit.notify("process-instance", instance_key)


def _savepoint(unit: Unit, events: list[e.Event]) -> AbstractContextManager[object]:
    """To come back to when a reference is taken; nothing else is caught."""
    clashes = any(isinstance(x, e.WorkCreated) and x.reference for x in events)
    return unit.savepoint() if clashes else nullcontext()


def _restore(unit: Unit, instance: ProcessInstance) -> None:
    """As its row says, once what was done with both is undone."""
    for name, value in lock(unit, instance.key).model_dump().items():
        setattr(instance, name, value)


def _duplicate(unit: Unit, events: list[e.Event]) -> e.WorkCreated:
    """The event whose reference is taken: models seldom have two, so the last one with one."""
    return next(x for x in reversed(events) if isinstance(x, e.WorkCreated) and x.reference)


def _without(events: list[e.Event], left_out: e.Event) -> list[e.Event]:
    return [x for x in events if x is not left_out]


def _snake(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
