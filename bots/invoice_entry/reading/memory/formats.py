"""How a vendor writes its invoices."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Formats:
    """The language (ISO 639-1), the character before the cents, and whether numeric dates begin
    with the day; each None when the document does not tell."""

    language: str | None = None
    decimal_mark: str | None = None
    day_first: bool | None = None


UNTOLD = Formats()
"""Of a vendor that nothing is known about."""
