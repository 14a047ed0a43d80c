"""Requests that wait for work to arrive in a queue, without a thread each."""

import asyncio
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager

from fastapi import Request

from orchestrator.api.services import Services
from orchestrator.store.notify import RESET, Notice

LOOK_UP = 1.0  # seconds after which a waiting request notices that the server or the client stops


async def wait(s: Services, request: Request, arrived: asyncio.Event, until: float) -> bool:
    """Until work may have come or is due; False when nobody waits any more."""
    clock = asyncio.get_running_loop().time
    while not arrived.is_set() and clock() < until:
        if s.closing.is_set() or await request.is_disconnected():
            return False
        try:
            await asyncio.wait_for(arrived.wait(), min(until - clock(), LOOK_UP))
        except TimeoutError:
            continue
    return True


@asynccontextmanager
async def work_arriving(
    s: Services, tenants: Collection[str], names: set[str], agent_key: int | None = None
) -> AsyncIterator[asyncio.Event]:
    """Set whenever one of the queues gets an item, or the agent that asks has changed; no thread
    waits for it."""
    arrived, loop = asyncio.Event(), asyncio.get_running_loop()

    def heard(notice: Notice) -> None:
        work = notice.topic == "queue" and notice.key in names
        asker = notice.topic == "agent" and notice.key == str(agent_key)
        if notice.topic == RESET or ((work or asker) and notice.tenant in tenants):
            loop.call_soon_threadsafe(arrived.set)

    with s.listener.subscribe(heard):
        yield arrived
