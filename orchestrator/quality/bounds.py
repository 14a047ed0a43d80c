"""How high a true error rate may be, given what was found."""

from collections.abc import Sequence
from math import exp, lgamma, log, log1p

CONFIDENCE = 0.95

# How hard each part of the mixed bound leans on clean looks, and its share of the error
# probability. The first is nearly the rule of three, the others are for when errors were found.
_LEANINGS = ((0.98, 0.5), (0.8, 0.15), (0.5, 0.15), (0.25, 0.1), (0.1, 0.05), (0.04, 0.05))


def exact_upper_bound(errors: int, trials: int, confidence: float = CONFIDENCE) -> float:
    """The one-sided upper bound of a binomial share after a number of trials fixed beforehand
    (Clopper and Pearson, Biometrika 26, 1934). 1 without trials: nothing is known."""
    if errors >= trials:
        return 1.0
    low, high = errors / trials, 1.0
    for _ in range(50):
        middle = (low + high) / 2
        if exact_bound_is_within(middle, errors, trials, confidence):
            high = middle
        else:
            low = middle
    return high


def exact_bound_is_within(
    rate: float, errors: int, trials: int, confidence: float = CONFIDENCE
) -> bool:
    """Whether `exact_upper_bound` is at most `rate` (above 0), for the price of one sum."""
    return errors < rate * trials and _at_most(errors, trials, rate) <= 1 - confidence


def running_upper_bound(found: Sequence[int], confidence: float = CONFIDENCE) -> float:
    """The upper bound of the mean share of wrong fields, which holds at every moment at once,
    however often one looks at it and whenever one stops.

    `found[j]` is how many looks found j of the `len(found) - 1` fields wrong. Errors of one
    invoice may depend on one another in any way, and the true rate may change from look to look:
    the bound is one of the mean of the true rates at the looks made.

    With x the share of wrong fields of a look, m its mean given all before, and 0 < t < 1,
    E[1 - t x] = 1 - t m <= exp(-t m), so exp(t * sum m) * prod(1 - t x) is a nonnegative
    supermartingale that exceeds 1/a only with probability a (Ville 1939). Solved for the sum of
    m; several t share a (Howard, Ramdas, McAuliffe, Sekhon: Time-uniform, nonparametric,
    nonasymptotic confidence sequences, Annals of Statistics 49(2), 2021; Waudby-Smith, Ramdas:
    Estimating means of bounded random variables by betting, JRSS B 86(1), 2024).
    """
    looks, fields = sum(found), len(found) - 1
    if not looks:
        return 1.0
    sums = (
        (-log((1 - confidence) * part) - _log_product(found, fields, t)) / t
        for t, part in _LEANINGS
    )
    return min(1.0, min(sums) / looks)


def _log_product(found: Sequence[int], fields: int, t: float) -> float:
    return sum(count * log1p(-t * wrong / fields) for wrong, count in enumerate(found))


def _at_most(errors: int, trials: int, rate: float) -> float:
    return sum(exp(_log_binomial(k, trials, rate)) for k in range(errors + 1))


def _log_binomial(k: int, trials: int, rate: float) -> float:
    choices = lgamma(trials + 1) - lgamma(k + 1) - lgamma(trials - k + 1)
    return (
        choices + k * log(rate) + (trials - k) * log1p(-rate) if rate else 0.0 if k == 0 else -700
    )
