"""Sums that go on below the one that net and tax make: a deposit on bottles, a tip, a voucher.
What was owed before and is asked for again is no part of this invoice (EN 16931, BT-112)."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..labels import GOOD
from ..places import Read
from .candidate import Candidate
from .rows import amounts_named

_TO_PAY = re.compile(
    r"due|pay|balance|outstanding|zahl|rest|offen|régler|dû|pagar|dovut|betalen|voldoen|saldo|zapłaty"
    r"|należ|应付",
    re.IGNORECASE,
)
_OWED_BEFORE = re.compile(
    r"offene\w* (?:zahlung|posten|rechnung|betr)|rückst[aä]nd|altschuld|saldovortrag"
    r"|\b(?:old debt|past due|overdue|arrears|previous balance|prior balance|brought forward)"
    r"|solde (?:antérieur|précédent)|arriéré|impayé|saldo (?:anterior|precedente)|vorig saldo"
    r"|openstaande facturen|achterstallig|zaległoś|poprzedni\w* saldo|往期欠款|上期余额",
    re.IGNORECASE,
)
_FLUSH = 6.0


def goes_on(gross: Candidate, found: Sequence[Candidate], pages: Read, mark: str | None) -> bool:
    """Whether another gross amount is named below this one: a larger one, or one that is not just
    what remains to be paid."""
    return any(
        item.role == "gross"
        and item.leads
        and item.strength >= GOOD
        and item.value != gross.value
        and _is_below(item, gross)
        and not _is_paid_with_it(item, gross, pages, mark)
        for item in found
    )


def _is_paid_with_it(item: Candidate, gross: Candidate, pages: Read, mark: str | None) -> bool:
    """Whether `item` is what is to be paid: no more than the gross amount, but for what a row names
    as owed before."""
    if not _TO_PAY.search(_label(item)):
        return False
    more = abs(item.value) - abs(gross.value)
    owed = amounts_named(_OWED_BEFORE, pages, mark)
    return more <= 0 or any((page, abs(value)) == (gross.page, more) for page, value in owed)


def _is_below(item: Candidate, other: Candidate) -> bool:
    """Further down in the same column."""
    if item.box is None or other.box is None:
        return False
    flush = any(abs(item.box[edge] - other.box[edge]) < _FLUSH for edge in (0, 2))
    return flush and item.page == other.page and item.box[1] >= other.box[3] - 1


def _label(item: Candidate) -> str:
    return next((str(note.values["label"]) for note in item.reason if "label" in note.values), "")
