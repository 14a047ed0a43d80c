"""The due date within a sentence about payment terms."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .dates import first_date
from .invoice import Field
from .wording import say
from .words import Page

_TERMS = re.compile(
    r"\b(?:zahlbar|netto|fällig|ohne abzug|überweisen|due|payable|pay|remit|paiement|payer)\b"
    r"(?P<between>[^.]{0,40}?)"
    r"\b(?:bis|am|by|on|until|before|avant|au|le)(?:\s+(?:zum|spätestens|le|den))*\s+(?=\S{0,12}\d)",
    re.IGNORECASE,
)
# The date for a cash discount comes before the one that counts.
_DISCOUNT = re.compile(r"skonto|discount|escompte|abzüglich|%", re.IGNORECASE)


def candidates(page: Page) -> Iterator[Field]:
    """Dates by which the whole amount is to be paid, as sentences give them."""
    for row in page.rows:
        for cell in row.cells:
            match = _TERMS.search(cell.text)
            if match is None or _DISCOUNT.search(match.group("between")):
                continue
            date = first_date(cell.text[match.end() :])
            if date and date.value and date.start == 0:
                box = cell.box_between(match.end(), match.end() + date.end)
                value = date.value.isoformat()
                yield Field(value, page.number, box, "label", 0.75, say("terms"))
