"""Error budgets: where automation stands, how it came there, and what may be set."""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal, NamedTuple

from pydantic import Field
from sqlmodel import col, func, select

from orchestrator import quality
from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone, ProcessManager
from orchestrator.process import error_budgets
from orchestrator.process.look_answers import SETTLED
from orchestrator.quality import Policy, Standing
from orchestrator.store.tables import ErrorBudget, SecondLook
from orchestrator.store.unit import Unit

router = Section(prefix="/v2/error-budgets", tags=["quality"])

POINTS = 120
"""Of the course, at most."""
MEMORY = 20_000
"""Looks that a budget tells of, at most."""

State = Literal["UNPROVEN", "PROVEN", "EXCEEDED"]


class PolicyBody(Model):
    """`budget`: the allowed share of wrong fields. `least`, `most`: the shares of invoices that
    get a second look, when all is proven and when nothing is."""

    queue: str = Field(min_length=1, max_length=200)
    vendor_group: str = Field("all", min_length=1, max_length=200)
    budget: float = 0.001
    least: float = 0.02
    most: float = 0.2


class ErrorBudgetView(Model):
    """`share`: of the invoices that come now, how many get a second look. `estimate` and `bound`
    (95 %, however often one looks) are of the share of wrong fields among all invoices, by the last
    `looks` looks, each weighted by the share it was drawn with. `clean_looks_needed`: how many more
    that find nothing wrong lead out of EXCEEDED, or to PROVEN; `clean_looks_made` of them since it
    is EXCEEDED. `open_looks` wait for people, the oldest since `oldest_open`."""

    error_budget_key: Key
    queue: str
    vendor_group: str
    budget: float
    least: float
    most: float
    state: State
    state_since: Instant
    share: float
    looks: int
    estimate: float
    bound: float
    clean_looks_needed: int
    clean_looks_made: int
    open_looks: int
    oldest_open: Instant | None


class Count(Model):
    """`name`: a field, or `invoice` for invoices with any field wrong. Two bounds of 95 %: the
    exact one by strata, for who looks once, and the running one, which holds however often one
    looks."""

    name: str
    wrong: int
    looks: int
    exact_bound: float
    running_bound: float


class CoursePoint(Model):
    time: Instant
    estimate: float
    bound: float
    state: State


class ErrorBudgetDetail(ErrorBudgetView):
    counts: list[Count]
    course: list[CoursePoint]


class Settled(NamedTuple):
    """Of a look that is settled: what the budget keeps of it."""

    settled_at: datetime
    wrong: list[str]
    share: float
    estimate: float
    bound: float
    state_after: State


class BudgetFilter(Filter):
    queue: Match[str] | None = None
    vendor_group: Match[str] | None = None
    state: Match[str] | None = None


COLUMNS = {
    "queue": col(ErrorBudget.queue),
    "vendorGroup": col(ErrorBudget.vendor_group),
    "state": col(ErrorBudget.state),
}


@router.post("/search")
def search_error_budgets(body: Search[BudgetFilter], caller: Anyone) -> Found[ErrorBudgetView]:
    with caller.searching() as unit:
        query = select(ErrorBudget).where(unit.within(col(ErrorBudget.tenant_id)))
        rows, total = find(unit, query, body, COLUMNS, col(ErrorBudget.key))
        return page_of([_view(unit, row) for row in rows], total, body)


@router.put("")
def set_error_budget(body: PolicyBody, caller: ProcessManager) -> ErrorBudgetView:
    """400 error_budget.policy for one that allows all or looks at nothing."""
    policy = Policy(body.budget, body.least, body.most)
    with caller.begin() as unit:
        return _view(unit, error_budgets.configure(unit, body.queue, body.vendor_group, policy))


@router.get("/{key}")
def get_error_budget(key: Key, caller: Anyone) -> ErrorBudgetDetail:
    with caller.begin() as unit:
        row = error_budgets.get(unit, key)
        view = _view(unit, row)
        looks = _last(unit, key)
        return ErrorBudgetDetail(
            **view.model_dump(),
            counts=_counts(looks[-view.looks :] if view.looks else [], row),
            course=_course(looks),
        )


def _view(unit: Unit, row: ErrorBudget) -> ErrorBudgetView:
    standing = Standing.from_json(row.standing)
    waiting, oldest = unit.session.exec(
        select(func.count(), func.min(SecondLook.drawn_at)).where(
            SecondLook.budget_key == row.key, SecondLook.state != SETTLED
        )
    ).one()
    facts = {
        "error_budget_key": row.key,
        "looks": standing.looks,
        "estimate": standing.estimate,
        "bound": standing.bound(error_budgets.policy_of(row)),
        "clean_looks_needed": standing.clean_looks_needed(error_budgets.policy_of(row)),
        "clean_looks_made": sum(standing.since_exceeded),
        "open_looks": waiting,
        "oldest_open": oldest,
    }
    return ErrorBudgetView.model_validate(row.model_dump(exclude={"key", "standing"}) | facts)


def _last(unit: Unit, budget_key: int) -> list[Settled]:
    """The last ones, in the order in which they counted."""
    columns = (SecondLook.settled_at, SecondLook.wrong, SecondLook.share)
    query = (
        select(*columns, SecondLook.estimate, SecondLook.bound, SecondLook.state_after)  # type: ignore[call-overload]
        .where(SecondLook.budget_key == budget_key, SecondLook.state == SETTLED)
        .order_by(col(SecondLook.settled_at).desc(), col(SecondLook.key).desc())
        .limit(MEMORY)
    )
    return [Settled(*row) for row in reversed(unit.session.exec(query).all())]


def _counts(looks: Sequence[Settled], row: ErrorBudget) -> list[Count]:
    counted = [
        _count(name, [name in look.wrong for look in looks], looks, row) for name in quality.FIELDS
    ]
    return [*counted, _count("invoice", [bool(look.wrong) for look in looks], looks, row)]


def _count(name: str, wrong: list[bool], looks: Sequence[Settled], row: ErrorBudget) -> Count:
    by_share = {row.share: [0, 0]}
    for is_wrong, look in zip(wrong, looks, strict=True):
        by_share.setdefault(look.share, [0, 0])[is_wrong] += 1
    strata: quality.Strata = tuple((share, tuple(found)) for share, found in by_share.items())
    return Count(
        name=name,
        wrong=sum(wrong),
        looks=len(looks),
        exact_bound=quality.stratified_upper_bound(strata),
        running_bound=quality.running_upper_bound(strata, row.least, row.most),
    )


def _course(looks: Sequence[Settled]) -> list[CoursePoint]:
    """The last point, and as many before it as can be drawn."""
    step = max(1, -(-len(looks) // POINTS))
    return [
        CoursePoint(
            time=look.settled_at,
            estimate=look.estimate,
            bound=look.bound,
            state=look.state_after,
        )
        for look in looks[(len(looks) - 1) % step :: step]
    ]
