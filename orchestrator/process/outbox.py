"""What is sent to instances: written with the command that sends it, delivered in a later
transaction.

So a command locks one instance only, nothing is sent that is rolled back, and what was sent is
delivered once, whatever dies in between. See `deliveries`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy.dialects.postgresql import insert
from sqlmodel import col

from orchestrator.audit import append
from orchestrator.kernel.errors import Conflict
from orchestrator.store.tables import Delivery, Message
from orchestrator.store.unit import Unit

TOPIC = "delivery"

MESSAGE = "message"
SUBSCRIPTION = "subscription"
FREED = "freed"
SIGNAL = "signal"
DELIVER = "deliver"
RECEIVE = "receive"
START = "start"
CALL = "call"
RETURNED = "returned"
ERROR = "error"
ESCALATION = "escalation"
CANCEL = "cancel"


@dataclass(frozen=True, slots=True)
class Sent:
    """A message: its name and key find the receiver."""

    name: str
    correlation_key: str = ""
    variables: Mapping[str, Any] = field(default_factory=dict)
    message_id: str | None = None


def send(unit: Unit, kind: str, **payload: Any) -> None:
    """Put something on its way; the handler of its kind in `deliveries` takes the payload."""
    row = Delivery(key=unit.keys.next(), tenant_id=unit.tenant_id, kind=kind, payload=payload)
    unit.session.add(row)
    unit.notify(TOPIC, row.key)


def publish(unit: Unit, message: Sent, lifetime: timedelta) -> int:
    """Send a message, to be kept for `lifetime` until its receivers wait for it; its key.

    Raises Conflict (message.duplicate) while one with the same name, correlation key and message
    id is kept.
    """
    key = unit.keys.next()
    values = {
        "key": key,
        "tenant_id": unit.tenant_id,
        "name": message.name,
        "correlation_key": message.correlation_key,
        "message_id": message.message_id,
        "variables": dict(message.variables),
        "correlated": [],
        "published_at": unit.now,
        "expires_at": unit.now + lifetime,
    }
    statement = insert(Message).values(values).on_conflict_do_nothing().returning(col(Message.key))
    if unit.session.connection().execute(statement).first() is None:
        text = f"A message '{message.name}' with the id '{message.message_id}' was published."
        raise Conflict(text, code="message.duplicate")
    facts = {"name": message.name, "correlationKey": message.correlation_key}
    append(unit, f"message/{key}", "message.published", facts)
    send(unit, MESSAGE, message=key)
    return key
