"""A process definition: immutable, made once per deployed resource."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from orchestrator.feel import Expression

SYNCHRONISING = ("parallelGateway", "inclusiveGateway", "complexGateway")
Value = Expression | str | None
"""What a `zeebe:` attribute holds: FEEL when it begins with `=`, else a static text."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """One zeebe:input or zeebe:output. `target` may be a path: `a.b`."""

    source: Expression | str
    target: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class WorkSpec:
    type: Value
    retries: int
    headers: Mapping[str, Expression | str]


@dataclass(frozen=True, slots=True)
class UserSpec:
    form_id: str | None = None
    assignee: Value = None
    candidate_groups: Value = None
    due: Value = None
    priority: Value = None
    separate_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DecisionSpec:
    decision_id: Value
    result_variable: str


@dataclass(frozen=True, slots=True)
class ScriptSpec:
    expression: Expression
    result_variable: str


@dataclass(frozen=True, slots=True)
class CallSpec:
    """What a call activity calls, and which variables cross the border (zeebe:calledElement)."""

    process_id: Value
    all_in: bool = True
    all_out: bool = True
    binding: str = "latest"
    """Which version: `latest`, that of the caller's `deployment`, or the newest of a tag
    (`versionTag`)."""
    version_tag: str | None = None


@dataclass(frozen=True, slots=True)
class TimerSpec:
    kind: str  # timeDuration, timeDate, timeCycle
    value: Expression | str


@dataclass(frozen=True, slots=True)
class Trigger:
    """One event definition of an event (BPMN 2.0, 10.5.5)."""

    kind: str
    """message, signal, timer, error, escalation, conditional, compensate, link, cancel,
    terminate."""
    name: Value = None
    """Of a message, signal or link; the code of an error or escalation, None catching every."""
    correlation_key: Value = None
    message_id: Value = None
    """Of a message that is thrown: a second one with the same id is not sent while one is kept."""
    lifetime: Value = None
    """How long a message that is thrown waits for its receiver; None as is usual here."""
    timer: TimerSpec | None = None
    condition: Expression | None = None
    activity: str | None = None
    """Compensate this one only."""
    waits: bool = True
    """A compensation throw event goes on only when all handlers are done."""


@dataclass(frozen=True, slots=True)
class LoopSpec:
    """Multi-instance or standard loop characteristics (BPMN 2.0, 10.3.8)."""

    standard: bool = False
    sequential: bool = False
    collection: Value = None
    item: str | None = None
    cardinality: Value = None
    output_collection: str | None = None
    output_item: Expression | None = None
    condition: Expression | None = None
    """Multi-instance: ends it when true. Standard loop: goes on while true."""
    test_before: bool = False
    maximum: int | None = None
    behavior: str = "All"
    events: tuple[tuple[Expression | None, Trigger], ...] = ()
    """Thrown when an instance completes, as `behavior` (None, One, Complex) says."""


@dataclass(frozen=True, slots=True)
class AdHocSpec:
    active: Expression | None = None
    """The ids to begin with; None begins all activities without incoming flows."""
    completion: Expression | None = None
    cancel_remaining: bool = True
    sequential: bool = False


@dataclass(frozen=True, slots=True)
class Flow:
    id: str
    source: str
    target: str
    condition: Expression | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """One flow node. `kind`, its name in the XML, chooses its behaviour in `bpmn.elements`."""

    id: str
    kind: str
    name: str
    scope: str  # the id of the process or subprocess that holds it
    incoming: tuple[str, ...] = ()
    outgoing: tuple[Flow, ...] = ()
    inputs: tuple[Mapped, ...] = ()
    outputs: tuple[Mapped, ...] = ()
    default: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    boundaries: tuple[str, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    parallel_multiple: bool = False
    instantiate: bool = False
    parallel_type: bool = False  # of an event-based gateway: needs all its events
    work: WorkSpec | None = None
    user: UserSpec | None = None
    decision: DecisionSpec | None = None
    script: ScriptSpec | None = None
    call: CallSpec | None = None
    loop: LoopSpec | None = None
    ad_hoc: AdHocSpec | None = None
    by_event: bool = False  # an event subprocess
    for_compensation: bool = False
    start_quantity: int = 1
    completion_quantity: int = 1
    activation: Expression | None = None  # of a complex gateway

    def has(self, trigger_kind: str) -> bool:
        return any(t.kind == trigger_kind for t in self.triggers)


@dataclass(frozen=True, slots=True)
class ProcessDefinition:
    id: str
    name: str
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    starts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Scope id -> what begins with it: its none start event, else all that nothing leads to."""
    events_of: Mapping[str, tuple[Element, ...]] = field(default_factory=dict)
    """Scope id -> the start events of its event subprocesses, where it has any."""
    event_starts: tuple[str, ...] = ()
    """What an event from outside starts the process with."""
    handlers: Mapping[str, str] = field(default_factory=dict)
    """Activity id -> its compensation handler."""
    data: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Scope id -> its data objects and properties."""
    joins: frozenset[str] = frozenset()
    """The elements that wait for more than one token."""
    upstream: Mapping[str, Mapping[str, frozenset[str]]] = field(default_factory=dict)
    """Inclusive or complex join -> incoming flow -> the elements a token may come from."""

    conditional: bool = False
    """Whether it has conditional events."""
    version_tag: str | None = None
    start_form: str | None = None
    """What a person fills in who starts the process."""

    @property
    def has_none_start(self) -> bool:
        """Whether it can be started without an event."""
        return bool(self.starts[self.id])

    def element(self, element_id: str) -> Element:
        return self.elements[element_id]

    def link_target(self, throw: Element) -> Element:
        """The link catch event of the same name in the same scope (BPMN 2.0, 10.5.5)."""
        name = throw.triggers[0].name
        return next(
            other
            for other in self.elements.values()
            if other.kind == "intermediateCatchEvent"
            and other.scope == throw.scope
            and any(t.kind == "link" and t.name == name for t in other.triggers)
        )
