"""What happens to an instance. Only events change state; the ledger keeps them as JSON."""

from dataclasses import dataclass, field, fields
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Event:
    def to_json(self) -> Json:
        names = (one.name for one in fields(self))
        return {"event": type(self).__name__} | {name: getattr(self, name) for name in names}


@dataclass(frozen=True, slots=True)
class Activated(Event):
    """`consumed`: the tokens a join took, by flow. `data`: what it begins with; see `Live`.
    `flow`: the one that its token came over, if it did not wait at a join."""

    key: int
    element_id: str
    element_kind: str
    scope_key: int | None
    consumed: dict[str, int] = field(default_factory=dict)
    data: Json = field(default_factory=dict)
    flow: str | None = None


@dataclass(frozen=True, slots=True)
class Completed(Event):
    key: int


@dataclass(frozen=True, slots=True)
class Terminated(Event):
    key: int


@dataclass(frozen=True, slots=True)
class Noted(Event):
    """An element remembers something about itself; None forgets it."""

    key: int
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class TokenWaits(Event):
    """A token has come to a join over `flow_id` and waits for the others."""

    scope_key: int
    element_id: str
    flow_id: str


@dataclass(frozen=True, slots=True)
class TokensDropped(Event):
    """Tokens that waited at joins of a scope are gone: all, or those at one join."""

    scope_key: int
    element_id: str | None = None


@dataclass(frozen=True, slots=True)
class VariableSet(Event):
    scope_key: int
    name: str
    value: Any


@dataclass(frozen=True, slots=True)
class OutputCollected(Event):
    """One instance of a multi-instance activity gave an item of its output collection."""

    key: int
    index: int
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
    """`element_id` is the event that fires; `key` the element that waits; `left` how often it
    repeats after the first time, None without end."""

    timer_key: int
    key: int
    element_id: str
    due_at: str
    trigger: int = 0
    left: int | None = 0


@dataclass(frozen=True, slots=True)
class Subscribed(Event):
    """`key` waits for the message or signal of `element_id`."""

    subscription_key: int
    key: int
    element_id: str
    kind: str
    name: str
    correlation_key: str = ""
    trigger: int = 0


@dataclass(frozen=True, slots=True)
class Unsubscribed(Event):
    """`key` no longer waits for the timers, messages and signals of these events."""

    key: int
    element_ids: list[str]


@dataclass(frozen=True, slots=True)
class Watched(Event):
    """The condition of `element_id` at element `key` was last seen to be `holds`; None: no longer
    looked at. The instance `root_key` remembers it."""

    root_key: int
    key: int
    element_id: str
    trigger: int
    holds: bool | None


@dataclass(frozen=True, slots=True)
class MessageSent(Event):
    key: int
    name: str
    correlation_key: str
    variables: Json
    message_id: str | None = None
    lifetime: float | None = None
    """Seconds that it waits for its receiver; None as is usual here."""


@dataclass(frozen=True, slots=True)
class SignalSent(Event):
    key: int
    name: str
    variables: Json


@dataclass(frozen=True, slots=True)
class InstanceCalled(Event):
    """`binding` and `version_tag` tell which version; see `model.CallSpec`."""

    key: int
    process_id: str
    variables: Json
    binding: str = "latest"
    version_tag: str | None = None


@dataclass(frozen=True, slots=True)
class ErrorEscaped(Event):
    """The instance ends with an error that the call activity which started it catches."""

    code: str
    message: str
    variables: Json


@dataclass(frozen=True, slots=True)
class EscalationEscaped(Event):
    """No event of the instance catches the escalation; the calling one may."""

    code: str
    variables: Json


@dataclass(frozen=True, slots=True)
class CompensationReady(Event):
    """An activity of `scope_key` has completed and can be undone."""

    key: int
    scope_key: int
    element_id: str
    variables: Json


@dataclass(frozen=True, slots=True)
class CompensationBegun(Event):
    """It is being undone, once."""

    key: int
    scope_key: int


@dataclass(frozen=True, slots=True)
class DecisionMade(Event):
    """For the record: which rules of which decision gave what. `explained`: see `dmn.explain`;
    those before the last of an element are what that one required."""

    key: int
    decision_id: str
    value: Any
    matched_rules: list[str] = field(default_factory=list)
    explained: Json = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    """Of the whole evaluation, at the last one of an element."""


@dataclass(frozen=True, slots=True)
class Warned(Event):
    """For the record: what an expression at an element could not tell, and read as null."""

    key: int
    expression: str
    messages: list[str]


@dataclass(frozen=True, slots=True)
class IncidentRaised(Event):
    """`stage`: what is tried again when it is resolved (activate, retry, complete,
    child_ended, turn, none; steps: all that `pausing` left over)."""

    incident_key: int
    key: int
    error_type: str
    message: str
    stage: str
    variables: Json = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class IncidentResolved(Event):
    key: int


@dataclass(frozen=True, slots=True)
class Suspended(Event):
    """No token of the instance moves until it is resumed."""

    key: int


@dataclass(frozen=True, slots=True)
class Kept(Event):
    """Something happened to the suspended instance `key`: this command, to be done then."""

    key: int
    command: Json


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """What was kept follows, as events of its own."""

    key: int


@dataclass(frozen=True, slots=True)
class ElementMigrated(Event):
    """A live element belongs to another definition now. `before` and `after` are what that
    changes: `element_id`, `joins` and `data` of `Live`."""

    key: int
    before: Json
    after: Json


@dataclass(frozen=True, slots=True)
class CompensableMigrated(Event):
    """What can undo a completed activity is that of another element now."""

    key: int
    scope_key: int
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class WaitMigrated(Event):
    """`key` waits for the same timer, message or signal, as another event."""

    key: int
    before: str
    after: str


EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}


def from_json(data: Json) -> Event:
    """The event that `to_json` wrote."""
    fields = dict(data)
    return EVENTS[fields.pop("event")](**fields)
