"""The business terms of EN 16931 that a document holds: `BT-1` a text, `BG-25` a list of groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

Terms = Mapping[str, Any]


def text(terms: Terms, name: str) -> str:
    """The term's text on one line, the first where there are several; empty when absent."""
    value = terms.get(name)
    if isinstance(value, Sequence) and not isinstance(value, str):
        value = value[0] if value else None
    return " ".join(str(value).split()) if value is not None else ""


def amount(terms: Terms, name: str) -> Decimal | None:
    """The term's number; None when it is absent or no number."""
    try:
        value = Decimal(text(terms, name))
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def groups(terms: Terms, name: str) -> Sequence[Terms]:
    """The groups of that name, in order."""
    found = terms.get(name)
    return found if isinstance(found, list) else []


def party(terms: Terms, name: str) -> Terms:
    """The party of that name; empty when absent."""
    found = terms.get(name)
    return found if isinstance(found, Mapping) else {}


def total(terms: Sequence[Terms], name: str) -> Decimal:
    """The sum of one term over groups; what is absent counts as nothing."""
    return sum((amount(each, name) or Decimal(0) for each in terms), Decimal(0))
