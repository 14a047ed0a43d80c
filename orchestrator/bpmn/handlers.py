"""What each command does to the tokens of an instance."""

from collections.abc import Callable, Mapping
from typing import Any

from orchestrator.bpmn import commands as c
from orchestrator.bpmn import compensation, joins, loops, pausing, propagation, tokens, waiting
from orchestrator.bpmn import events as e
from orchestrator.bpmn.elements import ad_hoc, call
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live
from orchestrator.kernel.errors import Conflict


class Rejected(Conflict):
    """The command does not fit the state: it was done before, or its element has ended."""

    code = "process.rejected"


def perform(run: Run, command: c.Command) -> None:
    """Do one command, up to the next wait states. Raises Rejected."""
    _HANDLERS[type(command)](run, command)
    settle(run)


def settle(run: Run) -> None:
    """Do the steps that are left, up to the next wait states."""
    try:
        run.drain(STEPS, _at_rest)
    except Failed as failure:
        pausing.pause(run, failure)


def _at_rest(run: Run) -> None:
    """All tokens wait: what depends on more than one of them."""
    while not run.todo and (run.unsettled or run.conditions_due):
        joins.settle(run)
        waiting.check_conditions(run)


def _start(run: Run, command: c.StartInstance) -> None:
    key, definition = command.instance_key, run.definition
    if run.state.get(key) is not None:
        raise Rejected(f"Process instance {key} has started before.")
    run.emit(e.Activated(key, definition.id, "process", None))
    tokens.declare(run, key, definition.id)
    if command.element_id is None:
        run.set_local(key, command.variables)
    try:
        armed = waiting.arm(run, key, definition.events_of.get(definition.id, ()))
    except Failed as failure:
        tokens.raise_incident(run, key, failure, "none")
        return
    for event in armed:
        run.emit(event)
    if command.element_id is not None:
        _begin_with(run, definition.element(command.element_id), command)
        return
    for start in definition.starts[definition.id]:
        tokens.begin(run, definition.element(start), key)


def _begin_with(run: Run, element: Element, command: c.StartInstance) -> None:
    """Start with an event that has happened. Of a parallel event-based gateway the other events
    are waited for (BPMN 2.0, 13.2.4)."""
    data = {waiting.CAUGHT: dict(command.variables), "trigger": command.trigger}
    tokens.begin(run, element, command.instance_key, data=data)
    for flow in (run.definition.flows[f] for f in element.incoming):
        gateway = run.definition.element(flow.source)
        if gateway.instantiate and gateway.parallel_type:
            for other in (f.target for f in gateway.outgoing):
                if other != element.id:
                    tokens.begin(run, run.definition.element(other), command.instance_key)


def _complete(run: Run, command: c.CompleteElement) -> None:
    live = alive(run, command.key)
    if live.incident is not None:
        run.emit(e.IncidentResolved(live.key))
    element, variables = run.element(live), command.variables
    if element.call is not None:
        variables = call.results(element, variables)
    tokens.finish(run, live.key, variables)


def _fire(run: Run, command: c.FireTimer) -> None:
    live, event = alive(run, command.key), run.definition.element(command.element_id)
    try:
        waiting.rearm(run, live, event, command.trigger, command.left)
    except Failed as failure:
        tokens.raise_incident(run, live.key, failure, "none")
        return
    waiting.happened(run, live, event, command.trigger, {})


def _deliver(run: Run, command: c.Deliver) -> None:
    live, event = alive(run, command.key), run.definition.element(command.element_id)
    waiting.happened(run, live, event, command.trigger, command.variables)


def _receive(run: Run, command: c.ReceiveSignal) -> None:
    """Raises Rejected when nothing waits for it."""
    new = [
        (armed.key, armed.element_id, armed.trigger)
        for armed in run.events
        if isinstance(armed, e.Subscribed) and (armed.kind, armed.name) == ("signal", command.name)
    ]
    reached = [each for each in (*command.waiting, *new) if run.state.get(each[0]) is not None]
    if not reached:
        raise Rejected(f"Nothing in process instance {command.key} waits for {command.name}.")
    for key, event, trigger in reached:
        live = run.state.get(key)
        if live is not None:  # not ended by the one before
            element = run.definition.element(event)
            waiting.happened(run, live, element, trigger, command.variables)


def _throw(run: Run, command: c.ThrowError) -> None:
    live = alive(run, command.key)
    try:
        propagation.throw_error(run, live.key, command.code, command.message, command.variables)
    except Failed as failure:
        tokens.raise_incident(run, live.key, failure, "activate")


def _escalate(run: Run, command: c.ThrowEscalation) -> None:
    propagation.escalate(run, alive(run, command.key).key, command.code, command.variables)


def _set_variables(run: Run, command: c.SetVariables) -> None:
    live = alive(run, command.key)
    if command.local:
        run.set_local(live.key, command.variables)
    else:
        run.propagate(live.key, command.variables)


def _activate_ad_hoc(run: Run, command: c.ActivateAdHoc) -> None:
    live = alive(run, command.key)
    element = run.definition.elements.get(live.element_id)  # none of the process itself
    if element is None or element.ad_hoc is None:
        raise Rejected(f"{live.element_id} is no ad-hoc subprocess.")
    if command.cancel_remaining:
        tokens.stop_children(run, live.key)
    try:
        ad_hoc.begin(run, live, element, command.element_ids, command.given)
    except Failed as failure:
        raise Rejected(str(failure)) from failure


def _raise_incident(run: Run, command: c.RaiseIncident) -> None:
    live = alive(run, command.key)
    if live.incident is None:
        failure = Failed(command.error_type, command.message)
        tokens.raise_incident(run, live.key, failure, command.stage)


def _resolve(run: Run, command: c.ResolveIncident) -> None:
    live = alive(run, command.key)
    if live.incident is None:
        raise Rejected(f"Element instance {live.key} has no incident.")
    stage, variables = live.incident["stage"], dict(live.incident["variables"])
    run.emit(e.IncidentResolved(live.key))
    if stage == pausing.STAGE:
        pausing.go_on(run, variables)
    elif stage == "complete":
        tokens.finish(run, live.key, variables)
    elif stage in STEPS:
        run.later(stage, live.key)


def _cancel(run: Run, command: c.CancelInstance) -> None:
    tokens.stop(run, alive(run, command.instance_key).key)


def alive(run: Run, key: int) -> Live:
    """The live element of a key. Raises Rejected."""
    live = run.state.get(key)
    if live is None:
        raise Rejected(f"Element instance {key} has ended.")
    return live


STEPS: Mapping[str, Callable[[Run, int], object]] = {
    "activate": tokens.activate,
    "retry": tokens.retry,
    "child_ended": tokens.end_scope,
    "turn": loops.go_on,
    "undo_next": compensation.undo_next,
    "undo_inside": compensation.undo_inside,
}
"""What commands leave to be done one after another. The names stay: incidents keep them."""

_HANDLERS: dict[type, Callable[[Run, Any], None]] = {
    c.StartInstance: _start,
    c.CompleteElement: _complete,
    c.FireTimer: _fire,
    c.Deliver: _deliver,
    c.ReceiveSignal: _receive,
    c.ThrowError: _throw,
    c.ThrowEscalation: _escalate,
    c.SetVariables: _set_variables,
    c.ActivateAdHoc: _activate_ad_hoc,
    c.RaiseIncident: _raise_incident,
    c.ResolveIncident: _resolve,
    c.CancelInstance: _cancel,
}
