"""What the functions of this package take and give."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter
from typing import Any

from orchestrator.store.tables import Run

# Types of exception
BUSINESS = "BUSINESS"  # the input is wrong or needs judgement: never retried
APPLICATION = "APPLICATION"  # the machinery failed: retried
UNSPECIFIED = "UNSPECIFIED"  # the robot gave no reason: retried
ORCHESTRATOR = "ORCHESTRATOR"  # the run ended without releasing the item: retried

# What a bot says when it releases an item
COMPLETED = "COMPLETED"
FAILED = "FAILED"

# What settling an item led to
DONE = "DONE"
RETRY = "RETRY"
EXHAUSTED = "EXHAUSTED"
# and BUSINESS


@dataclass(frozen=True, slots=True)
class NewItem:
    """A work item to enqueue. `files` are (name, digest) of stored documents; the documents
    that the payload refers to are attached without being listed. `held`: not to be claimed yet."""

    queue: str
    payload: Any = None
    headers: Mapping[str, Any] | None = None
    priority: int = 0
    reference: str | None = None
    due_at: datetime | None = None
    not_before: datetime | None = None
    max_attempts: int = 3
    instance_key: int | None = None
    element_key: int | None = None
    element_id: str | None = None
    held: bool = False
    files: Sequence[tuple[str, str]] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class WorkException:
    """Why an item failed: `type` is one of the four above, `code` is what a BPMN error boundary
    catches, `message` is for people."""

    type: str
    code: str | None = None
    message: str | None = None

    def as_json(self) -> dict[str, Any]:
        """The form in which items and attempts keep it: what is empty is left out."""
        parts = {"type": self.type, "code": self.code, "message": self.message}
        return {name: part.strip() for name, part in parts.items() if part and part.strip()}


@dataclass(frozen=True, slots=True)
class Item:
    """A work item as a command left it; the fields are the columns of its row."""

    key: int
    tenant_id: str
    queue: str
    state: str
    priority: int
    payload: Any
    headers: dict[str, Any] | None
    output: Any
    exception: dict[str, Any] | None
    not_before: datetime | None
    attempts: int
    max_attempts: int
    run_key: int | None
    lease_deadline: datetime | None
    fencing_token: int
    instance_key: int | None
    element_key: int | None
    element_id: str | None

    @classmethod
    def of(cls, row: Any) -> "Item":
        """Of a row with these columns, whatever else it has."""
        return cls(*_columns(row))


_columns = attrgetter(*Item.__slots__)


def token_digest(token: str) -> str:
    """What the run row keeps of its token. The token is random: a plain hash is enough."""
    return hashlib.sha256(token.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Claim:
    """A leased item with the run made for it. The token is given once; the run row keeps only
    its digest."""

    item: Item
    agent_key: int
    lease_seconds: int
    started_at: datetime
    run_token: str

    @property
    def run_key(self) -> int:
        assert self.item.run_key is not None  # noqa: S101  it has just been leased
        return self.item.run_key

    @property
    def run(self) -> Run:
        """The run's row, made when it is asked for: that takes longer than all else in a claim."""
        return Run(
            key=self.run_key,
            tenant_id=self.item.tenant_id,
            item_key=self.item.key,
            agent_key=self.agent_key,
            queue=self.item.queue,
            token_digest=token_digest(self.run_token),
            lease_seconds=self.lease_seconds,
            started_at=self.started_at,
        )


@dataclass(frozen=True, slots=True)
class Settled:
    """An item whose lease ended. `outcome`: DONE, RETRY (NEW again), EXHAUSTED (FAILED) or
    BUSINESS (REVIEW). `repeated`: it had been settled so before, and nothing was done."""

    item: Item
    outcome: str
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Extended:
    """The answer to a heartbeat: new deadlines by run, runs whose lease is gone, and runs to
    stop because their item was withdrawn."""

    leases: dict[int, datetime]
    lost: list[int]
    cancelled: list[int]
