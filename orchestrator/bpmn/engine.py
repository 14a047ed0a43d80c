"""decide: a command and a state in, events out. Pure: no clock, no ids of its own, no I/O."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from orchestrator.bpmn import propagation, waiting
from orchestrator.bpmn.change import modification, suspension
from orchestrator.bpmn.elements import BEHAVIOURS
from orchestrator.bpmn.handlers import perform, settle
from orchestrator.bpmn.model import ProcessDefinition
from orchestrator.bpmn.run import Environment, Failed, Run
from orchestrator.bpmn.state import State
from orchestrator.feel import clock
from orchestrator.kernel.errors import Finding, InvalidModel

_CHANGES: Mapping[type, Callable[[Run, Any], None]] = {
    c.SuspendInstance: suspension.suspend,
    c.ResumeInstance: suspension.resume,
    c.ModifyInstance: modification.modify,
}


def decide(
    definition: ProcessDefinition, state: State, command: c.Command, env: Environment
) -> Sequence[e.Event]:
    """The events of `command`, up to the next wait states; `state` stays. Raises Rejected."""
    return execute(definition, state, command, env).events


def execute(
    definition: ProcessDefinition, state: State, command: c.Command, env: Environment
) -> Run:
    """As `decide`, giving the run, whose `state` is the one after its events. While the instance
    is suspended, what would move its tokens is kept until it is resumed."""
    run = Run(definition, state, env, BEHAVIOURS)
    with clock.at(env.now):
        _obey(run, command)
    return run


def _obey(run: Run, command: c.Command) -> None:
    change = _CHANGES.get(type(command))
    if change is not None:
        change(run, command)
        settle(run)
    elif suspension.postpones(run, command):
        suspension.keep(run, command)
    else:
        perform(run, command)


def catches(definition: ProcessDefinition, state: State, key: int, code: str) -> bool:
    """Whether an error of `code` from element `key` would be caught."""
    return propagation.catcher(definition, state, key, code) is not None


def armed(definition: ProcessDefinition, env: Environment) -> list[e.Event]:
    """What a deployed process waits for to be started: timers and subscriptions, of key 0.

    Raises InvalidModel for a start event whose time or name cannot be told without variables.
    """
    run = Run(definition, State(), env, BEHAVIOURS)
    starts = [definition.element(s) for s in definition.event_starts]
    try:
        with clock.at(env.now):
            return waiting.arm(
                run, waiting.DEFINITION, [s for s in starts if not s.has("conditional")]
            )
    except Failed as failure:
        finding = Finding(definition.id, "bpmn.start", str(failure))
        raise InvalidModel("A start event cannot wait for its event.", [finding]) from failure


def again(
    definition: ProcessDefinition, element_id: str, trigger: int, left: int | None, env: Environment
) -> Sequence[e.Event]:
    """The next time of a start event whose timer has fired; none when its cycle has ended."""
    run = Run(definition, State(), env, BEHAVIOURS)
    with clock.at(env.now):
        return waiting.next_time(
            run, waiting.DEFINITION, definition.element(element_id), trigger, left
        )
