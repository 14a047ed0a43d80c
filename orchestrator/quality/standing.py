"""Where automation stands against its error budget, and what follows from it.

The budget is the share of wrong fields among those that no person saw. Looks at random invoices
give the evidence. A bound of 0.1 % needs about 3,800 looks without an error, not 3,800 fields:
fields of one invoice are often wrong together, so clean fields do not count one by one. A new
installation cannot have that, and must work all the same. Hence three states:

    UNPROVEN  the bound is above the budget, but nothing found speaks against the reader. Nothing
              is held up; `most` of the straight-through invoices get a second look afterwards.
    PROVEN    the bound is within the budget. The share of looks falls, at most to `least`, as far
              as the bound then still is; when it rises above the budget the share is `most` again.
    EXCEEDED  the errors found are evidence that the rate is above the budget, be it since ever or
              since lately. Every invoice is looked at before it is booked.

EXCEEDED ends by evidence found since it began: the exact bound of the fields seen since then is
within the budget (500 looks without an error at 0.1 %). It counts fields one by one, which asks
less than PROVEN does: a reader that is still bad is found out again after some looks, and those
were before booking, so that what passes unseen stays within the budget.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from math import ceil, exp
from typing import Any, Final

from orchestrator.quality import bounds
from orchestrator.quality.bounds import Strata
from orchestrator.quality.comparing import FIELDS

UNPROVEN: Final = "UNPROVEN"
PROVEN: Final = "PROVEN"
EXCEEDED: Final = "EXCEEDED"

NONE: Final = (0,) * (len(FIELDS) + 1)
ALL: Final = 1.0
"""The share while the budget is exceeded."""

# Stakes of the bets against the reader, per whole invoice that is wrong: small ones win by many
# small errors, large ones by rare grave ones.
_STAKES: Final = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0)
_START: Final = (1 / len(_STAKES),) * len(_STAKES)
_ALARM: Final = 20.0


@dataclass(frozen=True, slots=True)
class Policy:
    """`budget`: the allowed share of wrong fields. `least` and `most`: between these the share
    of invoices that get a second look moves while nothing is held up."""

    budget: float = 0.001
    least: float = 0.02
    most: float = 0.2

    @property
    def block(self) -> int:
        """Looks of a block of evidence: enough to prove a reader well within the budget."""
        return ceil(8 / self.budget)

    @property
    def shares(self) -> tuple[float, ...]:
        """Those with which looks may be drawn while nothing is held up, falling."""
        return bounds.shares(self.least, self.most)

    def proves(self, strata: Strata, share: float) -> bool:
        """Whether the bound is within the budget, also when looks are drawn with that share."""
        found = (*strata, (share, NONE))
        return bounds.running_bound_is_within(self.budget, found, self.least, self.most)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the looks have shown so far, by the share with which they were drawn. The bound is that
    of the running block and the one before, so that old merits do not cover new faults; each pair
    has its own 95 %. `share`: of the straight-through invoices that come now, how many get a look.
    `since_exceeded`: how many looks at what was held up found 0, 1, 2 ... fields wrong."""

    share: float
    state: str = UNPROVEN
    earlier: Strata = ()
    recent: Strata = ()
    since_exceeded: tuple[int, ...] = NONE
    bets: tuple[float, ...] = _START

    @property
    def strata(self) -> Strata:
        return _sum(self.earlier, self.recent)

    @property
    def looks(self) -> int:
        return _looks(self.strata)

    @property
    def estimate(self) -> float:
        """The share of wrong fields, by `bounds.weighted_mean`."""
        return bounds.weighted_mean(self.strata)

    def bound(self, policy: Policy) -> float:
        """See `bounds.running_upper_bound`."""
        strata = (*self.strata, (self.share, NONE))
        return bounds.running_upper_bound(strata, policy.least, policy.most)

    def clean_looks_needed(self, policy: Policy) -> int:
        """How many looks more, if they find nothing wrong, lead out of EXCEEDED, or prove what is
        UNPROVEN at the present share; 0 when it is PROVEN."""
        if self.state == PROVEN:
            return 0
        low, high = 0, 1
        while not self._would_do(policy, high):
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (low, middle) if self._would_do(policy, middle) else (middle, high)
        return high

    def _would_do(self, policy: Policy, clean: int) -> bool:
        found = (clean, *NONE[1:])
        if self.state == EXCEEDED:
            return _earned(_added(self.since_exceeded, found), policy)
        return policy.proves(_sum(self.strata, ((self.share, found),)), self.share)

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in Standing.__slots__}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Standing":
        return Standing(**{name: _tuples(value) for name, value in data.items()})


