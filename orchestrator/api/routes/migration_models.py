"""The bodies of migration plans."""

from typing import Annotated, Literal

from pydantic import Field

from orchestrator.api.model import Filter, Instant, Key, Model
from orchestrator.api.routes.change_models import (
    FindingView,
    Mapping,
    MappingInstruction,
    MissingView,
)
from orchestrator.api.search import Match

State = Literal["CHECKING", "READY", "CANARY", "PAUSED", "RUNNING", "DONE", "REVERTING", "REVERTED"]


class NewMigration(Model):
    source_process_definition_key: Key
    target_process_definition_key: Key
    mapping_instructions: Mapping
    process_instance_keys: Annotated[list[Key], Field(max_length=100_000)] | None = None
    """Without them, all running instances of the source."""


class Counts(Model):
    """How many instances; of those that have not gone, by what their dry run said."""

    total: int
    unchecked: int
    ok: int
    refused: int
    stuck: int
    lacks_variable: int
    migrated: int
    failed: int
    reverted: int
    kept: int


class MigrationView(Model):
    migration_key: Key
    process_definition_id: str
    source_process_definition_key: Key
    source_version: int
    target_process_definition_key: Key
    target_version: int
    mapping_instructions: list[MappingInstruction]
    state: State
    instances: Counts
    created_by: str
    created_at: Instant
    ended_at: Instant | None


class MemberView(Model):
    process_instance_key: Key
    state: Literal["PENDING", "MIGRATED", "FAILED", "REVERTED", "KEPT"]
    verdict: Literal["OK", "REFUSED", "STUCK", "LACKS_VARIABLE"] | None
    reason: str
    stuck_at: list[str]
    missing: list[MissingView]
    findings: list[FindingView]


class MigrationFilter(Filter):
    migration_key: Match[Key] | None = None
    source_process_definition_key: Match[Key] | None = None
    target_process_definition_key: Match[Key] | None = None
    state: Match[str] | None = None


class MemberFilter(Filter):
    process_instance_key: Match[Key] | None = None
    state: Match[str] | None = None
    verdict: Match[str] | None = None


class Go(Model):
    include_risky: bool = False
    """Also instances whose dry run says that they would be stuck or lack a variable."""


class Canary(Go):
    size: Annotated[int, Field(ge=1, le=100_000)]


class Pair(Model):
    source_process_definition_key: Key
    target_process_definition_key: Key


class ElementName(Model):
    element_id: str
    element_name: str
    type: str


class Suggestion(Model):
    mapping_instructions: list[MappingInstruction]
    source_elements: list[ElementName]
    target_elements: list[ElementName]
