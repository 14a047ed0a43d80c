"""Activities that run several times: multi-instance and standard loop (BPMN 2.0, 13.3.6, 13.3.7).

The activity is a scope (its body) around one instance of itself per turn; boundary events are
the body's.
"""

from collections.abc import Mapping
from typing import Any

from orchestrator.bpmn import compensation, tokens
from orchestrator.bpmn import events as e
from orchestrator.bpmn.model import Element, LoopSpec
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live
from orchestrator.bpmn.throwing import throw

BODY = "multiInstanceBody"


def is_inner(run: Run, live: Live) -> bool:
    """Whether this is one turn, not the whole."""
    scope = run.state.get(live.scope_key) if live.scope_key is not None else None
    return scope is not None and scope.element_id == live.element_id


def activate(run: Run, body: Live, element: Element) -> None:
    spec = _spec(element)
    if spec.standard:
        if spec.test_before and not _again(run, body, spec, turns=0):
            tokens.finish(run, body.key, {})
        else:
            _turn(run, body, element, 0, {})
        return
    items = _items(run, body, spec)
    run.emit(e.Noted(body.key, "total", len(items)))
    if not items:
        _finish(run, body, spec, 0)
    for index, item in enumerate(items[:1] if spec.sequential else items):
        _turn(run, body, element, index, _local(spec, item))


def finish_inner(run: Run, live: Live, element: Element, variables: Mapping[str, Any]) -> None:
    """A turn has done its work; the next one, or the end of all."""
    body, spec = run.live(live.scope_key), _spec(element)
    try:
        item = _result(run, live, spec, variables)
        if element.outputs:
            variables = run.mapped(element.outputs, live.key, variables)
        run.propagate(body.key, variables)
    except Failed as failure:
        tokens.raise_incident(run, live.key, failure, "complete", variables)
        return
    if spec.output_item is not None:
        run.emit(e.OutputCollected(body.key, live.data["turn"], item))
    compensation.remember(run, live, element)
    run.emit(e.Completed(live.key))
    run.emit(e.Noted(body.key, "completed", body.data.get("completed", 0) + 1))
    run.later("turn", body.key)


def go_on(run: Run, body_key: int) -> None:
    """After a turn: the events it throws, then the next one or the end."""
    body = run.state.get(body_key)
    if body is None:
        return
    element = run.element(body)
    spec = _spec(element)
    try:
        _throw_events(run, body, spec)
        if run.state.get(body_key) is None:  # a boundary event has interrupted it
            return
        if spec.standard:
            _go_on_standard(run, body, element)
        else:
            _go_on_multi(run, body, element)
    except Failed as failure:
        tokens.raise_incident(run, body_key, failure, "turn")


def _go_on_standard(run: Run, body: Live, element: Element) -> None:
    turns = body.data["completed"]
    if _again(run, body, _spec(element), turns):
        _turn(run, body, element, turns, {})
    else:
        tokens.finish(run, body.key, {})


def _go_on_multi(run: Run, body: Live, element: Element) -> None:
    spec, completed, total = _spec(element), body.data["completed"], body.data["total"]
    counts = _counts(completed, total, body.children)
    if spec.condition is not None and run.holds(
        spec.condition, body.key, f"The completion condition of {element.id}", counts
    ):
        tokens.stop_children(run, body.key)
        _finish(run, body, spec, total)
    elif completed == total or not (spec.sequential or body.children):
        _finish(run, body, spec, total)
    elif spec.sequential:
        items = _items(run, body, spec)
        if completed >= len(items):
            raise Failed("EXTRACT_VALUE_ERROR", f"The collection of {element.id} has shrunk.")
        _turn(run, body, element, completed, _local(spec, items[completed]))


def _finish(run: Run, body: Live, spec: LoopSpec, total: int) -> None:
    if spec.output_collection is None:
        tokens.finish(run, body.key, {})
        return
    outputs = run.state.outputs(body.key)
    tokens.finish(run, body.key, {spec.output_collection: [outputs.get(i) for i in range(total)]})


def _turn(run: Run, body: Live, element: Element, turn: int, variables: Mapping[str, Any]) -> None:
    key = run.env.keys.next()
    run.emit(e.Activated(key, element.id, element.kind, body.key, data={"turn": turn}))
    run.set_local(key, {"loopCounter": turn + 1, **variables})
    run.later("activate", key)


def _again(run: Run, body: Live, spec: LoopSpec, turns: int) -> bool:
    if spec.maximum is not None and turns >= spec.maximum:
        return False
    return spec.condition is None or run.holds(spec.condition, body.key, "The loop condition")


def _items(run: Run, body: Live, spec: LoopSpec) -> list[Any]:
    if spec.collection is not None:
        found = run.evaluate(spec.collection, body.key)
        if not isinstance(found, list):
            raise Failed("EXTRACT_VALUE_ERROR", f"The input collection is no list: {found!r}")
        return found
    number = run.evaluate(spec.cardinality, body.key)
    try:
        return [None] * int(number)
    except (TypeError, ValueError):
        raise Failed("EXTRACT_VALUE_ERROR", f"The loop cardinality is {number!r}") from None


def _local(spec: LoopSpec, item: Any) -> dict[str, Any]:
    return {spec.item: item} if spec.item else {}


def _result(run: Run, live: Live, spec: LoopSpec, variables: Mapping[str, Any]) -> Any:
    return run.evaluate(spec.output_item, live.key, variables)


def _counts(completed: int, total: int, active: int) -> dict[str, int]:
    """What the completion condition may ask, by the standard's names and by Camunda's."""
    return {
        "numberOfInstances": total,
        "numberOfActiveInstances": active,
        "numberOfCompletedInstances": completed,
        "numberOfTerminatedInstances": total - completed - active,
        "nrOfInstances": total,
        "nrOfActiveInstances": active,
        "nrOfCompletedInstances": completed,
    }


def _throw_events(run: Run, body: Live, spec: LoopSpec) -> None:
    """The implicit throw events of a multi-instance's behavior (BPMN 2.0, table 10.30)."""
    completed = body.data.get("completed", 0)
    if spec.behavior == "One" and completed > 1:
        return
    for condition, trigger in spec.events:
        if condition is None or run.holds(condition, body.key, "The behavior condition"):
            throw(run, body, trigger)


def _spec(element: Element) -> LoopSpec:
    assert element.loop is not None  # noqa: S101
    return element.loop
