"""Move the tokens of an instance by hand."""

from collections.abc import Iterator

from orchestrator.bpmn.commands import Assign, ModifyInstance
from orchestrator.kernel.errors import Conflict
from orchestrator.process.execute import execute, lock
from orchestrator.process.states import TERMINATED
from orchestrator.store.tables import ProcessInstance
from orchestrator.store.unit import Unit
from orchestrator.work.limits import check_payload


def modify(unit: Unit, command: ModifyInstance) -> ProcessInstance:
    """Raises NotFound, bpmn.Rejected, bpmn.BadInstruction, InvalidInput for variables that cannot
    be stored, and Conflict (process.called) when nothing would be left of an instance that
    another called."""
    for assigned in _assignments(command):
        check_payload(dict(assigned.variables))
    instance = lock(unit, command.instance_key)
    execute(unit, instance, command)
    if instance.state == TERMINATED and instance.parent_key is not None:
        text = f"This ends instance {instance.key}, which {instance.parent_key} called and awaits."
        raise Conflict(text, code="process.called")
    return instance


def _assignments(command: ModifyInstance) -> Iterator[Assign]:
    for activate in command.activate:
        yield from activate.variables
    for move in command.move:
        yield from move.variables
