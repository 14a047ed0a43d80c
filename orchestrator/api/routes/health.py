"""Whether the server works, and how much it does."""

from typing import Literal

from fastapi import Response
from prometheus_client import CONTENT_TYPE_LATEST
from sqlalchemy import text

from orchestrator.api import metrics
from orchestrator.api.model import Model
from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.api.services import S

router = Section(tags=["health"])


class Health(Model):
    status: Literal["ok"]


@router.get("/healthz")
def healthz(s: S) -> Health:
    """Open. 503 while the database does not answer."""
    with s.database.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    return Health(status="ok")


@router.get(
    "/metrics",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}}},
)
def get_metrics(caller: Anyone) -> Response:
    """In Prometheus' text format."""
    with caller.begin() as unit:
        return Response(metrics.exposition(unit), media_type=CONTENT_TYPE_LATEST)
