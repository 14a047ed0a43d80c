"""How tokens move: elements begin, end, are stopped; scopes end."""

from collections.abc import Mapping
from typing import Any

from orchestrator.bpmn import compensation, joins, loops, waiting
from orchestrator.bpmn import events as e
from orchestrator.bpmn.model import Element, Flow
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live


def take(run: Run, flow: Flow, scope_key: int) -> None:
    """Send a token along `flow`."""
    target = run.definition.elements[flow.target]
    if flow.target in run.definition.joins:
        joins.arrive(run, target, flow, scope_key)
    else:
        begin(run, target, scope_key, flow=flow.id)


def begin(
    run: Run,
    element: Element,
    scope_key: int,
    *,
    consumed: Mapping[str, int] | None = None,
    data: Mapping[str, Any] | None = None,
    flow: str | None = None,
) -> int:
    """A new instance of `element`, its key; it acts in a later step."""
    key = run.env.keys.next()
    kind = element.kind if element.loop is None else loops.BODY
    taken = {} if consumed is None else dict(consumed)
    known = {} if data is None else dict(data)
    run.emit(e.Activated(key, element.id, kind, scope_key, taken, known, flow))
    run.later("activate", key)
    return key


def open_scope(run: Run, element: Element, scope_key: int, variables: Mapping[str, Any]) -> int:
    """A new instance of a subprocess that listens to its events, but begins nothing in itself;
    its key. Raises Failed."""
    key = run.env.keys.next()
    run.emit(e.Activated(key, element.id, element.kind, scope_key))
    run.set_local(key, variables)
    for event in _listen(run, run.live(key), element):
        run.emit(event)
    return key


def activate(run: Run, key: int) -> None:
    live = run.state.get(key)
    if live is None:  # stopped in between
        return
    element = run.element(live)
    try:
        if element.loop is not None and not loops.is_inner(run, live):
            armed = waiting.arm(run, key, waiting.boundaries(run, element))
            loops.activate(run, live, element)
        else:
            armed = _listen(run, live, element)
            run.behaviours[element.kind].activate(run, live, element)
    except Failed as failure:
        raise_incident(run, key, failure, "activate")
        return
    # Only now: an element that fails begins again once its incident is resolved, and would
    # wait twice.
    if armed and run.state.get(key) is not None:
        for event in armed:
            run.emit(event)


def retry(run: Run, key: int) -> None:
    """Begin its work again, of an element that is active and listens to its events already."""
    live = run.state.get(key)
    if live is None:
        return
    element = run.element(live)
    try:
        run.behaviours[element.kind].activate(run, live, element)
    except Failed as failure:
        raise_incident(run, key, failure, "retry")


def _listen(run: Run, live: Live, element: Element) -> list[e.Event]:
    """Its inputs and data, and what it waits for beside its work; see `waiting.arm`. The boundary
    events of a loop are its body's."""
    if element.inputs:
        run.set_local(live.key, run.mapped(element.inputs, live.key, {}))
    declare(run, live.key, element.id)
    events = run.definition.events_of.get(element.id, ())
    if element.boundaries and element.loop is None:
        events = (*waiting.boundaries(run, element), *events)
    return waiting.arm(run, live.key, events) if events else []


def declare(run: Run, key: int, scope_id: str) -> None:
    """The data objects and properties of a scope are variables of it from the beginning."""
    for name in run.definition.data.get(scope_id, ()):
        if name not in run.state.variables(key):
            run.emit(e.VariableSet(key, name, None))


def finish(run: Run, key: int, variables: Mapping[str, Any]) -> None:
    """The element has done its work: map its results, leave it, send its tokens on."""
    live = run.state.get(key)
    if live is None:
        return
    element = run.element(live)
    if element.loop is not None and loops.is_inner(run, live):
        loops.finish_inner(run, live, element, variables)
        return
    try:
        flows = _leave(run, live, element, variables)
    except Failed as failure:
        raise_incident(run, key, failure, "complete", variables)
        return
    scope_key = complete(run, live, element)
    for flow in flows:
        for _ in range(element.completion_quantity):
            take(run, flow, scope_key)
    if not flows:  # else its scope has a token more
        run.later("child_ended", scope_key)


def complete(run: Run, live: Live, element: Element) -> int:
    """End an element, remembering what can be undone; the key of its scope."""
    assert live.scope_key is not None  # noqa: S101  the process itself ends in `end_scope`
    compensation.remember(run, live, element)
    run.emit(e.Completed(live.key))
    if live.data:
        compensation.handled(run, live)
    joins.token_ended(run, live.scope_key)
    return live.scope_key


def hand_over(run: Run, live: Live, target: Element, data: Mapping[str, Any]) -> None:
    """End an element whose token goes to `target` without a flow between them."""
    assert live.scope_key is not None  # noqa: S101
    begin(run, target, live.scope_key, data=data)
    complete(run, live, run.element(live))


def _leave(run: Run, live: Live, element: Element, variables: Mapping[str, Any]) -> list[Flow]:
    if compensation.DRIVER in live.data:  # it compensates: no token comes of it
        return []
    flows = run.behaviours[element.kind].flows(run, live, element)
    assert live.scope_key is not None  # noqa: S101
    if element.outputs and element.loop is None:
        run.propagate(live.scope_key, run.mapped(element.outputs, live.key, variables))
    elif variables:
        run.propagate(live.scope_key, variables)
    return flows


def end_scope(run: Run, scope_key: int) -> None:
    """A token in the scope has ended: perhaps the scope has, too."""
    scope = run.state.get(scope_key)
    if scope is None:
        return
    if scope.scope_key is None:
        if not scope.children and not scope.joins:
            run.emit(e.Completed(scope_key))
        return
    element = run.element(scope)
    try:
        run.behaviours[element.kind].child_ended(run, scope, element)
    except Failed as failure:
        raise_incident(run, scope_key, failure, "child_ended")


def stop(run: Run, key: int) -> None:
    """Terminate an element with all in it, innermost first."""
    order, todo = [], [key]
    while todo:
        found = todo.pop()
        order.append(found)
        todo.extend(child.key for child in run.state.children(found))
    for found in reversed(order):
        live = run.state.get(found)
        if live is not None:
            run.emit(e.Terminated(found))
            if live.scope_key is not None:
                joins.token_ended(run, live.scope_key)


def stop_children(run: Run, scope_key: int, *, but: int | None = None) -> None:
    """Stop all in a scope, tokens that wait at joins too."""
    for child in run.state.children(scope_key):
        if child.key != but:
            stop(run, child.key)
    scope = run.state.get(scope_key)
    if scope is not None and scope.joins:
        run.emit(e.TokensDropped(scope_key))


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
