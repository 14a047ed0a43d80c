"""The run: every work item it can get, entered with one client."""

from itertools import islice

from robocorp import workitems

from .document import document_from
from .entry import Screens, enter

ITEMS_PER_RUN = 20
"""Beyond this a run could outlive its time limit; the next run takes what is left."""


def enter_all(screens: Screens) -> None:
    """Enter the invoices of the run's items; each is released with its own outcome."""
    for item in islice(workitems.inputs, ITEMS_PER_RUN):
        with item:
            _enter_item(item, screens)


def _enter_item(item: workitems.Input, screens: Screens) -> None:
    payload = item.payload if isinstance(item.payload, dict) else {}
    document = document_from(payload.get("invoice") or {})
    try:
        entry = enter(document, screens)
    finally:
        screens.photograph(f"{document['number']}-final")
    workitems.outputs.create(payload={"entry": entry})
