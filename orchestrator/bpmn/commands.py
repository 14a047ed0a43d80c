"""What can be asked of an instance."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Literal, get_args

Variables = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class StartInstance:
    """`element_id`: the start event (or instantiating task) whose `trigger` has happened;
    without it the none start event."""

    instance_key: int
    variables: Variables = field(default_factory=dict)
    element_id: str | None = None
    trigger: int = 0


@dataclass(frozen=True, slots=True)
class CompleteElement:
    """The work of a waiting task is done, with these results."""

    key: int
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FireTimer:
    """The timer of `element_id` (a catch, boundary or start event) at element `key` is due.
    `left` is how often it repeats after that; None has no end."""

    key: int
    element_id: str
    trigger: int = 0
    left: int | None = 0


@dataclass(frozen=True, slots=True)
class Deliver:
    """A message or signal that `element_id` waits for at element `key` has come."""

    key: int
    element_id: str
    trigger: int = 0
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThrowError:
    key: int
    code: str
    message: str = ""
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ThrowEscalation:
    key: int
    code: str
    variables: Variables = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SetVariables:
    """In the scope of element `key` when `local`, else where each is known from there upwards."""

    key: int
    variables: Variables
    local: bool = False


@dataclass(frozen=True, slots=True)
class ActivateAdHoc:
    """Begin elements of the ad-hoc subprocess `key`."""

    key: int
    element_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RaiseIncident:
    """`stage`: what is done again when it is resolved; see `events.IncidentRaised`."""

    key: int
    error_type: str
    message: str
    stage: str = "none"


@dataclass(frozen=True, slots=True)
class ResolveIncident:
    key: int


@dataclass(frozen=True, slots=True)
class CancelInstance:
    instance_key: int


@dataclass(frozen=True, slots=True)
class SuspendInstance:
    """Let no token move until it is resumed; what happens meanwhile is kept."""

    instance_key: int


@dataclass(frozen=True, slots=True)
class ResumeInstance:
    """Go on, with what was kept first."""

    instance_key: int


@dataclass(frozen=True, slots=True)
class Assign:
    """Variables for the scope of element `scope_id`; the process's when it is empty."""

    variables: Variables
    scope_id: str = ""


@dataclass(frozen=True, slots=True)
class Activate:
    """Begin an element. `ancestor_key`: which of several instances of a scope it begins in."""

    element_id: str
    ancestor_key: int | None = None
    variables: tuple[Assign, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """End `source` (the key of one element instance, or the id of all) and begin `target_id`
    instead of each."""

    source: int | str
    target_id: str
    ancestor: Literal["direct", "inferred", "sourceParent"] = "direct"
    ancestor_key: int | None = None
    variables: tuple[Assign, ...] = ()


@dataclass(frozen=True, slots=True)
class ModifyInstance:
    """Begin, move and end elements by hand. `terminate`: keys of element instances, ids of all."""

    instance_key: int
    activate: tuple[Activate, ...] = ()
    move: tuple[Move, ...] = ()
    terminate: tuple[int | str, ...] = ()


Command = (
    StartInstance
    | CompleteElement
    | FireTimer
    | Deliver
    | ThrowError
    | ThrowEscalation
    | SetVariables
    | ActivateAdHoc
    | RaiseIncident
    | ResolveIncident
    | CancelInstance
    | SuspendInstance
    | ResumeInstance
    | ModifyInstance
)

_BY_NAME: dict[str, type] = {kind.__name__: kind for kind in get_args(Command)}


def to_json(command: Command) -> dict[str, Any]:
    return {"command": type(command).__name__, **asdict(command)}


def from_json(data: Mapping[str, Any]) -> Command:
    """The command that `to_json` wrote."""
    fields = dict(data)
    made: Command = _BY_NAME[fields.pop("command")](**fields)
    return made
