"""What a batch operation does to one item. Its parameters are JSON, the same for all items."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any, Final

from orchestrator.bpmn.commands import ModifyInstance, Move
from orchestrator.process import (
    definitions,
    deletion,
    incidents,
    instances,
    job_workers,
    migrate,
    modification,
    suspension,
)
from orchestrator.store.unit import Unit

Parameters = Mapping[str, Any]
Kind = Callable[[Unit, int, Parameters], object]

CANCEL: Final = "CANCEL_PROCESS_INSTANCE"
RESOLVE: Final = "RESOLVE_INCIDENT"
SUSPEND: Final = "SUSPEND_PROCESS_INSTANCE"
RESUME: Final = "RESUME_PROCESS_INSTANCE"
MIGRATE: Final = "MIGRATE_PROCESS_INSTANCE"
MODIFY: Final = "MODIFY_PROCESS_INSTANCE"
UPDATE_JOB: Final = "UPDATE_JOB"
DELETE: Final = "DELETE_PROCESS_INSTANCE"
DELETE_DECISION: Final = "DELETE_DECISION_INSTANCE"


def _simply(change: Callable[[Unit, int], object]) -> Kind:
    return lambda unit, key, _: change(unit, key)


def _migrate(unit: Unit, key: int, parameters: Parameters) -> None:
    """`target`: key of the definition; `elements`: source id -> target id."""
    target = definitions.usable(unit, int(parameters["target"]))
    migrate.migrate(unit, key, target, parameters["elements"])


def _modify(unit: Unit, key: int, parameters: Parameters) -> None:
    """`moves`: pairs of source and target id; every token at the source goes to the target."""
    moves = tuple(Move(source, target, "inferred") for source, target in parameters["moves"])
    modification.modify(unit, ModifyInstance(key, move=moves))


def _update_job(unit: Unit, key: int, parameters: Parameters) -> None:
    """`retries`, `timeout` in milliseconds, `priority`; null leaves it."""
    milliseconds = parameters["timeout"]
    timeout = None if milliseconds is None else timedelta(milliseconds=milliseconds)
    job_workers.update(unit, key, parameters["retries"], timeout, parameters["priority"])


KINDS: Final[Mapping[str, Kind]] = {
    CANCEL: _simply(instances.cancel),
    RESOLVE: _simply(incidents.resolve),
    SUSPEND: _simply(suspension.suspend),
    RESUME: _simply(suspension.resume),
    MIGRATE: _migrate,
    MODIFY: _modify,
    UPDATE_JOB: _update_job,
    DELETE: _simply(deletion.delete_instance),
    DELETE_DECISION: _simply(deletion.delete_decision),
}
