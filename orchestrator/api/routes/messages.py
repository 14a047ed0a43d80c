"""Messages and signals to processes."""

from datetime import timedelta
from typing import Annotated

from pydantic import Field

from orchestrator.api.model import JsonObject, Key, Model
from orchestrator.api.section import Section
from orchestrator.api.security import Sender
from orchestrator.process import messages, signals
from orchestrator.process.outbox import Sent

router = Section(prefix="/v2", tags=["messages"])

Name = Annotated[str, Field(min_length=1, max_length=500)]
YEAR = 366 * 24 * 3600 * 1000


class Correlation(Model):
    name: Name
    correlation_key: Annotated[str, Field(max_length=1000)] = ""
    variables: JsonObject | None = None


class Publication(Correlation):
    time_to_live: Annotated[int, Field(ge=0, le=10 * YEAR)] = 0
    """Milliseconds for which it is kept until someone waits for it."""
    message_id: Annotated[str, Field(max_length=1000)] | None = None


class Published(Model):
    tenant_id: str
    message_key: Key


class Correlated(Published):
    process_instance_key: Key


class Signal(Model):
    signal_name: Name
    variables: JsonObject | None = None


class Broadcast(Model):
    tenant_id: str
    signal_key: Key


@router.post("/messages/publication")
def publish_message(body: Publication, caller: Sender) -> Published:
    """To whoever waits for it now or before its time to live is over, each process once."""
    sent = Sent(body.name, body.correlation_key, body.variables or {}, body.message_id or None)
    with caller.begin() as unit:
        key = messages.publish(unit, sent, timedelta(milliseconds=body.time_to_live))
        return Published(tenant_id=unit.tenant_id, message_key=key)


@router.post("/messages/correlation")
def correlate_message(body: Correlation, caller: Sender) -> Correlated:
    """To one that waits for it now. 404 message.no_receiver when nobody does."""
    sent = Sent(body.name, body.correlation_key, body.variables or {})
    with caller.begin() as unit:
        found = messages.correlate(unit, sent)
        return Correlated(
            tenant_id=unit.tenant_id,
            message_key=found.message_key,
            process_instance_key=found.receiver.key,
        )


@router.post("/signals/broadcast")
def broadcast_signal(body: Signal, caller: Sender) -> Broadcast:
    """To all that wait for it now."""
    with caller.begin() as unit:
        key = signals.broadcast(unit, body.signal_name, body.variables or {})
        return Broadcast(tenant_id=unit.tenant_id, signal_key=key)
