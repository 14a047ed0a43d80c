"""Deployed DMN files, their decisions, and what these decided."""

from typing import Any

from sqlalchemy import ARRAY, CheckConstraint, Column, Index, LargeBinary, UniqueConstraint
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


class DecisionRequirements(SQLModel, table=True):
    """One version of a DMN file. `library`: the files it imports; `digest` covers them too."""

    __tablename__ = "decision_requirements"
    __table_args__ = (UniqueConstraint("tenant_id", "requirements_id", "version"),)

    key: int = key()
    tenant_id: str = tenant()
    deployment_key: int = ref()
    requirements_id: str
    version: int
    name: str
    resource_name: str
    digest: str
    xml: bytes
    library: list[bytes] = Field(sa_column=Column(ARRAY(LargeBinary), nullable=False))
    deployed_at: Instant = instant()
    deleted_at: Instant | None = optional_instant()


class DecisionDefinition(SQLModel, table=True):
    """One version of a decision, in the file `requirements_key`."""

    __tablename__ = "decision_definition"
    __table_args__ = (UniqueConstraint("tenant_id", "decision_id", "version"),)

    key: int = key()
    tenant_id: str = tenant()
    deployment_key: int = ref()
    requirements_key: int = ref(index=True)
    decision_id: str
    version: int
    name: str | None = None
    resource_name: str
    digest: str
    deployed_at: Instant = instant()
    deleted_at: Instant | None = optional_instant()


class DecisionInstance(SQLModel, table=True):
    """One decision of an evaluation, the `number`-th; those that the root required come first.
    `inputs` and `rules`: see `dmn.explain`."""

    __tablename__ = "decision_instance"
    __table_args__ = (
        CheckConstraint("kind IN ('DECISION_TABLE','LITERAL_EXPRESSION')", name="kind_known"),
        Index("decision_instance_recent", "tenant_id", "decision_id", "evaluation_key"),
        Index(
            "decision_instance_process",
            "instance_key",
            postgresql_where="instance_key IS NOT NULL",
        ),
    )

    evaluation_key: int = key()
    number: int = Field(primary_key=True)
    tenant_id: str = tenant()
    decision_key: int = ref()
    decision_id: str
    root_key: int = ref()
    requirements_key: int = ref()
    name: str
    version: int
    kind: str
    result: dict[str, Any] = json(nullable=False)
    """Wrapped as {"v": result}, as variables are."""
    inputs: list[dict[str, Any]] = json(nullable=False)
    rules: list[dict[str, Any]] = json(nullable=False)
    warnings: list[str] | None = json()
    """Of the whole evaluation, at its last decision."""
    failure: str | None = None
    """Why the decision could not answer; its result is null then."""
    instance_key: int | None = optional_ref()
    element_key: int | None = optional_ref()
    evaluated_at: Instant = instant()
