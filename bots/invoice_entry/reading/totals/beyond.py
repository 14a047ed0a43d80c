"""Sums that go on below the one that net and tax make: a deposit on bottles, a tip, old debts."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..labels import GOOD
from .candidate import Candidate

_TO_PAY = re.compile(
    r"due|pay|balance|outstanding|zahl|rest|offen|régler|dû|pagar|dovut|betalen|voldoen|saldo|zapłaty"
    r"|należ|应付",
    re.IGNORECASE,
)
_FLUSH = 6.0


def goes_on(gross: Candidate, found: Sequence[Candidate]) -> bool:
    """Whether another gross amount is named below this one: a larger one, or one that is not just
    what remains to be paid."""
    return any(
        item.role == "gross"
        and item.leads
        and item.strength >= GOOD
        and item.value != gross.value
        and _is_below(item, gross)
        and (abs(item.value) > abs(gross.value) or not _TO_PAY.search(_label(item)))
        for item in found
    )


def _is_below(item: Candidate, other: Candidate) -> bool:
    """Further down in the same column."""
    if item.box is None or other.box is None:
        return False
    flush = any(abs(item.box[edge] - other.box[edge]) < _FLUSH for edge in (0, 2))
    return flush and item.page == other.page and item.box[1] >= other.box[3] - 1


def _label(item: Candidate) -> str:
    return next((str(note.values["label"]) for note in item.reason if "label" in note.values), "")
