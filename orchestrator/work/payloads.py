"""Payloads: what a run reads and writes."""

from typing import Any

from orchestrator.store.tables import Run
from orchestrator.store.unit import Unit
from orchestrator.work import holding
from orchestrator.work.limits import check_payload


def load(unit: Unit, run: Run, item_key: int) -> Any:
    """The payload of an item the run holds or held, or of an output of it."""
    return holding.readable(unit, run, item_key).payload


def save(unit: Unit, run: Run, item_key: int, payload: Any) -> None:
    """Replace the payload of the item the run holds, or of an output of it.

    Raises `LeaseLost` when the lease is gone, `InvalidInput` or `TooLarge` for the payload.
    """
    check_payload(payload)
    item = holding.writable(unit, run, item_key)
    item.payload, item.updated_at = payload, unit.now
    unit.session.add(item)
