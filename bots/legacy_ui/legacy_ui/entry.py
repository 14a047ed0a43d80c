"""Entering one invoice exactly once, whatever the screens do.

The order is always: look whether it is there, enter it, read it back. Trouble leaves it
unknown whether the last click took effect, so every new attempt begins with looking.
"""

import time
from collections.abc import Callable
from typing import Any, Protocol

from robocorp import log
from robocorp.workitems import ApplicationException, BusinessException

from .document import Found, Values, agrees, differences, is_same_document

ATTEMPTS = 6
FIRST_PAUSE_SECONDS = 0.5


class ScreenTrouble(Exception):
    """The screens did not answer as they should; what the last action did is unknown."""


class Screens(Protocol):
    """One client of the ERP. Every method may raise ScreenTrouble, save the last two."""

    def search(self, number: str) -> list[Found]:
        """The booked documents with this invoice number."""

    def book(self, document: Values) -> str:
        """Enter and book, answering the ERP number; BusinessException `erp.rejected`."""

    def read(self, document: Values, erp_number: str) -> dict[str, str]:
        """The booked document's fields as its screen shows them."""

    def recover(self) -> None:
        """Leave whatever state the trouble left, so that the next call starts afresh."""

    def photograph(self, label: str) -> None:
        """Save what is on the screen now, as far as there is anything."""


def enter(
    document: Values, screens: Screens, pause: Callable[[float], None] = time.sleep
) -> dict[str, Any]:
    """Have the document in the ERP once and answer the entry.

    Raises BusinessException `erp.conflict` (there with another amount), `erp.rejected` or
    `erp.read_back_differs`, and ApplicationException `erp.unavailable` when the screens
    stayed in trouble.
    """
    booking_tried = False
    trouble: ScreenTrouble | None = None
    for attempt in range(ATTEMPTS):
        try:
            erp_number = find_booked(document, screens)
            already_there = erp_number is not None and not booking_tried
            if erp_number is None:
                booking_tried = True
                erp_number = screens.book(document)
            return _read_back(document, screens, erp_number, already_there)
        except ScreenTrouble as error:
            trouble = error
            log.warn(f"Attempt {attempt + 1} of {document['number']}: {error}")
            screens.photograph(f"{document['number']}-trouble-{attempt + 1}")
            screens.recover()
            pause(FIRST_PAUSE_SECONDS * 2**attempt)
    raise ApplicationException(f"The ERP stayed in trouble: {trouble}", "erp.unavailable")


def find_booked(document: Values, screens: Screens) -> str | None:
    """The ERP number under which the document is booked, if it is.

    Raises BusinessException `erp.conflict` when it is booked with another amount or type.
    """
    same = [line for line in screens.search(document["number"]) if is_same_document(document, line)]
    agreeing = [line for line in same if agrees(document, line)]
    if same and not agreeing:
        booked = same[0]
        raise BusinessException(
            f"{document['number']} of {document['seller']} is booked as {booked.erp_number}"
            f" with gross {booked.gross}, not {document['gross']}",
            "erp.conflict",
        )
    return agreeing[0].erp_number if agreeing else None


def _read_back(
    document: Values, screens: Screens, erp_number: str, already_there: bool
) -> dict[str, Any]:
    read_back = screens.read(document, erp_number)
    differing = differences(document, read_back)
    if differing and not already_there:
        told = "; ".join(f"{name}: {document[name]!r} / {read_back[name]!r}" for name in differing)
        raise BusinessException(
            f"{erp_number} shows other values than entered: {told}", "erp.read_back_differs"
        )
    return {"erp_number": erp_number, "already_there": already_there, "read_back": read_back}
