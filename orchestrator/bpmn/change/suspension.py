"""Suspended instances: what would move their tokens is kept, and done when they are resumed.

So no timer, message, signal or finished work is lost meanwhile. What is not possible after all
that is kept already is refused at once, as it would be if the instance ran: a second message for
an event that waits for one stays with the sender.
"""

from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from orchestrator.bpmn.handlers import Rejected, alive, perform
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import KEPT


def suspend(run: Run, command: c.SuspendInstance) -> None:
    root = alive(run, command.instance_key)
    if root.suspended:
        raise Rejected(f"Process instance {root.key} is suspended already.")
    run.emit(e.Suspended(root.key))


def resume(run: Run, command: c.ResumeInstance) -> None:
    root = alive(run, command.instance_key)
    if not root.suspended:
        raise Rejected(f"Process instance {root.key} is not suspended.")
    kept = root.data[KEPT]
    run.emit(e.Resumed(root.key))
    run.conditions_due.add(root.key)
    for data in kept:
        try:
            perform(run, c.from_json(data))
        except Rejected:  # a change meanwhile has ended what it was for
            continue


def postpones(run: Run, command: c.Command) -> bool:
    """Whether `command` is one for later, because its instance is suspended."""
    if not isinstance(command, c.ForElement) or run.state.get(command.key) is None:
        return False
    return run.root(command.key).suspended


def keep(run: Run, command: c.Command) -> None:
    """Raises Rejected for what will not be possible then."""
    assert isinstance(command, c.ForElement)  # noqa: S101  told by the caller
    root = run.root(command.key)
    trial = Run(run.definition, run.state, run.env, run.behaviours)
    resume(trial, c.ResumeInstance(root.key))
    perform(trial, command)
    run.emit(e.Kept(root.key, c.to_json(command)))
