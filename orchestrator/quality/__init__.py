"""Floor 3: how often a bot errs unseen, and what follows from it. Pure."""

from orchestrator.quality.bounds import (
    CONFIDENCE,
    Strata,
    exact_upper_bound,
    running_upper_bound,
    stratified_upper_bound,
    weighted_mean,
)
from orchestrator.quality.comparing import FIELDS, corrected, differing, read_by_bot, stated
from orchestrator.quality.drawing import drawn
from orchestrator.quality.standing import (
    EXCEEDED,
    PROVEN,
    UNPROVEN,
    Policy,
    Standing,
    after,
    first,
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
    "Strata",
    "after",
    "corrected",
    "differing",
    "drawn",
    "exact_upper_bound",
    "first",
    "read_by_bot",
    "running_upper_bound",
    "stated",
    "stratified_upper_bound",
    "under",
    "weighted_mean",
]
