"""The last word on a reading: what is missing, weak or does not add up, and what is trusted."""

from __future__ import annotations

from dataclasses import replace

from . import checks
from .invoice import TRUSTWORTHY, Invoice


def judged(invoice: Invoice) -> Invoice:
    """The reading with all doubts, and trust in the fields that none of them is about."""
    fields = invoice.fields
    doubts = (
        *invoice.doubts,
        *checks.missing(fields),
        *checks.weak(fields),
        *checks.arithmetic(fields),
    )
    doubted = checks.doubted_fields(doubts)
    judged_fields = {
        name: field.with_trust(
            name not in doubted and None not in doubted and field.confidence >= TRUSTWORTHY
        )
        for name, field in fields.items()
    }
    return replace(invoice, fields=judged_fields, doubts=doubts, trusted=not doubts)
