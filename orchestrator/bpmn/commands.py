"""What can be asked of an instance."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

from msgspec import Struct, field
from msgspec.structs import asdict

Variables = Mapping[str, Any]


class ForElement(Struct, frozen=True):
    """What has happened to the live element `key`. It moves tokens, so a suspended instance keeps
    it for later."""

    key: int


class StartInstance(Struct, frozen=True):
    """`element_id`: the start event (or instantiating task) whose `trigger` has happened;
    without it the none start event."""

    instance_key: int
    variables: Variables = field(default_factory=dict)
    element_id: str | None = None
    trigger: int = 0


class CompleteElement(ForElement, frozen=True):
    """The work of a waiting task is done, with these results."""

    variables: Variables = field(default_factory=dict)


class FireTimer(ForElement, frozen=True):
    """The timer of `element_id` (a catch, boundary or start event) at element `key` is due.
    `left` is how often it repeats after that; None has no end."""

    element_id: str
    trigger: int = 0
    left: int | None = 0


class Deliver(ForElement, frozen=True):
    """A message or signal that `element_id` waits for at element `key` has come."""

    element_id: str
    trigger: int = 0
    variables: Variables = field(default_factory=dict)


class ReceiveSignal(ForElement, frozen=True):
    """A signal that was sent while the process `key` is suspended: for those who waited then
    (element key, event and trigger of each), and for who will, after what is kept."""

    name: str
    waiting: Sequence[tuple[int, str, int]] = ()
    variables: Variables = field(default_factory=dict)


class ThrowError(ForElement, frozen=True):
    code: str
    message: str = ""
    variables: Variables = field(default_factory=dict)


class ThrowEscalation(ForElement, frozen=True):
    code: str
    variables: Variables = field(default_factory=dict)


class SetVariables(Struct, frozen=True):
    """In the scope of element `key` when `local`, else where each is known from there upwards."""

    key: int
    variables: Variables
    local: bool = False


class ActivateAdHoc(ForElement, frozen=True):
    """Begin elements of the ad-hoc subprocess `key`, each with variables of its own: those of
    `given` go with the elements in order. `cancel_remaining`: end what runs in it first."""

    element_ids: Sequence[str]
    given: Sequence[Variables] = ()
    cancel_remaining: bool = False


class RaiseIncident(Struct, frozen=True):
    """`stage`: what is done again when it is resolved; see `events.IncidentRaised`."""

    key: int
    error_type: str
    message: str
    stage: str = "none"


class ResolveIncident(ForElement, frozen=True):
    """What an incident has stopped is tried again."""


class CancelInstance(Struct, frozen=True):
    instance_key: int


class SuspendInstance(Struct, frozen=True):
    """Let no token move until it is resumed; what happens meanwhile is kept."""

    instance_key: int


class ResumeInstance(Struct, frozen=True):
    """Go on, with what was kept first."""

    instance_key: int


class Assign(Struct, frozen=True):
    """Variables for the scope of element `scope_id`; the process's when it is empty."""

    variables: Variables
    scope_id: str = ""


class Activate(Struct, frozen=True):
    """Begin an element. `ancestor_key`: which of several instances of a scope it begins in."""

    element_id: str
    ancestor_key: int | None = None
    variables: tuple[Assign, ...] = ()


class Move(Struct, frozen=True):
    """End `source` (the key of one element instance, or the id of all) and begin `target_id`
    instead of each."""

    source: int | str
    target_id: str
    ancestor: Literal["direct", "inferred", "sourceParent"] = "direct"
    ancestor_key: int | None = None
    variables: tuple[Assign, ...] = ()


class ModifyInstance(Struct, frozen=True):
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
    | ReceiveSignal
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


def to_json(command: ForElement) -> dict[str, Any]:
    return {"command": type(command).__name__, **asdict(command)}


def from_json(data: Mapping[str, Any]) -> Command:
    """The command that `to_json` wrote."""
    fields = dict(data)
    made: Command = _BY_NAME[fields.pop("command")](**fields)
    return made
