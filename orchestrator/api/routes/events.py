"""What changes, as it changes: server-sent events."""

import asyncio
import json
from collections.abc import AsyncIterator

from fastapi import Request
from fastapi.responses import StreamingResponse

from orchestrator.api.section import Section
from orchestrator.api.security import Anyone
from orchestrator.api.services import S, Services
from orchestrator.store.notify import RESET, Notice

router = Section(prefix="/v2", tags=["events"])

TOPICS = {
    "user-task",
    "work-item",
    "process-instance",
    "incident",
    "agent",
    "migration",
    "error-budget",
    "vendor",
}
KEPT = 1000
LOOK_UP = 1.0
ALIVE_EVERY = 15.0
LONGEST = 600.0  # then the browser connects again, and again has to show who it is


@router.get(
    "/events",
    response_class=StreamingResponse,
    responses={200: {"content": {"text/event-stream": {"schema": {"type": "string"}}}}},
)
async def stream_events(request: Request, caller: Anyone, s: S) -> StreamingResponse:
    """Events `change` with data {"topic", "key"}. The stream ends when some may have been
    missed: connect again and look for yourself."""
    stream = _stream(s, request, caller.tenant_id)
    headers = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
    return StreamingResponse(stream, media_type="text/event-stream", headers=headers)


async def _stream(s: Services, request: Request, tenant: str) -> AsyncIterator[str]:
    loop, notices = asyncio.get_running_loop(), asyncio.Queue[Notice | None](KEPT)

    def put(notice: Notice) -> None:
        if notices.full():  # a reader this slow has to start afresh
            notices.get_nowait()
        notices.put_nowait(None if notices.full() or notice.topic == RESET else notice)

    def heard(notice: Notice) -> None:
        if notice.topic == RESET or (notice.tenant == tenant and notice.topic in TOPICS):
            loop.call_soon_threadsafe(put, notice)

    with s.listener.subscribe(heard):
        yield "retry: 1000\n\n"
        async for text in _texts(s, request, notices):
            yield text


async def _texts(
    s: Services, request: Request, notices: "asyncio.Queue[Notice | None]"
) -> AsyncIterator[str]:
    clock = asyncio.get_running_loop().time
    end, quiet_since = clock() + LONGEST, clock()
    while clock() < end and not s.closing.is_set() and not await request.is_disconnected():
        try:
            notice = await asyncio.wait_for(notices.get(), LOOK_UP)
        except TimeoutError:
            if clock() - quiet_since > ALIVE_EVERY:
                quiet_since = clock()
                yield ": alive\n\n"
            continue
        if notice is None:
            return
        data = json.dumps({"topic": notice.topic, "key": notice.key})
        yield f"event: change\ndata: {data}\n\n"
