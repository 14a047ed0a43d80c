"""Queues."""

from fastapi import APIRouter

from orchestrator.api.model import Filter, Instant, Model
from orchestrator.api.search import Found, Search, in_memory
from orchestrator.api.security import Anyone
from orchestrator.work import queues

router = APIRouter(prefix="/v2/queues", tags=["work"])


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
    name: str | None = None


@router.post("/search")
def search_queues(body: Search[QueueFilter], caller: Anyone) -> Found[QueueView]:
    name = body.filter.name if body.filter else None
    with caller.begin() as unit:
        found = [QueueView.model_validate(row) for row in queues.summary(unit)]
    return in_memory([queue for queue in found if name in {None, queue.name}], body)
