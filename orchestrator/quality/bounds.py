"""How high a true error rate may be, given what was found.

Looks are drawn with a share that changes. One that was drawn when the share was 2 % stands for
fifty invoices, one drawn at 20 % for five: each is weighted by the inverse of its share (Horvitz
and Thompson, JASA 47, 1952), else a reader that was bad while the share was low would seem better
than it is. So looks are kept in strata, by their share.
"""

from collections.abc import Sequence
from functools import cache
from math import ceil, exp, inf, lgamma, log, log1p

CONFIDENCE = 0.95

Stratum = tuple[float, tuple[int, ...]]
"""A share of invoices drawn, and how many of these looks found 0, 1, 2 ... fields wrong."""
Strata = tuple[Stratum, ...]

_LEAN = 0.98  # how hard a bet may lean on clean looks; at 1 one wrong invoice would lose it all
_FALL = 0.7  # from one bet, or share, to the next
_FLATTER = 4  # bets below that on `least`
_FIRST, _LATER = 0.45, 0.47  # of the error probability, for the bet on `most` and on lower shares


@cache
def shares(least: float, most: float) -> tuple[float, ...]:
    """The shares with which looks may be drawn, falling from `most` to `least`."""
    if least == most:
        return (most,)
    steps = ceil(log(least / most) / log(_FALL))
    return (*(most * (least / most) ** (k / steps) for k in range(steps)), least)


def running_upper_bound(strata: Strata, least: float, most: float) -> float:
    """The 95 % upper bound of the mean share of wrong fields of all invoices that the lots were
    drawn over. It holds at every moment at once, however often one looks at it and whenever one
    stops, for whatever invoices: only the lots are random. 1 when nothing is known.

    Let invoice i have the share x of its fields wrong and be drawn (S = 1, else 0) with p, which
    may depend on all before. For 0 < t < p, the product of 1 + t S / p (b - x), divided by that of
    exp(t (b - x)), is a nonnegative supermartingale, as E[S] = p and 1 + y <= exp(y). Where the
    mean of all x is b or more the divisor is 1 or less, so then the product, which needs no
    invoices but those looked at, exceeds 1/a only with probability a (Ville 1939); so does a mean
    of such products over several t. The bound is the lowest b for which it does. (Waudby-Smith,
    Ramdas: Estimating means of bounded random variables by betting, JRSS B 86(1), 2024;
    Waudby-Smith, Wu, Ramdas, Karampatziakis, Mineiro: Anytime-valid off-policy inference for
    contextual bandits, ACM/IMS J. Data Sci. 1(3), 2024.)

    `least` and `most` are the shares between which p moves, known before any look. A t counts
    only while it is below every share that was in force: `strata` names them all, also without a
    look. So a low share takes many invoices: n unseen at 2 % can hide what 150 looks would not.
    """
    low, high = 0.0, 1.0
    if not running_bound_is_within(high, strata, least, most):
        return 1.0
    for _ in range(40):
        middle = (low + high) / 2
        if running_bound_is_within(middle, strata, least, most):
            high = middle
        else:
            low = middle
    return high


def running_bound_is_within(rate: float, strata: Strata, least: float, most: float) -> bool:
    """Whether `running_upper_bound` is at most `rate`, for the price of one sum."""
    lowest = min((share for share, _ in strata), default=1.0)
    usable = [bet for bet in _bets(least, most) if bet[1] <= _LEAN * lowest]
    logs = [log(part) + _log_product(strata, rate, t) for part, t in usable]
    top = max(logs, default=-inf)
    return bool(logs) and top + log(sum(exp(x - top) for x in logs)) >= -log(1 - CONFIDENCE)


def weighted_mean(strata: Strata) -> float:
    """The share of wrong fields, each look weighted by the inverse of its share (Hájek's ratio);
    0 without looks."""
    invoices = sum(sum(found) / share for share, found in strata)
    return sum(_wrong_share(found) / share for share, found in strata) / (invoices or 1.0)


def stratified_upper_bound(strata: Strata) -> float:
    """The upper bound for who looks once, of looks that found 0 or 1 wrong: the exact bound of
    each stratum, weighted by the invoices that it stands for. Of k strata each is at 1 - 5 % / k,
    so that all hold together (Bonferroni); of one, it is Clopper and Pearson's."""
    looked_at = [(share, found) for share, found in strata if sum(found)]
    invoices = sum(sum(found) / share for share, found in looked_at)
    confidence = 1 - (1 - CONFIDENCE) / max(len(looked_at), 1)
    sums = (
        sum(found) / share * exact_upper_bound(found[1], sum(found), confidence)
        for share, found in looked_at
    )
    return sum(sums) / invoices if invoices else 1.0


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


@cache
def _bets(least: float, most: float) -> tuple[tuple[float, float], ...]:
    """(part of the error probability, t): one for each share, then flatter ones, for when errors
    were found."""
    top, *later = shares(least, most)
    rest = (1 - _FIRST - (_LATER if later else 0)) / _FLATTER
    return (
        (_FIRST, _LEAN * top),
        *((_LATER / len(later), _LEAN * share) for share in later),
        *((rest, _LEAN * least / 2**k) for k in range(1, _FLATTER + 1)),
    )


def _log_product(strata: Strata, rate: float, t: float) -> float:
    return sum(
        count * log1p(t / share * (rate - wrong / (len(found) - 1)))
        for share, found in strata
        for wrong, count in enumerate(found)
        if count
    )


def _wrong_share(found: Sequence[int]) -> float:
    return sum(wrong * count for wrong, count in enumerate(found)) / (len(found) - 1)


def _at_most(errors: int, trials: int, rate: float) -> float:
    return sum(exp(_log_binomial(k, trials, rate)) for k in range(errors + 1))


def _log_binomial(k: int, trials: int, rate: float) -> float:
    choices = lgamma(trials + 1) - lgamma(k + 1) - lgamma(trials - k + 1)
    return (
        choices + k * log(rate) + (trials - k) * log1p(-rate) if rate else 0.0 if k == 0 else -700
    )
