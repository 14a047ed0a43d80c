"""A process definition: immutable, made once per deployed resource."""

from collections.abc import Mapping
from dataclasses import dataclass

from orchestrator.feel import Expression

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
class TimerSpec:
    kind: str  # timeDuration, timeDate
    value: Expression | str


@dataclass(frozen=True, slots=True)
class Flow:
    id: str
    source: str
    target: str
    condition: Expression | None = None


@dataclass(frozen=True, slots=True)
class Element:
    """One flow node. `kind` chooses its behaviour in `bpmn.elements`."""

    id: str
    kind: str
    name: str
    scope: str  # the id of the process or subprocess that holds it
    incoming: tuple[str, ...] = ()
    outgoing: tuple[str, ...] = ()
    inputs: tuple[Mapped, ...] = ()
    outputs: tuple[Mapped, ...] = ()
    default: str | None = None
    attached_to: str | None = None
    interrupting: bool = True
    boundaries: tuple[str, ...] = ()
    work: WorkSpec | None = None
    user: UserSpec | None = None
    decision: DecisionSpec | None = None
    script: ScriptSpec | None = None
    timer: TimerSpec | None = None
    error_code: str | None = None  # of an error event; None catches every error


@dataclass(frozen=True, slots=True)
class ProcessDefinition:
    id: str
    name: str
    elements: Mapping[str, Element]
    flows: Mapping[str, Flow]
    starts: Mapping[str, str]  # scope id -> its none start event

    def element(self, element_id: str) -> Element:
        return self.elements[element_id]
