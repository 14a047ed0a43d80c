"""The error tree.

    DeskhandError
    ├── InvalidInput          what was sent cannot be used; mend it and send again
    │   └── InvalidModel      a BPMN, DMN or form resource is refused; carries findings
    ├── NotFound              no such thing, or not in this tenant
    ├── Conflict              the thing is not in a state that allows this
    │   └── LeaseLost         the holder's lease has ended or gone to another
    ├── Unauthenticated       who are you?
    ├── Forbidden             you may not
    ├── TooLarge              over a stated limit
    └── Unavailable           a part Deskhand needs does not answer; try again

`code` is stable and documented: clients may branch on it. The message is for people and
says what is wrong, where, and what to do. Subclasses elsewhere narrow these by code; the
API maps the classes, never the codes, to HTTP.
"""

from collections.abc import Sequence
from dataclasses import dataclass


class DeskhandError(Exception):
    """Base of every error Deskhand raises on purpose."""

    code = "error"

    def __init__(self, message: str, *, code: str | None = None) -> None:
        super().__init__(message)
        if code is not None:
            self.code = code

    @property
    def message(self) -> str:
        return str(self)


class NotSupported(DeskhandError):
    """A part of a standard API that is not there."""

    code = "not_supported"


class InvalidInput(DeskhandError):
    code = "input.invalid"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing wrong with a model: where, which rule, what to do."""

    element: str
    rule: str
    message: str


class InvalidModel(InvalidInput):
    """A resource is refused at deployment. `findings` names every reason."""

    code = "model.invalid"

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        details = "".join(f"\n  {f.element}: {f.message} [{f.rule}]" for f in findings)
        super().__init__(message + details)
        self.summary = message
        self.findings = tuple(findings)


class NotFound(DeskhandError):
    code = "not_found"


class Conflict(DeskhandError):
    code = "conflict"


class Concurrent(Conflict):
    """Someone else has changed the same thing at the same time: trying again is safe."""

    code = "ledger.concurrent"


class LeaseLost(Conflict):
    code = "lease.lost"


class Unauthenticated(DeskhandError):
    code = "auth.required"


class Forbidden(DeskhandError):
    code = "auth.forbidden"


class TooLarge(DeskhandError):
    code = "input.too_large"


class Unavailable(DeskhandError):
    code = "unavailable"
