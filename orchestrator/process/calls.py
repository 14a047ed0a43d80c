"""Call activities: instances that start others and wait for them.

Each function is one delivery, and locks the instance that it changes.
"""

from collections.abc import Mapping
from typing import Any

from sqlmodel import select

from orchestrator.bpmn import Rejected
from orchestrator.bpmn.commands import (
    CancelInstance,
    Command,
    CompleteElement,
    RaiseIncident,
    ThrowError,
    ThrowEscalation,
)
from orchestrator.kernel.errors import InvalidInput, NotFound
from orchestrator.process import bindings, instances
from orchestrator.process.execute import execute, lock
from orchestrator.process.loading import RowLoader
from orchestrator.process.start import Beginning, begin
from orchestrator.store.tables import Variable
from orchestrator.store.unit import Unit

Variables = Mapping[str, Any]


def call(
    unit: Unit,
    instance: int,
    element: int,
    process: str,
    variables: Variables,
    binding: str = "latest",
    version_tag: str | None = None,
) -> None:
    """Start what the call activity `element` calls; one that cannot start is its incident."""
    caller = lock(unit, instance)
    if RowLoader(unit, instance).element(element) is None:  # stopped meanwhile
        return
    beginning = Beginning(variables, parent=caller, parent_element_key=element)
    try:
        with unit.savepoint():
            definition = bindings.called(unit, caller, process, binding, version_tag)
            begin(unit, definition, beginning)
    except (NotFound, InvalidInput) as error:
        incident = RaiseIncident(element, "CALLED_ELEMENT_ERROR", error.message, "retry")
        execute(unit, caller, incident)


def returned(unit: Unit, instance: int) -> None:
    """A called instance has completed: its caller goes on with its variables."""
    called = instances.by_keys(unit, [instance]).get(instance)
    if called is None:  # deleted meanwhile
        return
    assert called.parent_key is not None  # noqa: S101  else nothing is sent
    assert called.parent_element_key is not None  # noqa: S101
    rows = unit.session.exec(select(Variable).where(Variable.scope_key == instance))
    variables = {row.name: row.value["v"] for row in rows}
    _execute(unit, called.parent_key, CompleteElement(called.parent_element_key, variables))


def error(
    unit: Unit, instance: int, element: int, code: str, message: str, variables: Variables
) -> None:
    """A called instance has ended with an error."""
    _execute(unit, instance, ThrowError(element, code, message, variables))


def escalation(unit: Unit, instance: int, element: int, code: str, variables: Variables) -> None:
    _execute(unit, instance, ThrowEscalation(element, code, variables))


def cancel(unit: Unit, instance: int) -> None:
    """The call activity has been stopped."""
    _execute(unit, instance, CancelInstance(instance))


def _execute(unit: Unit, instance: int, command: Command) -> None:
    try:
        execute(unit, lock(unit, instance), command)
    except Rejected:  # its element has ended meanwhile
        return
