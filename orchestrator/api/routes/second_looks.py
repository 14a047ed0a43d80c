"""Second looks: what was drawn, and what came out. They are answered as user tasks."""

from typing import Literal

from sqlmodel import col, select

from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.routes.look_tasks import title
from orchestrator.api.search import Found, Match, Search, find, page_of
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.people.roles import Permission
from orchestrator.process.look_answers import SETTLED
from orchestrator.store.tables import SecondLook

router = Section(prefix="/v2/second-looks", tags=["quality"])


class SecondLookView(Model):
    """`reading`, `truth`, `wrong` and the instance are told when the look is settled; the
    instance before that only to those who may see what was read. `holds`: the invoice waits for
    the look. `share`: how many were drawn then."""

    second_look_key: Key
    error_budget_key: Key
    process_instance_key: Key | None
    state: Literal["OPEN", "DISPUTED", "SETTLED"]
    title: str | None
    holds: bool
    share: float
    drawn_at: Instant
    settled_at: Instant | None
    settled_by: str | None
    answered_by: str | None
    reading: dict[str, str] | None
    truth: dict[str, str] | None
    wrong: list[str] | None


class SecondLookFilter(Filter):
    error_budget_key: Match[Key] | None = None
    state: Match[str] | None = None


COLUMNS = {
    "errorBudgetKey": col(SecondLook.budget_key),
    "state": col(SecondLook.state),
    "drawnAt": col(SecondLook.drawn_at),
    "settledAt": col(SecondLook.settled_at),
}


@router.post("/search")
def search_second_looks(body: Search[SecondLookFilter], caller: Anyone) -> Found[SecondLookView]:
    """The newest first, unless asked otherwise."""
    sees = caller.standing.may(Permission.SEE_SEALED)
    with caller.searching() as unit:
        query = select(SecondLook).where(unit.within(col(SecondLook.tenant_id)))
        rows, total = find(unit, query, body, COLUMNS, col(SecondLook.key).desc())
        return page_of([_view(row, sees=sees) for row in rows], total, body)


def _view(row: SecondLook, *, sees: bool) -> SecondLookView:
    settled = row.state == SETTLED
    return SecondLookView(
        second_look_key=row.key,
        error_budget_key=row.budget_key,
        process_instance_key=row.instance_key if settled or sees else None,
        state=row.state,
        title=title(row),
        holds=row.element_key is not None and not settled,
        share=row.share,
        drawn_at=row.drawn_at,
        settled_at=row.settled_at,
        settled_by=row.settled_by,
        answered_by=row.answered_by,
        reading=row.reading if settled else None,
        truth=row.truth,
        wrong=row.wrong,
    )
