"""The bounds hold as often as they say, whatever the reader does and however the share changes."""

import random
from collections.abc import Callable
from itertools import pairwise

import pytest

from orchestrator.quality import (
    EXCEEDED,
    FIELDS,
    Policy,
    Strata,
    after,
    exact_upper_bound,
    first,
    running_upper_bound,
    stratified_upper_bound,
    weighted_mean,
)
from orchestrator.quality.bounds import running_bound_is_within, shares

LEAST, MOST = 0.02, 0.2
POLICY = Policy(budget=0.03, least=LEAST, most=MOST)
"""Thirty times the usual budget: the share falls to the least within 10,000 invoices."""
COURSES, INVOICES = 12, 9_000


def bound(*strata: tuple[float, tuple[int, ...]]) -> float:
    return running_upper_bound(strata, LEAST, MOST)


def clean(share: float, looks: int) -> tuple[float, tuple[int, ...]]:
    return share, (looks, 0, 0, 0, 0, 0, 0)


@pytest.mark.parametrize(
    ("errors", "trials", "bound"),
    [(0, 3000, 0.00099808), (2, 9864, 0.00063814), (0, 0, 1.0), (5, 5, 1.0), (1, 10, 0.39416)],
)
def test_the_exact_bound_is_clopper_and_pearsons(errors: int, trials: int, bound: float) -> None:
    assert exact_upper_bound(errors, trials) == pytest.approx(bound, rel=1e-4)
    stratum = (0.2, (trials - errors, errors))
    assert stratified_upper_bound((stratum,)) == pytest.approx(bound, rel=1e-4)


def test_strata_are_weighted_by_the_invoices_they_stand_for() -> None:
    """100 looks at 10 % and 100 at 2 %: 1,000 and 5,000 invoices."""
    strata: Strata = ((0.1, (100, 0)), (0.02, (90, 10)))
    assert weighted_mean(strata) == pytest.approx(0.1 * 5 / 6)
    each = exact_upper_bound(0, 100, 0.975), exact_upper_bound(10, 100, 0.975)
    assert stratified_upper_bound(strata) == pytest.approx(each[0] / 6 + each[1] * 5 / 6)
    assert stratified_upper_bound((*strata, (0.05, (0, 0)))) == stratified_upper_bound(strata)
    assert stratified_upper_bound(()) == 1.0


def test_a_bound_of_one_in_a_thousand_needs_thousands_of_clean_looks() -> None:
    assert bound(clean(MOST, 3700)) > 0.001
    assert bound(clean(MOST, 3800)) < 0.001


def test_more_errors_raise_the_bound_and_more_clean_looks_lower_it() -> None:
    bounds = [bound((MOST, (1000, one, 0, 0, 0, 0, 0))) for one in range(20)]
    assert bounds == sorted(bounds)
    assert bound((MOST, (1000, 0, 0, 0, 0, 0, 1))) > bounds[1]
    assert bound((MOST, (2000, 3, 0, 0, 0, 0, 0))) < bounds[3]
    assert bound(clean(MOST, 0)) == 1.0


def test_an_error_found_at_a_low_share_weighs_more() -> None:
    """It stands for ten times as many invoices."""
    low, high = clean(LEAST, 4000), clean(MOST, 4000)
    one_low, one_high = (LEAST, (3999, 1, 0, 0, 0, 0, 0)), (MOST, (3999, 1, 0, 0, 0, 0, 0))
    assert weighted_mean((one_low, high)) == pytest.approx(10 * weighted_mean((low, one_high)))
    assert bound(high, one_low) > bound(one_high, low)


def test_a_share_that_was_in_force_counts_even_without_a_look() -> None:
    """What came then may have been wrong, unseen."""
    assert bound(clean(MOST, 4000), clean(LEAST, 0)) > 5 * bound(clean(MOST, 4000))


def test_the_bound_asked_at_one_rate_is_the_bound() -> None:
    strata = ((MOST, (900, 2, 0, 0, 0, 0, 1)), clean(LEAST, 300))
    found = running_upper_bound(strata, LEAST, MOST)
    assert running_bound_is_within(found * 1.001, strata, LEAST, MOST)
    assert not running_bound_is_within(found * 0.999, strata, LEAST, MOST)


