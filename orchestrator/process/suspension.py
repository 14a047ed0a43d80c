"""Suspend and resume instances."""

from orchestrator.bpmn.commands import ResumeInstance, SuspendInstance
from orchestrator.process.execute import execute, lock
from orchestrator.store.tables import ProcessInstance
from orchestrator.store.unit import Unit


def suspend(unit: Unit, key: int) -> ProcessInstance:
    """What it has called goes on, but its results are kept. Raises NotFound, bpmn.Rejected."""
    instance = lock(unit, key)
    execute(unit, instance, SuspendInstance(key))
    return instance


def resume(unit: Unit, key: int) -> ProcessInstance:
    """Go on with what was kept, in the order it came. Raises NotFound, bpmn.Rejected."""
    instance = lock(unit, key)
    execute(unit, instance, ResumeInstance(key))
    return instance
