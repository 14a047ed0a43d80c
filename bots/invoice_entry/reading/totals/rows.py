"""The amounts in rows that a word names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from ..amounts import amounts_in
from ..places import Read


def amounts_named(
    name: re.Pattern[str], pages: Read, mark: str | None
) -> Iterator[tuple[int, Decimal]]:
    """Each with the number of its page."""
    for page, _ in pages:
        for row in page.rows:
            if name.search(row.text):
                for cell in row.cells:
                    for amount in amounts_in(cell.text, mark):
                        yield page.number, amount.value
