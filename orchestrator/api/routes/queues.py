"""Queues."""

from orchestrator.api.model import Filter, Instant, Model
from orchestrator.api.search import Found, Match, Search
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.api.short_lists import in_memory
from orchestrator.work import queues

router = Section(prefix="/v2/queues", tags=["work"])


class QueueView(Model):
    """How many items are in which state; `oldest`: since when the first one waits."""

    name: str
    new: int
    leased: int
    done: int
    failed: int
    review: int
    oldest: Instant | None


class QueueFilter(Filter):
    name: Match[str] | None = None


@router.post("/search")
def search_queues(body: Search[QueueFilter], caller: Anyone) -> Found[QueueView]:
    with caller.searching() as unit:
        found = [QueueView.model_validate(row) for row in queues.summary(unit)]
    return in_memory(found, body)
