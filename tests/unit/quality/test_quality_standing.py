"""Automation keeps within its error budget, with readers that are good, bad or getting worse."""

import json
import random
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from orchestrator.quality import (
    EXCEEDED,
    FIELDS,
    PROVEN,
    UNPROVEN,
    Policy,
    Standing,
    after,
    first,
    under,
)

POLICY = Policy()
INVOICES = 30_000
TURN = 10_000  # the invoice from which the worsening reader worsens


@dataclass
class Outcome:
    """`unseen`: wrong fields booked before anybody looked, as a share of the budget for all
    invoices. `exceeded_at`: the invoices at which the budget was found exceeded."""

    unseen: float
    looks: int
    held: int
    proven: int
    exceeded_at: list[int]


def constant(rate: float) -> Callable[[int], float]:
    return lambda _: rate


def worsening(invoice: int) -> float:
    """Good for long, then slowly worse, up to twenty times the budget."""
    return 0.0001 + min(max(invoice - TURN, 0) * 1e-6, 0.02)


def one_field(rng: random.Random, rate: float) -> int:
    return int(rng.random() < rate * len(FIELDS))


def all_or_none(rng: random.Random, rate: float) -> int:
    return len(FIELDS) * int(rng.random() < rate)


def run(
    rate: Callable[[int], float], errors: Callable[..., int], seed: int, invoices: int = INVOICES
) -> Outcome:
    rng, standing = random.Random(seed), first(POLICY)
    unseen, outcome = 0, Outcome(0, 0, 0, 0, [])
    for invoice in range(invoices):
        wrong, held = errors(rng, rate(invoice)), standing.state == EXCEEDED
        unseen += 0 if held else wrong
        outcome.held += held
        outcome.proven += standing.state == PROVEN
        if rng.random() < standing.share:
            outcome.looks += 1
            standing = after(standing, POLICY, wrong, standing.share)
            if standing.state == EXCEEDED and not held:
                outcome.exceeded_at.append(invoice)
    outcome.unseen = unseen / (POLICY.budget * len(FIELDS) * invoices)
    return outcome


@pytest.mark.parametrize("errors", [one_field, all_or_none])
@pytest.mark.parametrize("times", [0.1, 1, 3, 10, 30])
def test_wrong_fields_that_pass_unseen_stay_within_the_budget(
    times: float, errors: Callable[..., int]
) -> None:
    outcomes = [run(constant(times * POLICY.budget), errors, seed, 12_000) for seed in range(5)]
    assert sum(o.unseen for o in outcomes) / len(outcomes) < 1


def test_a_faultless_reader_is_proven_and_then_looked_at_less() -> None:
    """No faster: as long as n invoices came at 2 %, 150 of them may be wrong unseen."""
    outcome = run(constant(0), one_field, 1, 60_000)
    assert outcome.exceeded_at == []
    assert outcome.proven > 40_000
    assert outcome.looks < 0.18 * 60_000


@pytest.mark.parametrize(("times", "invoices"), [(10, 1_000), (30, 400)])
def test_a_bad_reader_is_held_up_soon_and_stays_so(times: int, invoices: int) -> None:
    for seed in range(5):
        outcome = run(constant(times * POLICY.budget), one_field, seed, 5_000)
        assert outcome.exceeded_at[0] < invoices
        assert outcome.held > 5_000 - invoices - 200


@pytest.mark.parametrize("errors", [one_field, all_or_none])
def test_a_reader_that_worsens_is_held_up_however_good_it_was(errors: Callable[..., int]) -> None:
    for seed in range(3):
        outcome = run(worsening, errors, seed)
        late = [invoice for invoice in outcome.exceeded_at if invoice > TURN]
        assert late
        assert late[0] < TURN + 15_000
        assert outcome.unseen < 1


def test_a_reader_within_the_budget_is_seldom_held_up() -> None:
    outcomes = [run(constant(0.0001), one_field, seed) for seed in range(5)]
    assert sum(o.held for o in outcomes) < 0.01 * INVOICES * len(outcomes)


