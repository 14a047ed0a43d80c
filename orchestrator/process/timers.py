"""Fire the timers that are due."""

from sqlalchemy import delete
from sqlmodel import col, select

from orchestrator.bpmn import Rejected
from orchestrator.bpmn.commands import FireTimer
from orchestrator.process.execute import execute, lock
from orchestrator.store.tables import Timer
from orchestrator.store.unit import Unit


def due(unit: Unit, limit: int = 50) -> list[Timer]:
    """The timers that are due, oldest first; read without a lock."""
    query = select(Timer).where(Timer.tenant_id == unit.tenant_id, col(Timer.due_at) <= unit.now)
    return list(unit.session.exec(query.order_by(col(Timer.due_at)).limit(limit)))


def fire(unit: Unit, timer: Timer) -> bool:
    """Fire one timer, unless another replica did. The instance is locked first, as everywhere."""
    instance = lock(unit, timer.instance_key)
    gone = delete(Timer).where(col(Timer.key) == timer.key).returning(col(Timer.key))
    if unit.session.connection().execute(gone).first() is None:
        return False
    try:
        execute(unit, instance, FireTimer(timer.element_key, timer.element_id))
    except Rejected:
        return False
    return True
