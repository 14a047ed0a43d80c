"""Floor 3: how often a bot errs unseen, and what follows from it. Pure."""

from orchestrator.quality.bounds import CONFIDENCE, exact_upper_bound, running_upper_bound
from orchestrator.quality.comparing import FIELDS, corrected, differing, read_by_bot, stated
from orchestrator.quality.drawing import drawn
from orchestrator.quality.standing import (
    EXCEEDED,
    PROVEN,
    UNPROVEN,
    Policy,
    Standing,
    after,
    under,
)

__all__ = [
    "CONFIDENCE",
    "EXCEEDED",
    "FIELDS",
    "PROVEN",
    "UNPROVEN",
    "Policy",
    "Standing",
    "after",
    "corrected",
    "differing",
    "drawn",
    "exact_upper_bound",
    "read_by_bot",
    "running_upper_bound",
    "stated",
    "under",
]
