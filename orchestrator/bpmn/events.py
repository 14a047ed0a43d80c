"""What happens to an instance. Only events change state; the ledger keeps them as JSON."""

from dataclasses import asdict, dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    def to_json(self) -> Json:
        return {"event": type(self).__name__, **asdict(self)}


@dataclass(frozen=True, slots=True)
class Activated(Event):
    """`joined`: the parallel gateway took one token from each of its incoming flows."""

    key: int
    element_id: str
    element_kind: str
    scope_key: int | None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Completed(Event):
    key: int


@dataclass(frozen=True, slots=True)
class Terminated(Event):
    key: int


@dataclass(frozen=True, slots=True)
class TokenWaits(Event):
    """A token has come to a join over `flow_id` and waits for the others."""

    scope_key: int
    element_id: str
    flow_id: str


@dataclass(frozen=True, slots=True)
class TokensDropped(Event):
    """The tokens that waited at joins of a scope are gone: it was terminated."""

    scope_key: int


@dataclass(frozen=True, slots=True)
class VariableSet(Event):
    scope_key: int
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class WorkCreated(Event):
    key: int
    type: str
    retries: int
    headers: Json
    payload: Json
    reference: str | None = None


@dataclass(frozen=True, slots=True)
class UserTaskCreated(Event):
    key: int
    name: str
    form_id: str | None
    assignee: str | None
    candidate_groups: list[str]
    due_at: str | None
    priority: int
    separate_from: list[str]


@dataclass(frozen=True, slots=True)
class TimerSet(Event):
    """`element_id` is the catch or boundary event that fires; `key` the element that waits."""

    timer_key: int
    key: int
    element_id: str
    due_at: str


@dataclass(frozen=True, slots=True)
class DecisionMade(Event):
    """For the record: which rules of which decision gave what."""

    key: int
    decision_id: str
    value: Any
    matched_rules: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class IncidentRaised(Event):
    """`stage`: what is tried again when it is resolved (activate, complete, none)."""

    incident_key: int
    key: int
    error_type: str
    message: str
    stage: str
    variables: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IncidentResolved(Event):
    key: int


EVENTS: dict[str, type[Event]] = {
    kind.__name__: kind
    for kind in (
        Activated, Completed, Terminated, TokenWaits, TokensDropped, VariableSet, WorkCreated,
        UserTaskCreated, TimerSet, DecisionMade, IncidentRaised, IncidentResolved,
    )
}  # fmt: skip


def from_json(data: Json) -> Event:
    """The event that `to_json` wrote."""
    fields = dict(data)
    return EVENTS[fields.pop("event")](**fields)
