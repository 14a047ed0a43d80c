"""Fire the timers that are due."""

from datetime import timedelta

from sqlalchemy import delete
from sqlmodel import col, select

from orchestrator import bpmn
from orchestrator.audit import append
from orchestrator.bpmn import events as e
from orchestrator.bpmn.commands import FireTimer
from orchestrator.process import definitions, environment, waits
from orchestrator.process.execute import execute, lock
from orchestrator.process.start import Beginning, begin
from orchestrator.store.tables import Timer
from orchestrator.store.unit import Unit

PAUSE = timedelta(minutes=1)


def due(unit: Unit, limit: int = 50) -> list[Timer]:
    """The timers that are due, oldest first; read without a lock."""
    query = select(Timer).where(Timer.tenant_id == unit.tenant_id, col(Timer.due_at) <= unit.now)
    return list(unit.session.exec(query.order_by(col(Timer.due_at)).limit(limit)))


def fire(unit: Unit, timer: Timer) -> bool:
    """Fire one timer, unless another replica did. The instance is locked first, as everywhere;
    a migration meanwhile may have given the timer to another event."""
    instance = None if timer.instance_key is None else lock(unit, timer.instance_key)
    gone = delete(Timer).where(col(Timer.key) == timer.key).returning(col(Timer.element_id))
    element_id = unit.session.scalars(gone).first()
    if element_id is None:
        return False
    if instance is None or timer.element_key is None:
        _start(unit, timer)
        return True
    command = FireTimer(timer.element_key, element_id, timer.trigger, timer.repeats)
    try:
        execute(unit, instance, command)
    except bpmn.Rejected:
        return False
    return True


def postpone(unit: Unit, timer: Timer, why: str) -> None:
    """Try one that has failed again later, and say so on the record."""
    found = unit.session.get(Timer, timer.key, with_for_update=True)
    if found is None:
        return
    found.due_at = unit.now + PAUSE
    stream = (
        f"process-instance/{found.instance_key}"
        if found.instance_key is not None
        else f"process-definition/{found.definition_key}"
    )
    facts = {"element": found.element_id, "until": found.due_at.isoformat(), "why": why}
    append(unit, stream, "timer.postponed", facts)


def _start(unit: Unit, timer: Timer) -> None:
    """Start an instance by a timer start event, and wait for its next time."""
    assert timer.definition_key is not None  # noqa: S101  the table's constraint
    definition = definitions.by_key(unit, timer.definition_key)
    begin(unit, definition, Beginning(element_id=timer.element_id, trigger=timer.trigger))
    executable, around = definitions.executable(definition), environment.of_starts(unit)
    for armed in bpmn.again(executable, timer.element_id, timer.trigger, timer.repeats, around):
        if isinstance(armed, e.TimerSet):
            waits.start_timer(unit, definition.key, armed)