def test_at_first_nothing_is_known_and_nothing_is_held_up() -> None:
    assert first(POLICY).state == UNPROVEN
    assert first(POLICY).bound(POLICY) == 1
    assert first(POLICY).share == POLICY.most


def looked(standing: Standing, *found: int, policy: Policy = POLICY) -> Standing:
    """After looks that were drawn with the share in force."""
    for wrong in found:
        standing = after(standing, policy, wrong, standing.share)
    return standing


def test_the_share_falls_with_the_bound_and_never_so_that_the_bound_is_not_kept() -> None:
    policy = Policy(budget=0.03)  # of which less proves as much
    standing, shares = first(policy), []
    while standing.share > policy.least:
        standing = looked(standing, 0, policy=policy)
        shares.append(standing.share)
        assert standing.state == UNPROVEN or standing.bound(policy) <= policy.budget
    assert shares == sorted(shares, reverse=True)
    assert len(shares) < 800
    standing = looked(standing, *[0] * 400, policy=policy)
    assert (standing.state, standing.share) == (PROVEN, policy.least)


def test_the_share_rises_again_with_the_bound() -> None:
    standing = looked(first(POLICY), *[0] * 10_000)
    assert standing.share < POLICY.most
    while standing.state == PROVEN:
        standing = looked(standing, 1)
    assert standing.share >= POLICY.most


def test_one_invoice_read_all_wrong_among_the_first_holds_everything_up() -> None:
    standing = looked(first(POLICY), 0, len(FIELDS))
    assert standing.state == EXCEEDED
    assert standing.share == 1


def test_it_loosens_by_looks_made_since_and_forgets_what_was_before() -> None:
    standing = looked(first(POLICY), len(FIELDS))
    looks = 0
    while standing.state == EXCEEDED:
        assert standing.clean_looks_needed(POLICY) == 500 - looks
        standing, looks = looked(standing, 0), looks + 1
    assert looks == 500  # six fields each: the rule of three at 0.1 %
    assert (standing.state, standing.estimate, standing.looks) == (UNPROVEN, 0, 500)


def test_an_error_found_since_asks_for_more_clean_looks() -> None:
    standing = looked(first(POLICY), len(FIELDS), 0, 1)
    assert 700 < standing.clean_looks_needed(POLICY) < 800


def test_a_look_drawn_before_it_was_exceeded_does_not_lead_out_of_it() -> None:
    standing = looked(first(POLICY), len(FIELDS))
    assert after(standing, POLICY, 0, POLICY.most).clean_looks_needed(POLICY) == 500


def test_it_tells_how_many_clean_looks_prove_it() -> None:
    standing = looked(first(POLICY), 0)
    needed = standing.clean_looks_needed(POLICY)
    almost = looked(standing, *[0] * (needed - 1))
    assert (almost.state, almost.clean_looks_needed(POLICY)) == (UNPROVEN, 1)
    proven = looked(almost, 0)
    assert (proven.state, proven.clean_looks_needed(POLICY)) == (PROVEN, 0)


def test_new_shares_begin_the_evidence_anew_and_a_new_budget_does_not() -> None:
    standing = looked(first(POLICY), *[0] * 4_000)
    assert standing.state == PROVEN
    stricter = under(standing, POLICY, Policy(budget=0.0001))
    assert (stricter.state, stricter.looks) == (UNPROVEN, 4_000)
    other = Policy(most=0.5)
    anew = under(standing, POLICY, other)
    assert (anew.state, anew.looks, anew.share) == (UNPROVEN, 0, 0.5)
    assert after(anew, other, 0, POLICY.most).looks == 0
    held = under(looked(standing, len(FIELDS), len(FIELDS)), POLICY, other)
    assert (held.state, held.share) == (EXCEEDED, 1)


def test_a_standing_survives_its_way_through_json() -> None:
    standing = looked(first(POLICY), 0, 2)
    assert Standing.from_json(json.loads(json.dumps(standing.as_json()))) == standing