def first(policy: Policy) -> Standing:
    """Nothing is known yet."""
    return Standing(share=policy.most, recent=((policy.most, NONE),))


def after(standing: Standing, policy: Policy, wrong: int, share: float) -> Standing:
    """The standing once a look, drawn with `share`, has found `wrong` fields wrong. To the bound it
    says nothing when it was drawn under a policy with other shares."""
    one = tuple(int(i == wrong) for i in range(len(NONE)))
    counts = share == ALL or share in policy.shares
    now = replace(standing, recent=_sum(standing.recent, ((share, one),) if counts else ()))
    if now.state != EXCEEDED:
        now = replace(now, bets=_bets(now.bets, policy, wrong / len(FIELDS)))
        if sum(now.bets) >= _ALARM:
            return replace(now, state=EXCEEDED, share=ALL, since_exceeded=NONE)
    else:
        # What was drawn before it was exceeded says nothing about what is held up since.
        held = _added(now.since_exceeded, one) if share == ALL else now.since_exceeded
        if not _earned(held, policy):
            return _turned(replace(now, since_exceeded=held), policy)
        now = Standing(share=policy.most, recent=((ALL, held),))
    return _judged(_turned(now, policy), policy)


def under(standing: Standing, before: Policy, policy: Policy) -> Standing:
    """The standing under a policy that is new. What is exceeded stays so until looks say more, and
    the bets, which were on the old budget, begin anew. With new shares so does the bound, whose
    proof needs them to be set before the looks."""
    same = (before.least, before.most) == (policy.least, policy.most)
    now = replace(standing, bets=_START) if same else replace(first(policy), state=standing.state)
    if standing.state == EXCEEDED:
        return replace(now, share=ALL, since_exceeded=standing.since_exceeded)
    return _judged(now, policy)


def _judged(standing: Standing, policy: Policy) -> Standing:
    """With the state, and the lowest share, that the evidence allows."""
    strata = standing.strata
    allowed = list(takewhile(lambda share: policy.proves(strata, share), policy.shares))
    share = allowed[-1] if allowed else policy.most
    recent = _sum(standing.recent, ((share, NONE),))
    return replace(standing, state=PROVEN if allowed else UNPROVEN, share=share, recent=recent)


def _turned(standing: Standing, policy: Policy) -> Standing:
    """A block of a reader that is proven ends when it proves the next lower share alone; that of
    another when it is full."""
    lower = next((x for x in policy.shares if x < standing.share), standing.share)
    full = _looks(standing.recent) >= policy.block
    if policy.proves(standing.recent, lower) if standing.state == PROVEN else full:
        return replace(standing, earlier=standing.recent, recent=((standing.share, NONE),))
    return standing


def _bets(bets: tuple[float, ...], policy: Policy, share: float) -> tuple[float, ...]:
    """Wealth of gamblers who bet, look after look, that the rate is above the budget, and begin
    anew when they would be better off: a mixture of CUSUM e-detectors. While the rate is within
    the budget none can expect to gain, so an alarm comes at most once in `_ALARM` looks, and in
    fact far less often (Shin, Ramdas, Rinaldo: E-detectors, a nonparametric framework for
    sequential change detection, New England Journal of Statistics in Data Science 2(2), 2024).
    """
    return tuple(
        max(wealth, start) * (1 + stake * share) * exp(-stake * policy.budget)
        for wealth, start, stake in zip(bets, _START, _STAKES, strict=True)
    )


def _earned(found: Sequence[int], policy: Policy) -> bool:
    wrong = sum(wrong * looks for wrong, looks in enumerate(found))
    return bounds.exact_bound_is_within(policy.budget, wrong, len(FIELDS) * sum(found))


def _sum(one: Strata, other: Strata) -> Strata:
    """The looks of both, the largest share first."""
    found = dict(one)
    for share, counts in other:
        found[share] = _added(found.get(share, NONE), counts)
    return tuple(sorted(found.items(), reverse=True))


def _added(one: Sequence[int], other: Sequence[int]) -> tuple[int, ...]:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _looks(strata: Strata) -> int:
    return sum(sum(found) for _, found in strata)


def _tuples(value: Any) -> Any:
    return tuple(_tuples(each) for each in value) if isinstance(value, list) else value
