"""Bring what was sent to its goal, each in a transaction of its own."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import timedelta

from sqlmodel import col, or_, select

from orchestrator.process import calls, messages, outbox, signals
from orchestrator.process.execute import InstanceGone
from orchestrator.store.tables import Delivery
from orchestrator.store.unit import Unit

LONGEST_PAUSE = timedelta(minutes=5)

_HANDLERS: Mapping[str, Callable[..., None]] = {
    outbox.MESSAGE: messages.deliver,
    outbox.SUBSCRIPTION: messages.match,
    outbox.FREED: messages.freed,
    outbox.SIGNAL: signals.spread,
    outbox.DELIVER: signals.deliver,
    outbox.RECEIVE: signals.receive,
    outbox.START: signals.start,
    outbox.CALL: calls.call,
    outbox.RETURNED: calls.returned,
    outbox.ERROR: calls.error,
    outbox.ESCALATION: calls.escalation,
    outbox.CANCEL: calls.cancel,
}


def due(unit: Unit, limit: int = 50) -> list[int]:
    """The keys of what is to be delivered now, oldest first; read without a lock."""
    query = select(Delivery.key).where(
        Delivery.tenant_id == unit.tenant_id,
        or_(col(Delivery.not_before).is_(None), col(Delivery.not_before) <= unit.now),
    )
    return list(unit.session.exec(query.order_by(col(Delivery.key)).limit(limit)))


def deliver(unit: Unit, key: int) -> None:
    """Deliver one, unless another replica does. Raises what its handler raises: then it stays;
    see `postpone`."""
    found = _lock(unit, key)
    if found is not None:
        unit.session.delete(found)
        with suppress(InstanceGone):  # deleted meanwhile; each locks it before it writes anything
            _HANDLERS[found.kind](unit, **found.payload)


def postpone(unit: Unit, key: int) -> None:
    """Try one that has failed later, after a pause that doubles each time."""
    found = _lock(unit, key)
    if found is not None:
        found.attempts += 1
        pause = timedelta(seconds=2 ** min(found.attempts, 10))
        found.not_before = unit.now + min(pause, LONGEST_PAUSE)


def _lock(unit: Unit, key: int) -> Delivery | None:
    query = select(Delivery).where(Delivery.tenant_id == unit.tenant_id, Delivery.key == key)
    return unit.session.exec(query.with_for_update(skip_locked=True)).one_or_none()
