"""Where automation stands against its error budget, and what follows from it.

The budget is the share of wrong fields among those that no person saw. Looks at random invoices
give the evidence. A bound of 0.1 % needs about 3,800 looks without an error, not 3,800 fields:
fields of one invoice are often wrong together, so clean fields do not count one by one. A new
installation cannot have that, and must work all the same. Hence three states:

    UNPROVEN  the bound is above the budget, but nothing found speaks against the reader. Nothing
              is held up; `most` of the straight-through invoices get a second look afterwards.
    PROVEN    the bound is within the budget. The share of looks falls to `least` as the bound
              falls to half the budget; when it rises above the budget the share is `most` again.
    EXCEEDED  the errors found are evidence that the rate is above the budget, be it since ever or
              since lately. Every invoice is looked at before it is booked.

EXCEEDED ends by evidence found since it began: the exact bound of the fields seen since then is
within the budget (500 looks without an error at 0.1 %). It counts fields one by one, which asks
less than PROVEN does: a reader that is still bad is found out again after some looks, and those
were before booking, so that what passes unseen stays within the budget.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from math import ceil, exp
from typing import Any, Final

from orchestrator.quality.bounds import exact_bound_is_within, running_upper_bound
from orchestrator.quality.comparing import FIELDS

UNPROVEN: Final = "UNPROVEN"
PROVEN: Final = "PROVEN"
EXCEEDED: Final = "EXCEEDED"

Found = tuple[int, ...]
"""How many looks found 0, 1, 2 ... fields wrong."""

NONE: Final[Found] = (0,) * (len(FIELDS) + 1)

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
        """Looks of one block of evidence: enough to prove a reader well within the budget."""
        return ceil(6 / self.budget)


@dataclass(frozen=True, slots=True)
class Standing:
    """What the looks have shown so far. The bound is that of the running block and the one
    before, so that old merits do not cover new faults; each block has its own 95 %."""

    state: str = UNPROVEN
    earlier: Found = NONE
    recent: Found = NONE
    since_exceeded: Found = NONE
    bets: tuple[float, ...] = _START

    @property
    def found(self) -> Found:
        return _sum(self.earlier, self.recent)

    @property
    def looks(self) -> int:
        return sum(self.found)

    @property
    def estimate(self) -> float:
        """The share of wrong fields among those looked at; 0 without looks."""
        return _wrong(self.found) / (len(FIELDS) * self.looks) if self.looks else 0.0

    @property
    def bound(self) -> float:
        """See `running_upper_bound`."""
        return running_upper_bound(self.found)

    def share(self, policy: Policy) -> float:
        """Of the straight-through invoices that come now, how many get a second look."""
        if self.state == EXCEEDED:
            return 1.0
        nearness = min(max(2 * self.bound / policy.budget - 1, 0.0), 1.0)
        return policy.least + nearness * (policy.most - policy.least)

    def as_json(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in Standing.__slots__}

    @staticmethod
    def from_json(data: Mapping[str, Any]) -> "Standing":
        parts: dict[str, Any] = {
            name: tuple(value) if isinstance(value, list) else value for name, value in data.items()
        }
        return Standing(**parts)


def after(standing: Standing, policy: Policy, wrong: int) -> Standing:
    """The standing once a look has found `wrong` fields wrong."""
    one = tuple(int(i == wrong) for i in range(len(NONE)))
    now = _counted(standing, policy, one)
    if now.state != EXCEEDED:
        now = replace(now, bets=_bets(now.bets, policy, wrong / len(FIELDS)))
        if sum(now.bets) >= _ALARM:
            return replace(now, state=EXCEEDED, since_exceeded=NONE)
    elif _earned(now.since_exceeded, policy):
        now = Standing(recent=now.since_exceeded)
    else:
        return now
    return _judged(now, policy)


def under(standing: Standing, policy: Policy) -> Standing:
    """The standing under a policy that is new. What is exceeded stays so until looks say more,
    and the bets, which were on the old budget, begin anew."""
    now = replace(standing, bets=_START)
    return now if now.state == EXCEEDED else _judged(now, policy)


def _judged(standing: Standing, policy: Policy) -> Standing:
    proven = standing.bound <= policy.budget
    return replace(standing, state=PROVEN if proven else UNPROVEN)


def _counted(standing: Standing, policy: Policy, one: Found) -> Standing:
    earlier, recent = standing.earlier, _sum(standing.recent, one)
    if sum(recent) >= policy.block:
        earlier, recent = recent, NONE
    since = _sum(standing.since_exceeded, one) if standing.state == EXCEEDED else NONE
    return replace(standing, earlier=earlier, recent=recent, since_exceeded=since)


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


def _earned(found: Found, policy: Policy) -> bool:
    return exact_bound_is_within(policy.budget, _wrong(found), len(FIELDS) * sum(found))


def _wrong(found: Found) -> int:
    return sum(wrong * looks for wrong, looks in enumerate(found))


def _sum(one: Found, other: Found) -> Found:
    return tuple(a + b for a, b in zip(one, other, strict=True))
