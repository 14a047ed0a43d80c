"""The bounds hold as often as they say, whatever the reader does."""

import random
from collections.abc import Callable, Iterator

import pytest

from orchestrator.quality import FIELDS, exact_upper_bound, running_upper_bound

COURSES, LOOKS = 100, 800


def rate_of(kind: str, look: int) -> float:
    worsening = 0.001 + 0.03 * look / LOOKS
    return {"good": 0.0005, "bad": 0.02, "worsening": worsening}[kind]


def one_field(rng: random.Random, rate: float) -> int:
    return int(rng.random() < rate * len(FIELDS))


def each_by_itself(rng: random.Random, rate: float) -> int:
    return sum(rng.random() < rate for _ in FIELDS)


def all_or_none(rng: random.Random, rate: float) -> int:
    return len(FIELDS) * int(rng.random() < rate)


@pytest.mark.parametrize(
    ("errors", "trials", "bound"),
    [(0, 3000, 0.00099808), (2, 9864, 0.00063814), (0, 0, 1.0), (5, 5, 1.0), (1, 10, 0.39416)],
)
def test_the_exact_bound_is_clopper_and_pearsons(errors: int, trials: int, bound: float) -> None:
    assert exact_upper_bound(errors, trials) == pytest.approx(bound, rel=1e-4)


def test_a_bound_of_one_in_a_thousand_needs_thousands_of_clean_looks() -> None:
    assert running_upper_bound((3700, 0, 0, 0, 0, 0, 0)) > 0.001
    assert running_upper_bound((3800, 0, 0, 0, 0, 0, 0)) < 0.001


def test_more_errors_raise_the_bound_and_more_clean_looks_lower_it() -> None:
    bounds = [running_upper_bound((1000, one, 0, 0, 0, 0, 0)) for one in range(20)]
    assert bounds == sorted(bounds)
    assert running_upper_bound((1000, 0, 0, 0, 0, 0, 1)) > bounds[1]
    assert running_upper_bound((2000, 3, 0, 0, 0, 0, 0)) < bounds[3]
    assert running_upper_bound((0, 0, 0, 0, 0, 0, 0)) == 1.0


@pytest.mark.parametrize("kind", ["good", "bad", "worsening"])
@pytest.mark.parametrize("errors", [one_field, each_by_itself, all_or_none])
def test_the_true_rate_is_seldom_ever_above_the_bound(
    kind: str, errors: Callable[[random.Random, float], int]
) -> None:
    """In at most 5 % of the courses is there a single moment at which it is."""
    missed = sum(
        any(bound < mean for mean, bound in course(seed, kind, errors)) for seed in range(COURSES)
    )
    assert missed <= 0.05 * COURSES


def course(
    seed: int, kind: str, errors: Callable[[random.Random, float], int]
) -> Iterator[tuple[float, float]]:
    """The mean of the true rates so far and its bound, before each error and at the end: it is
    there that the bound is lowest."""
    rng, found, total = random.Random(seed), [0] * (len(FIELDS) + 1), 0.0
    for look in range(LOOKS):
        rate = rate_of(kind, look)
        wrong = errors(rng, rate)
        if wrong and look:
            yield total / look, running_upper_bound(found)
        found[wrong] += 1
        total += rate
    yield total / LOOKS, running_upper_bound(found)
