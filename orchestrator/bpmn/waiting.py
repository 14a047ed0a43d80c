"""Events that are waited for: what an element subscribes to, and what happens when it comes."""

from collections.abc import Iterable, Mapping
from typing import Any

from orchestrator.bpmn import events as e
from orchestrator.bpmn import tokens
from orchestrator.bpmn.model import Element, Trigger
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import WATCHED, Live
from orchestrator.bpmn.timers import due_at, repetitions

DEFINITION = 0
"""The key of what waits to be started: no element instance."""
CAUGHT = "caught"
"""What an event begins with when it has happened: the variables that came with it."""
INTERRUPTED = "interrupted"
START = "start"
"""Of an event subprocess: its start event that has happened."""
ARRIVED = "arrived:"


def boundaries(run: Run, element: Element) -> list[Element]:
    return [run.definition.element(b) for b in element.boundaries]


def arm(run: Run, key: int, events: Iterable[Element], but: int | None = None) -> list[e.Event]:
    """What element `key` waits for, for each of `events`; trigger number `but` has happened.
    Not emitted yet: see `tokens.activate`. Raises Failed."""
    return [
        armed
        for event in events
        for number, trigger in enumerate(event.triggers)
        if number != but
        for armed in _arm(run, key, event, trigger, number)
    ]


def _arm(run: Run, key: int, event: Element, trigger: Trigger, number: int) -> list[e.Event]:
    if trigger.kind == "timer":
        left = repetitions(run, trigger, key) if _repeats(run, event) else 0
        due = due_at(run, event.id, trigger, key).isoformat()
        return [e.TimerSet(run.env.keys.next(), key, event.id, due, number, left)]
    if trigger.kind in ("message", "signal"):
        name = run.text(trigger.name, key, f"The {trigger.kind} name") or ""
        correlation = _correlation(run, key, event, trigger)
        subscription = run.env.keys.next()
        return [e.Subscribed(subscription, key, event.id, trigger.kind, name, correlation, number)]
    if trigger.kind == "conditional":
        return [e.Watched(run.root(key).key, key, event.id, number, False)]
    return []


def _correlation(run: Run, key: int, event: Element, trigger: Trigger) -> str:
    if trigger.correlation_key is None or key == DEFINITION:
        return ""
    found = run.evaluate(trigger.correlation_key, key)
    if not isinstance(found, str | int | float):
        message = f"The correlation key of {event.id} is {found!r}, not a text or number."
        raise Failed("EXTRACT_VALUE_ERROR", message)
    return str(found)


def _repeats(run: Run, event: Element) -> bool:
    """Whether its timer's cycle goes on: not when it takes away what it belongs to."""
    return not event.interrupting or event.id in run.definition.event_starts


def rearm(run: Run, live: Live, event: Element, number: int, left: int | None) -> None:
    """A cycle's timer begins again, while what it belongs to is alive. Raises Failed."""
    if run.state.get(live.key) is not None:
        for armed in next_time(run, live.key, event, number, left):
            run.emit(armed)


def next_time(run: Run, key: int, event: Element, number: int, left: int | None) -> list[e.Event]:
    """The timer after one that has fired, when its cycle is not over. Raises Failed."""
    if left == 0:
        return []
    due = due_at(run, event.id, event.triggers[number], key).isoformat()
    remaining = None if left is None else left - 1
    return [e.TimerSet(run.env.keys.next(), key, event.id, due, number, remaining)]


def happened(
    run: Run, live: Live, event: Element, trigger: int, variables: Mapping[str, Any]
) -> None:
    """Trigger number `trigger` of `event`, which `live` waits for, has happened."""
    if event.parallel_multiple and not _all_arrived(run, live, event, trigger, variables):
        return
    if event.id == live.element_id:
        tokens.finish(run, live.key, variables)
    elif event.attached_to is not None:
        _boundary(run, live, event, variables)
    elif event.kind == "startEvent":
        _event_subprocess(run, live, event, variables)
    else:  # one of those behind an event-based gateway
        tokens.hand_over(run, live, event, {CAUGHT: dict(variables)})


def _all_arrived(
    run: Run, live: Live, event: Element, trigger: int, variables: Mapping[str, Any]
) -> bool:
    arrived = {*live.data.get(ARRIVED + event.id, ()), trigger}
    complete = len(arrived) == len(event.triggers)
    run.emit(e.Noted(live.key, ARRIVED + event.id, None if complete else sorted(arrived)))
    if not complete and variables and live.scope_key is not None:
        run.propagate(live.scope_key, variables)
    return complete


def _boundary(run: Run, live: Live, event: Element, variables: Mapping[str, Any]) -> None:
    assert live.scope_key is not None  # noqa: S101  the process has no boundary events
    # It begins first, so that its scope does not look finished in between.
    tokens.begin(run, event, live.scope_key, data={CAUGHT: dict(variables)})
    if event.interrupting:
        tokens.stop(run, live.key)


def _event_subprocess(run: Run, scope: Live, start: Element, variables: Mapping[str, Any]) -> None:
    if scope.data.get(INTERRUPTED):
        return
    subprocess = run.definition.element(start.scope)
    data = {CAUGHT: dict(variables), START: start.id}
    key = tokens.begin(run, subprocess, scope.key, data=data)
    if start.interrupting:
        run.emit(e.Noted(scope.key, INTERRUPTED, True))
        listening = [s.id for s in run.definition.events_of[scope.element_id]]
        run.emit(e.Unsubscribed(scope.key, listening))
        tokens.stop_children(run, scope.key, but=key)


def check_conditions(run: Run) -> None:
    """Conditional events happen when their condition becomes true (BPMN 2.0, table 10.93); of a
    suspended instance when it is resumed."""
    due, run.conditions_due = run.conditions_due, set()
    for root_key in sorted(due):
        root = run.state.get(root_key)
        watched = dict(root.data.get(WATCHED, {})) if root and not root.suspended else {}
        for name, held in watched.items():
            key, trigger, element_id = name.split("/", 2)
            _check(run, root_key, int(key), element_id, int(trigger), held=held)


def _check(run: Run, root_key: int, key: int, element_id: str, trigger: int, *, held: bool) -> None:
    live, event = run.state.get(key), run.definition.element(element_id)
    if live is None:
        run.emit(e.Watched(root_key, key, element_id, trigger, None))
        return
    holds = _holds(run, event.triggers[trigger], key)
    if holds != held:
        run.emit(e.Watched(root_key, key, element_id, trigger, holds))
        if holds:
            happened(run, live, event, trigger, {})


def _holds(run: Run, trigger: Trigger, key: int) -> bool:
    """False, too, while the condition cannot be told: its variables may come later."""
    assert trigger.condition is not None  # noqa: S101  the parser gives every one its condition
    return trigger.condition.evaluate(run.visible(key, {})).value is True
