"""decide: a command and a state in, events out. Pure: no clock, no ids of its own, no I/O."""

from collections.abc import Callable, Sequence
from typing import Any

from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from orchestrator.bpmn import tokens
from orchestrator.bpmn.elements import BEHAVIOURS
from orchestrator.bpmn.model import ProcessDefinition
from orchestrator.bpmn.run import Environment, Failed, Run
from orchestrator.bpmn.state import Live, State
from orchestrator.kernel.errors import Conflict


class Rejected(Conflict):
    """The command does not fit the state: it was done before, or its element has ended."""

    code = "process.rejected"


def decide(
    definition: ProcessDefinition, state: State, command: c.Command, env: Environment
) -> Sequence[e.Event]:
    """The events of `command`, up to the next wait states; `state` stays. Raises Rejected."""
    return execute(definition, state, command, env).events


def execute(
    definition: ProcessDefinition, state: State, command: c.Command, env: Environment
) -> Run:
    """As `decide`, giving the run, whose `state` is the one after its events."""
    run = Run(definition, state, env, BEHAVIOURS)
    _HANDLERS[type(command)](run, command)
    try:
        run.drain()
    except Failed as failure:
        tokens.raise_incident(run, _any_key(run), failure, "none")
    return run


def catches(definition: ProcessDefinition, state: State, key: int, code: str) -> bool:
    """Whether an error of `code` from element `key` would be caught."""
    return tokens.catcher(definition, state, key, code) is not None


def _start(run: Run, command: c.StartInstance) -> None:
    key, definition = command.instance_key, run.definition
    if run.state.get(key) is not None:
        raise Rejected(f"Process instance {key} has started before.")
    run.emit(e.Activated(key, definition.id, "process", None))
    run.set_local(key, command.variables)
    tokens.begin(run, definition.element(definition.starts[definition.id]), key)


def _complete(run: Run, command: c.CompleteElement) -> None:
    live = _live(run, command.key)
    if live.incident is not None:
        run.emit(e.IncidentResolved(live.key))
    tokens.finish(run, live.key, command.variables)


def _fire(run: Run, command: c.FireTimer) -> None:
    live, event = _live(run, command.key), run.definition.element(command.element_id)
    if event.attached_to is None:
        tokens.finish(run, live.key, {})
    else:
        tokens.trigger(run, live, event)


def _throw(run: Run, command: c.ThrowError) -> None:
    live = _live(run, command.key)
    try:
        tokens.throw(run, live.key, command.code, command.message)
    except Failed as failure:
        tokens.raise_incident(run, live.key, failure, "activate")


def _raise_incident(run: Run, command: c.RaiseIncident) -> None:
    live = _live(run, command.key)
    if live.incident is None:
        tokens.raise_incident(run, live.key, Failed(command.error_type, command.message), "none")


def _resolve(run: Run, command: c.ResolveIncident) -> None:
    live = _live(run, command.key)
    if live.incident is None:
        raise Rejected(f"Element instance {live.key} has no incident.")
    stage, variables = live.incident["stage"], dict(live.incident["variables"])
    run.emit(e.IncidentResolved(live.key))
    again: dict[str, Callable[[], None]] = {
        "activate": lambda: tokens.activate(run, live.key),
        "complete": lambda: tokens.finish(run, live.key, variables),
    }
    if stage in again:
        run.later(again[stage])


def _cancel(run: Run, command: c.CancelInstance) -> None:
    tokens.stop(run, _live(run, command.instance_key).key)


def _live(run: Run, key: int) -> Live:
    live = run.state.get(key)
    if live is None:
        raise Rejected(f"Element instance {key} has ended.")
    return live


def _any_key(run: Run) -> int:
    return next(k for k in sorted(run.state.changed, reverse=True) if run.state.get(k))


_HANDLERS: dict[type, Callable[[Run, Any], None]] = {
    c.StartInstance: _start,
    c.CompleteElement: _complete,
    c.FireTimer: _fire,
    c.ThrowError: _throw,
    c.RaiseIncident: _raise_incident,
    c.ResolveIncident: _resolve,
    c.CancelInstance: _cancel,
}
