"""Queues' items, the runs and attempts on them, the agents that hold them."""

from typing import Any

from sqlalchemy import BigInteger, CheckConstraint, Index, text
from sqlmodel import Field, SQLModel

from orchestrator.store.tables.columns import (
    Instant,
    instant,
    json,
    key,
    optional_instant,
    optional_ref,
    ref,
    tenant,
)


class WorkItem(SQLModel, table=True):
    """One unit of work. A lease is (run_key, lease_deadline, fencing_token).

    NEW      waits to be claimed, not before `not_before`
    LEASED   held by a run until `lease_deadline`
    DONE     released COMPLETED
    REVIEW   a business exception waits for a person
    FAILED   no attempts left, or an exception nobody handles; an operator may retry
    CANCELLED  its element or its owner withdrew it
    OUTPUT   made by a run as output of `parent_key`; never claimed
    """

    __tablename__ = "work_item"
    __table_args__ = (
        CheckConstraint(
            "state IN ('NEW','LEASED','DONE','FAILED','REVIEW','CANCELLED','OUTPUT')",
            name="state_known",
        ),
        CheckConstraint(
            "(state = 'LEASED') = (lease_deadline IS NOT NULL)", name="leased_has_deadline"
        ),
        Index(
            "work_item_claim",
            "tenant_id",
            "queue",
            text("priority DESC"),
            "key",
            postgresql_where="state = 'NEW' AND NOT held",
        ),
        Index("work_item_lease", "lease_deadline", postgresql_where="state = 'LEASED'"),
        Index(
            "work_item_reference",
            "tenant_id",
            "queue",
            "reference",
            unique=True,
            postgresql_where="reference IS NOT NULL",
        ),
        Index("work_item_element", "element_key", postgresql_where="element_key IS NOT NULL"),
        Index(
            "work_item_instance",
            "instance_key",
            postgresql_where="element_key IS NULL AND instance_key IS NOT NULL",
        ),
        Index("work_item_parent", "parent_key", postgresql_where="parent_key IS NOT NULL"),
        Index("work_item_run", "run_key", postgresql_where="state = 'LEASED'"),
    )

    key: int = key()
    tenant_id: str = tenant()
    queue: str
    state: str = "NEW"
    held: bool = False  # its process instance is suspended: not to be claimed
    priority: int = 0  # higher first
    reference: str | None = None
    payload: Any = json()
    headers: dict[str, Any] | None = json()
    output: Any = json()
    exception: dict[str, Any] | None = json()
    due_at: Instant | None = optional_instant()
    not_before: Instant | None = optional_instant()
    attempts: int = 0
    max_attempts: int = 3
    run_key: int | None = optional_ref()
    lease_deadline: Instant | None = optional_instant()
    fencing_token: int = Field(default=0, sa_type=BigInteger)
    parent_key: int | None = optional_ref()
    instance_key: int | None = optional_ref()
    element_key: int | None = optional_ref()
    element_id: str | None = None
    created_at: Instant = instant()
    updated_at: Instant = instant()


class WorkFile(SQLModel, table=True):
    """A file of a work item. `digest` is empty until the bytes have arrived."""

    __tablename__ = "work_file"
    __table_args__ = (Index("work_file_item", "item_key"), Index("work_file_digest", "digest"))

    key: int = key()
    tenant_id: str = tenant()
    item_key: int = ref()
    name: str
    digest: str | None = None


class Attempt(SQLModel, table=True):
    """One lease of an item by a run, from claim to release."""

    __tablename__ = "attempt"
    __table_args__ = (Index("attempt_item", "item_key", "number"),)

    key: int = key()
    tenant_id: str = tenant()
    item_key: int = ref()
    run_key: int = ref(index=True)
    number: int
    started_at: Instant = instant()
    ended_at: Instant | None = optional_instant()
    outcome: str | None = None  # COMPLETED, FAILED, LOST, RETURNED, CANCELLED
    exception: dict[str, Any] | None = json()


class Run(SQLModel, table=True):
    """One execution of a bot, started for `item_key`; it may reserve further items of `queue`."""

    __tablename__ = "run"
    __table_args__ = (
        Index("run_live", "agent_key", postgresql_where="ended_at IS NULL"),
        Index("run_item", "item_key"),
        Index("run_token", "token_digest", unique=True),
    )

    key: int = key()
    tenant_id: str = tenant()
    item_key: int = ref()
    agent_key: int = ref()
    queue: str
    token_digest: str
    lease_seconds: int
    started_at: Instant = instant()
    ended_at: Instant | None = optional_instant()
    outcome: str | None = None  # EXITED, TIMEOUT, MEMORY, CANCELLED, ENVIRONMENT_FAILED, LOST ...
    exit_code: int | None = None
    message: str | None = None


class RunLog(SQLModel, table=True):
    __tablename__ = "run_log"

    run_key: int = key()
    number: int = Field(primary_key=True)
    tenant_id: str = tenant()
    time: Instant = instant()
    stream: str
    text: str


class RunArtifact(SQLModel, table=True):
    __tablename__ = "run_artifact"
    __table_args__ = (
        Index("run_artifact_run", "run_key"),
        Index("run_artifact_digest", "digest"),
    )

    key: int = key()
    tenant_id: str = tenant()
    run_key: int = ref()
    name: str
    digest: str


class Agent(SQLModel, table=True):
    """A worker process on a machine. ONLINE and DRAINING become OFFLINE by silence."""

    __tablename__ = "agent"
    __table_args__ = (
        CheckConstraint("status IN ('ONLINE','DRAINING','OFFLINE')", name="status_known"),
    )

    key: int = key()
    tenant_id: str = tenant()
    name: str
    machine: str | None = None
    token_digest: str = Field(unique=True)
    status: str = "ONLINE"
    drain: bool = False
    queues: list[str] | None = json()
    problems: list[dict[str, Any]] | None = json()
    enrolled_at: Instant = instant()
    last_seen: Instant = instant()


class EnrollmentToken(SQLModel, table=True):
    """Lets one agent enrol, once."""

    __tablename__ = "enrollment_token"

    digest: str = Field(primary_key=True)
    tenant_id: str = tenant()
    name: str | None = None
    created_at: Instant = instant()
    expires_at: Instant = instant()
    used_at: Instant | None = optional_instant()
