"""Agents claim work; the request waits until there is some."""

import asyncio
from datetime import datetime
from typing import Annotated

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from pydantic import Field

from orchestrator.api.arrivals import wait, work_arriving
from orchestrator.api.model import Instant, JsonObject, Key, Model
from orchestrator.api.robocorp import environment
from orchestrator.api.section import Section
from orchestrator.api.security import AnAgent, Worker
from orchestrator.api.services import S, Services
from orchestrator.work import agents, claims, queues
from orchestrator.work.model import Claim

router = Section(prefix="/v2/work-items", tags=["agents"])

LONGEST_WAIT = 30


class ClaimRequest(Model):
    queues: Annotated[list[str], Field(min_length=1, max_length=1000)]
    max: Annotated[int, Field(ge=1, le=100)] = 1
    lease_seconds: Annotated[int, Field(ge=2, le=3600)] | None = None
    wait_seconds: Annotated[float, Field(ge=0)] = 0


class ClaimedItem(Model):
    work_item_key: Key
    queue: str
    run_key: Key
    run_token: str
    fencing_token: int
    lease_deadline: Instant
    attempt: int
    headers: JsonObject
    environment: dict[str, str]
    """The RC_ variables for the robot's process."""


class Claimed(Model):
    items: list[ClaimedItem]


@router.post("/claim")
async def claim_work_items(body: ClaimRequest, request: Request, caller: AnAgent, s: S) -> Claimed:
    """Leases up to `max` items; waits up to `waitSeconds` (at most 30) for the first one, unless
    the agent has said that it is draining."""
    clock = asyncio.get_running_loop().time
    end = clock() + min(body.wait_seconds, LONGEST_WAIT)
    agent = caller.agent
    async with work_arriving(s, {agent.tenant_id}, set(body.queues), agent.key) as arrived:
        while True:
            arrived.clear()
            items, due = await run_in_threadpool(_try, s, caller, body)
            if due is None or not await wait(s, request, arrived, min(end, clock() + due)):
                return Claimed(items=items)
            if clock() >= end:
                return Claimed(items=[])


def _try(s: Services, caller: Worker, body: ClaimRequest) -> tuple[list[ClaimedItem], float | None]:
    """What there is now; when there is nothing, in how many seconds a deferred item is due. None:
    there is no reason to wait."""
    seconds = body.lease_seconds or s.settings.lease_seconds
    with caller.begin() as unit:
        found = claims.claim(unit, caller.agent.key, body.queues, body.max, seconds)
        if found:
            return [_view(s, claim) for claim in found], None
        if agents.get(unit, caller.agent.key).status == agents.DRAINING:
            return [], None
        return [], _seconds(queues.next_due(unit, body.queues), unit.now)


def _seconds(due: datetime | None, now: datetime) -> float:
    return LONGEST_WAIT if due is None else max((due - now).total_seconds(), 0.05)


def _view(s: Services, claim: Claim) -> ClaimedItem:
    item = claim.item
    assert item.lease_deadline is not None  # noqa: S101  it has just been leased
    return ClaimedItem(
        work_item_key=item.key,
        queue=item.queue,
        run_key=claim.run_key,
        run_token=claim.run_token,
        fencing_token=item.fencing_token,
        lease_deadline=item.lease_deadline,
        attempt=item.attempts,
        headers=item.headers or {},
        environment=environment(s.settings.base_url, claim),
    )
