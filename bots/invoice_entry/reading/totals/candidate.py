"""An amount that may be the net, the tax or the gross."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from ..amounts import money
from ..invoice import Box, Field
from ..wording import Wording


@dataclass(frozen=True)
class Candidate:
    """An amount that a label claims for a role."""

    role: str
    value: Decimal
    page: int
    box: Box | None
    strength: float
    reason: Wording
    leads: bool = True
    source: str = "label"

    def as_field(self, confidence: float) -> Field:
        return Field(money(self.value), self.page, self.box, self.source, confidence, self.reason)
