"""How tokens move: elements begin, end, are stopped; scopes end; errors look for a catcher."""

from collections.abc import Mapping
from typing import Any

from orchestrator.bpmn import events as e
from orchestrator.bpmn.model import Element, Flow, ProcessDefinition
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live, State
from orchestrator.bpmn.timers import due_at


def take(run: Run, flow: Flow, scope_key: int) -> None:
    """Send a token along `flow`."""
    target = run.definition.element(flow.target)
    if target.kind == "parallelGateway" and len(target.incoming) > 1:
        run.emit(e.TokenWaits(scope_key, target.id, flow.id))
        scope = run.state.get(scope_key)
        waiting = scope.joins.get(target.id, {}) if scope else {}
        if all(waiting.get(f) for f in target.incoming):
            begin(run, target, scope_key, joined=True)
        return
    begin(run, target, scope_key)


def begin(run: Run, element: Element, scope_key: int, *, joined: bool = False) -> None:
    """A new instance of `element`; it acts in a later step."""
    key = run.env.keys.next()
    run.emit(e.Activated(key, element.id, element.kind, scope_key, joined))
    run.later(lambda: activate(run, key))


def activate(run: Run, key: int) -> None:
    live = run.state.get(key)
    if live is None:  # stopped in between by a terminate end event
        return
    element = run.element(live)
    try:
        if element.inputs:
            run.set_local(key, run.mapped(element.inputs, key, {}))
        timers = _boundary_timers(run, live, element)
        run.behaviours[element.kind].activate(run, live, element)
    except Failed as failure:
        raise_incident(run, key, failure, "activate")
        return
    # Only now: an element that fails begins again once its incident is resolved, and would
    # leave two timers.
    if timers and run.state.get(key) is not None:
        for timer in timers:
            run.emit(timer)


def _boundary_timers(run: Run, live: Live, element: Element) -> list[e.TimerSet]:
    boundaries = (run.definition.element(b) for b in element.boundaries)
    return [_timer(run, live.key, b) for b in boundaries if b.timer is not None]


def set_timer(run: Run, key: int, event: Element) -> None:
    run.emit(_timer(run, key, event))


def _timer(run: Run, key: int, event: Element) -> e.TimerSet:
    due = due_at(run, event, key)
    return e.TimerSet(run.env.keys.next(), key, event.id, due.isoformat())


def finish(run: Run, key: int, variables: Mapping[str, Any]) -> None:
    """The element has done its work: map its results, leave it, send its tokens on."""
    live = run.state.get(key)
    if live is None:
        return
    element = run.element(live)
    try:
        flows = _leave(run, live, element, variables)
    except Failed as failure:
        raise_incident(run, key, failure, "complete", variables)
        return
    run.emit(e.Completed(key))
    assert live.scope_key is not None  # noqa: S101  the process itself ends in `end_scope`
    scope_key = live.scope_key
    for flow in flows:
        take(run, flow, scope_key)
    if not flows:  # else its scope has a token more
        run.later(lambda: end_scope(run, scope_key))


def _leave(run: Run, live: Live, element: Element, variables: Mapping[str, Any]) -> list[Flow]:
    flows = run.behaviours[element.kind].flows(run, live, element)
    assert live.scope_key is not None  # noqa: S101
    if element.outputs:
        made = run.mapped(element.outputs, live.key, variables)
        run.propagate(live.scope_key, made)
    elif variables:
        run.propagate(live.scope_key, variables)
    return flows


def end_scope(run: Run, scope_key: int) -> None:
    """End the process or subprocess when nothing in it is alive and no token waits at a join."""
    scope = run.state.get(scope_key)
    if scope is None or scope.children or scope.joins:
        return
    if scope.scope_key is None:
        run.emit(e.Completed(scope_key))
    else:
        finish(run, scope_key, {})


def stop(run: Run, key: int) -> None:
    """Terminate an element with all in it, innermost first."""
    order, todo = [], [key]
    while todo:
        found = todo.pop()
        order.append(found)
        todo.extend(child.key for child in run.state.children(found))
    for found in reversed(order):
        if run.state.get(found) is not None:
            run.emit(e.Terminated(found))


def forget_waiting(run: Run, scope_key: int) -> None:
    """Drop the tokens that wait at joins of a scope that ends by termination."""
    scope = run.state.get(scope_key)
    if scope is not None and scope.joins:
        run.emit(e.TokensDropped(scope_key))


def trigger(run: Run, live: Live, boundary: Element) -> None:
    """A boundary event of a live element has happened."""
    assert live.scope_key is not None  # noqa: S101  the process has no boundary events
    scope_key = live.scope_key
    # The boundary event begins first, so that its scope does not look finished in between.
    begin(run, boundary, scope_key)
    if boundary.interrupting:
        stop(run, live.key)


def throw(run: Run, key: int, code: str, message: str) -> None:
    """Send an error from element `key` to its nearest catcher. Raises Failed when there is none."""
    found = catcher(run.definition, run.state, key, code)
    if found is None:
        raise Failed(
            "UNHANDLED_ERROR_EVENT", f"No boundary event catches error '{code}': {message}"
        )
    live, boundary = found
    assert live.scope_key is not None  # noqa: S101
    run.set_local(live.scope_key, {"error": {"code": code, "message": message}})
    trigger(run, live, boundary)


def catcher(
    definition: ProcessDefinition, state: State, key: int, code: str
) -> tuple[Live, Element] | None:
    """The live element whose error boundary event catches `code`, from `key` outwards. One that
    names the code goes before one that catches all."""
    live = state.get(key)
    while live is not None and live.scope_key is not None:
        attached = definition.element(live.element_id).boundaries
        boundaries = [definition.element(b) for b in attached]
        errors = [b for b in boundaries if b.kind == "errorBoundaryEvent"]
        for wanted in (code, None):
            for boundary in errors:
                if boundary.error_code == wanted:
                    return live, boundary
        live = state.get(live.scope_key)
    return None


def raise_incident(
    run: Run,
    key: int,
    failure: Failed,
    stage: str,
    variables: Mapping[str, Any] | None = None,
) -> None:
    incident_key = run.env.keys.next()
    run.emit(
        e.IncidentRaised(
            incident_key, key, failure.error_type, str(failure), stage, dict(variables or {})
        )
    )
