"""Whether a confidence of 0.9 is right nine times in ten."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .comparing import MISSING, RIGHT, Compared

BINS = 10


def calibration(fields: Sequence[Compared]) -> dict[str, Any]:
    """The Brier score (mean squared distance of confidence and outcome, 0 is best) and the
    reliability diagram: per tenth of confidence how many, how sure, how often right."""
    found = [field for field in fields if field.outcome != MISSING]
    squares = [(field.confidence - (field.outcome == RIGHT)) ** 2 for field in found]
    return {
        "fields": len(found),
        "brier": round(sum(squares) / len(squares), 4) if squares else None,
        "reliability": [row for number in range(BINS) if (row := _row(found, number))],
    }


def _row(found: Sequence[Compared], number: int) -> dict[str, Any] | None:
    inside = [f for f in found if min(int(f.confidence * BINS), BINS - 1) == number]
    if not inside:
        return None
    return {
        "from": number / BINS,
        "to": (number + 1) / BINS,
        "fields": len(inside),
        "confidence": round(sum(f.confidence for f in inside) / len(inside), 3),
        "right": round(sum(f.outcome == RIGHT for f in inside) / len(inside), 3),
    }