def test_shares_fall_in_like_steps_between_the_two() -> None:
    assert shares(1, 1) == (1,)
    found = shares(LEAST, MOST)
    assert (found[0], found[-1]) == (MOST, LEAST)
    assert list(found) == sorted(found, reverse=True)
    ratios = [b / a for a, b in pairwise(found)]
    assert ratios == pytest.approx([ratios[0]] * len(ratios))


def one_field(rng: random.Random, rate: float) -> int:
    return int(rng.random() < rate * len(FIELDS))


def all_or_none(rng: random.Random, rate: float) -> int:
    return len(FIELDS) * int(rng.random() < rate)


def rate_of(kind: str, invoice: int) -> float:
    """As a share of the fields. `sly`: bad as long as few are looked at."""
    worsening = 0.001 + 0.1 * max(invoice - INVOICES // 2, 0) / INVOICES
    return {"good": 0.003, "bad": 0.06, "worsening": worsening, "sly": 0.0001}[kind]


@pytest.mark.parametrize("kind", ["good", "bad", "worsening", "sly"])
@pytest.mark.parametrize("errors", [one_field, all_or_none])
def test_the_true_rate_of_all_invoices_is_seldom_ever_above_the_bound(
    kind: str, errors: Callable[[random.Random, float], int]
) -> None:
    """With the share that follows from what was found, as in the product. In at most 5 % of the
    courses is there a single moment at which it is."""
    missed = sum(is_missed(seed, kind, errors) for seed in range(COURSES))
    assert missed <= 0.05 * COURSES


def test_without_weights_the_bound_would_miss_who_errs_while_few_are_looked_at() -> None:
    rng, missed = random.Random(1), {"weighted": 0, "unweighted": 0}
    for _ in range(COURSES):
        high = sum(rng.random() < MOST for _ in range(3_000))
        low = [one_field(rng, 0.02) for _ in range(6_000)]
        seen = [wrong for wrong in low if rng.random() < LEAST]
        found = len(seen) - sum(seen), sum(seen), 0, 0, 0, 0, 0
        rate = sum(low) / 9_000 / len(FIELDS)
        missed["weighted"] += bound(clean(MOST, high), (LEAST, found)) < rate
        missed["unweighted"] += bound((MOST, (high + found[0], *found[1:]))) < rate
    assert missed == {"weighted": 0, "unweighted": COURSES}


def is_missed(seed: int, kind: str, errors: Callable[[random.Random, float], int]) -> bool:
    """Whether the wrong fields of all invoices since the evidence began, looked at or not, are ever
    a greater share of their fields than the bound. It is asked after each error and each tenth
    look: in between the rate falls."""
    rng, standing = random.Random(seed), first(POLICY)
    earlier, recent, held = [0, 0], [0, 0], [0, 0]  # invoices, and wrong fields of them
    for invoice in range(INVOICES):
        rate = rate_of(kind, invoice)
        if kind == "sly" and standing.share < MOST / 2:
            rate = 0.1
        wrong, before = errors(rng, rate), standing
        for count in (recent, held):
            count[0] += 1
            count[1] += wrong
        looked = rng.random() < standing.share
        if looked:
            standing = after(standing, POLICY, wrong, standing.share)
        if standing.state != EXCEEDED and before.state == EXCEEDED:
            earlier, recent = [0, 0], held
        elif standing.earlier != before.earlier:
            earlier, recent = recent, [0, 0]
        if standing.state != EXCEEDED or before.state != EXCEEDED:
            held = [0, 0]
        of, bad = earlier[0] + recent[0], earlier[1] + recent[1]
        if bad and (wrong or (looked and invoice % 10 == 0)):
            strata = (*standing.strata, (standing.share, (0,) * (len(FIELDS) + 1)))
            if running_bound_is_within(bad / of / len(FIELDS), strata, LEAST, MOST):
                return True
    return False
