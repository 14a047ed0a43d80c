"""How high the true rate of errors may be, given how many were seen."""

from __future__ import annotations

from math import comb


def upper_bound(errors: int, trials: int, confidence: float = 0.95) -> float:
    """The exact one-sided upper bound of a binomial share (Clopper and Pearson, Biometrika 26,
    1934): the rate at which `errors` or fewer in `trials` become as unlikely as 1 - confidence.

    1 without trials: nothing is known.
    """
    if errors >= trials:
        return 1.0
    low, high = errors / trials, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if _at_most(errors, trials, middle) > 1 - confidence:
            low = middle
        else:
            high = middle
    return high


def _at_most(errors: int, trials: int, rate: float) -> float:
    return sum(comb(trials, k) * rate**k * (1 - rate) ** (trials - k) for k in range(errors + 1))
