"""What can be asked of an instance."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class StartInstance:
    instance_key: int
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CompleteElement:
    """The work of a waiting task is done, with these results."""

    key: int
    variables: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class FireTimer:
    """The timer of `element_id` (a catch event or a boundary event) at element `key` is due."""

    key: int
    element_id: str


@dataclass(frozen=True, slots=True)
class ThrowError:
    key: int
    code: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class RaiseIncident:
    key: int
    error_type: str
    message: str


@dataclass(frozen=True, slots=True)
class ResolveIncident:
    key: int


@dataclass(frozen=True, slots=True)
class CancelInstance:
    instance_key: int


Command = (
    StartInstance
    | CompleteElement
    | FireTimer
    | ThrowError
    | RaiseIncident
    | ResolveIncident
    | CancelInstance
)
