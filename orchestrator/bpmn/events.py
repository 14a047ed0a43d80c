"""What happens to an instance. Only events change state; the ledger keeps them as JSON."""

from typing import Any

from msgspec import Struct, field

Json = dict[str, Any]


class Event(Struct, frozen=True):
    def to_json(self) -> Json:
        names = self.__struct_fields__
        return {"event": type(self).__name__} | {name: getattr(self, name) for name in names}


class Activated(Event, frozen=True):
    """`consumed`: the tokens a join took, by flow. `data`: what it begins with; see `Live`.
    `flow`: the one that its token came over, if it did not wait at a join."""

    key: int
    element_id: str
    element_kind: str
    scope_key: int | None
    consumed: dict[str, int] = field(default_factory=dict)
    data: Json = field(default_factory=dict)
    flow: str | None = None


class Completed(Event, frozen=True):
    key: int


class Terminated(Event, frozen=True):
    key: int


class Noted(Event, frozen=True):
    """An element remembers something about itself; None forgets it."""

    key: int
    name: str
    value: Any


class TokenWaits(Event, frozen=True):
    """A token has come to a join over `flow_id` and waits for the others."""

    scope_key: int
    element_id: str
    flow_id: str


class TokensDropped(Event, frozen=True):
    """Tokens that waited at joins of a scope are gone: all, or those at one join."""

    scope_key: int
    element_id: str | None = None


class VariableSet(Event, frozen=True):
    scope_key: int
    name: str
    value: Any


class OutputCollected(Event, frozen=True):
    """One instance of a multi-instance activity gave an item of its output collection."""

    key: int
    index: int
    value: Any


class WorkCreated(Event, frozen=True):
    key: int
    type: str
    retries: int
    headers: Json
    payload: Json
    reference: str | None = None


class UserTaskCreated(Event, frozen=True):
    key: int
    name: str
    form_id: str | None
    assignee: str | None
    candidate_groups: list[str]
    due_at: str | None
    priority: int
    separate_from: list[str]


class TimerSet(Event, frozen=True):
    """`element_id` is the event that fires; `key` the element that waits; `left` how often it
    repeats after the first time, None without end."""

    timer_key: int
    key: int
    element_id: str
    due_at: str
    trigger: int = 0
    left: int | None = 0


class Subscribed(Event, frozen=True):
    """`key` waits for the message or signal of `element_id`."""

    subscription_key: int
    key: int
    element_id: str
    kind: str
    name: str
    correlation_key: str = ""
    trigger: int = 0


class Unsubscribed(Event, frozen=True):
    """`key` no longer waits for the timers, messages and signals of these events."""

    key: int
    element_ids: list[str]


class Watched(Event, frozen=True):
    """The condition of `element_id` at element `key` was last seen to be `holds`; None: no longer
    looked at. The instance `root_key` remembers it."""

    root_key: int
    key: int
    element_id: str
    trigger: int
    holds: bool | None


class MessageSent(Event, frozen=True):
    key: int
    name: str
    correlation_key: str
    variables: Json
    message_id: str | None = None
    lifetime: float | None = None
    """Seconds that it waits for its receiver; None as is usual here."""


class SignalSent(Event, frozen=True):
    key: int
    name: str
    variables: Json


class InstanceCalled(Event, frozen=True):
    """`binding` and `version_tag` tell which version; see `model.CallSpec`."""

    key: int
    process_id: str
    variables: Json
    binding: str = "latest"
    version_tag: str | None = None


class ErrorEscaped(Event, frozen=True):
    """The instance ends with an error that the call activity which started it catches."""

    code: str
    message: str
    variables: Json


class EscalationEscaped(Event, frozen=True):
    """No event of the instance catches the escalation; the calling one may."""

    code: str
    variables: Json


class CompensationReady(Event, frozen=True):
    """An activity of `scope_key` has completed and can be undone."""

    key: int
    scope_key: int
    element_id: str
    variables: Json


class CompensationBegun(Event, frozen=True):
    """It is being undone, once."""

    key: int
    scope_key: int


class DecisionMade(Event, frozen=True):
    """For the record: which rules of which decision gave what. `explained`: see `dmn.explain`;
    those before the last of an element are what that one required."""

    key: int
    decision_id: str
    value: Any
    matched_rules: list[str] = field(default_factory=list)
    explained: Json = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)
    """Of the whole evaluation, at the last one of an element."""


class Warned(Event, frozen=True):
    """For the record: what an expression at an element could not tell, and read as null."""

    key: int
    expression: str
    messages: list[str]


class IncidentRaised(Event, frozen=True):
    """`stage`: what is tried again when it is resolved (activate, retry, complete,
    child_ended, turn, none; steps: all that `pausing` left over)."""

    incident_key: int
    key: int
    error_type: str
    message: str
    stage: str
    variables: Json = field(default_factory=dict)


class IncidentResolved(Event, frozen=True):
    key: int


class Suspended(Event, frozen=True):
    """No token of the instance moves until it is resumed."""

    key: int


class Kept(Event, frozen=True):
    """Something happened to the suspended instance `key`: this command, to be done then."""

    key: int
    command: Json


class Resumed(Event, frozen=True):
    """What was kept follows, as events of its own."""

    key: int


class ElementMigrated(Event, frozen=True):
    """A live element belongs to another definition now. `before` and `after` are what that
    changes: `element_id`, `joins` and `data` of `Live`."""

    key: int
    before: Json
    after: Json


class CompensableMigrated(Event, frozen=True):
    """What can undo a completed activity is that of another element now."""

    key: int
    scope_key: int
    before: str
    after: str


class WaitMigrated(Event, frozen=True):
    """`key` waits for the same timer, message or signal, as another event."""

    key: int
    before: str
    after: str


EVENTS: dict[str, type[Event]] = {kind.__name__: kind for kind in Event.__subclasses__()}


def from_json(data: Json) -> Event:
    """The event that `to_json` wrote."""
    fields = dict(data)
    return EVENTS[fields.pop("event")](**fields)
