"""Error budgets and the second looks that they are kept by."""

from typing import Any

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint
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


class ErrorBudget(SQLModel, table=True):
    """What one queue's readings of one group of vendors may cost in wrong fields, and where they
    stand. `standing` is `quality.Standing`; `state` and `share` are what follows from it. The row
    is the lock that serialises what looks find. `secret` keys the lots."""

    __tablename__ = "error_budget"
    __table_args__ = (
        UniqueConstraint("tenant_id", "queue", "vendor_group"),
        CheckConstraint("state IN ('UNPROVEN','PROVEN','EXCEEDED')", name="state_known"),
    )

    key: int = key()
    tenant_id: str = tenant()
    queue: str
    vendor_group: str
    budget: float
    least: float
    most: float
    standing: dict[str, Any] = json(nullable=False)
    state: str
    share: float
    state_since: Instant = instant()
    secret: bytes = Field(sa_type=LargeBinary)


class SecondLook(SQLModel, table=True):
    """One invoice that a person reads without seeing what the bot read (`reading`).

    OPEN      waits for a first person
    DISPUTED  who read otherwise than the bot; waits for another, who settles it
    SETTLED   `truth` is known, `wrong` are the fields in which the bot was not right

    `element_key`: the element that waits for the outcome; NULL when the invoice went on.
    `lesson`: the work item (`queue`, `payload`) that teaches a vendor's memory the invoice once
    more, when it was misread; NULL when nobody is to be taught.
    `state_after`, `estimate` and `bound` say where the budget stood once this was settled.
    """

    __tablename__ = "second_look"
    __table_args__ = (
        CheckConstraint("state IN ('OPEN','DISPUTED','SETTLED')", name="state_known"),
        Index("second_look_budget", "budget_key", "settled_at"),
        Index(
            "second_look_instance",
            "instance_key",
            postgresql_where="state <> 'SETTLED'",
        ),
    )

    key: int = key()
    tenant_id: str = tenant()
    budget_key: int = ref()
    instance_key: int = ref()
    element_key: int | None = optional_ref()
    state: str = "OPEN"
    document: dict[str, Any] | None = json()
    reading: dict[str, Any] = json(nullable=False)
    lesson: dict[str, Any] | None = json()
    share: float
    drawn_at: Instant = instant()
    answer: dict[str, Any] | None = json()
    answered_by: str | None = None
    truth: dict[str, Any] | None = json()
    wrong: list[str] | None = json()
    settled_at: Instant | None = optional_instant()
    settled_by: str | None = None
    state_after: str | None = None
    estimate: float | None = None
    bound: float | None = None
