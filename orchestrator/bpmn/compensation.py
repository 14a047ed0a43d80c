"""Undoing what has been done (BPMN 2.0, 10.7 and 13.5.5).

A completed activity with a handler is remembered in its scope, with its variables. A throw event
drives: it begins the handlers one after the other, the last done first, and goes on when all have
ended. A completed subprocess is undone by its compensation event subprocess, else by undoing what
was done in it.
"""

from collections.abc import Sequence
from typing import Any

from orchestrator.bpmn import events as e
from orchestrator.bpmn import tokens, waiting
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Done, Live

DRIVER = "driver"
"""Of an element that undoes: the element that waits for it, or 0."""
UNDOES = "undoes"
"""Of a subprocess that undoes: the key it had when it was done."""
LEFT = "left_to_undo"
HAS_DONE = "has_done"


def remember(run: Run, live: Live, element: Element) -> None:
    """Called when an activity is about to complete."""
    handlers, inside = run.definition.handlers, run.definition.events_of
    if not (live.data or element.id in handlers or element.id in inside):
        return
    if DRIVER in live.data or live.scope_key is None:
        return
    if element.id not in handlers and not _inner(run, live):
        return
    scope = run.live(live.scope_key)
    if scope.element_id == element.id:  # one turn of a loop: its body's scope remembers
        scope = run.live(scope.scope_key)
    elif element.loop is not None:
        return
    variables = dict(run.state.variables(live.key))
    run.emit(e.CompensationReady(live.key, scope.key, element.id, variables))
    if not scope.data.get(HAS_DONE):
        run.emit(e.Noted(scope.key, HAS_DONE, True))


def _inner(run: Run, live: Live) -> bool:
    return bool(live.data.get(HAS_DONE)) or _event_subprocess(run, live.element_id) is not None


def _event_subprocess(run: Run, scope_id: str) -> Element | None:
    for start in run.definition.events_of.get(scope_id, ()):
        if start.has("compensate"):
            return start
    return None


def scope_of(run: Run, live: Live) -> Live:
    """The scope whose activities an event in `live`'s scope compensates: of an event subprocess,
    the one around it."""
    scope = run.live(live.scope_key)
    while scope.scope_key is not None and run.element(scope).by_event:
        scope = run.live(scope.scope_key)
    return scope


def done_in(run: Run, scope: Live, activity: str | None) -> list[Done]:
    """What can be undone in a scope, or of one activity there, the oldest first."""
    done = run.state.compensable(scope.data.get(UNDOES, scope.key))
    return [d for d in done if activity in (None, d.element_id)]


def begin(run: Run, driver: int, scope_key: int, done: Sequence[Done]) -> bool:
    """Let element `driver` undo `done`, the last first; whether there is nothing to undo."""
    if not done:
        return True
    run.emit(e.Noted(driver, LEFT, [scope_key, *(d.key for d in done)]))
    undo_next(run, driver)
    return False


def undo_next(run: Run, driver: int) -> None:
    """Begin the next handler; True while there was one."""
    live = run.state.get(driver)
    if live is None:
        return
    scope_key, *left = live.data[LEFT]
    if not left:
        run.emit(e.Noted(driver, LEFT, None))
        _drove(run, live)
        return
    run.emit(e.Noted(driver, LEFT, [scope_key, *left[:-1]]))
    done = done_in(run, run.live(scope_key), None)
    one = next((d for d in done if d.key == left[-1]), None)
    if one is None:  # undone by another meanwhile
        run.later("undo_next", driver)
    else:
        undo(run, scope_key, one, driver)


def undo(run: Run, scope_key: int, done: Done, driver: int | None) -> None:
    """Begin what undoes one activity."""
    scope = run.live(scope_key)
    run.emit(e.CompensationBegun(done.key, scope.data.get(UNDOES, scope_key)))
    handler = run.definition.handlers.get(done.element_id)
    data: dict[str, Any] = {DRIVER: driver or 0}
    if handler is not None:
        tokens.begin(run, run.definition.element(handler), scope_key, data=data)
        return
    key = run.env.keys.next()
    element = run.definition.element(done.element_id)
    data |= {UNDOES: done.key}
    run.emit(e.Activated(key, element.id, element.kind, scope_key, data=data))
    run.set_local(key, done.variables)
    run.later("undo_inside", key)


def undo_inside(run: Run, key: int) -> None:
    """A subprocess has come back to be undone."""
    live = run.state.get(key)
    if live is None:
        return
    start = _event_subprocess(run, live.element_id)
    if start is not None:
        waiting.happened(run, live, start, 0, {})
    elif begin(run, key, key, done_in(run, live, None)):
        tokens.finish(run, key, {})


def handled(run: Run, live: Live) -> None:
    """A handler has ended: its driver goes on."""
    if driver := live.data.get(DRIVER):
        run.later("undo_next", driver)


def _drove(run: Run, live: Live) -> None:
    """All is undone: the driver ends."""
    if run.element(live).has("cancel"):
        cancel(run, live)
    else:
        tokens.finish(run, live.key, {})


def cancel(run: Run, live: Live) -> None:
    """The transaction of a cancel end event is over, by its cancel boundary event."""
    transaction = run.live(live.scope_key)
    boundaries = waiting.boundaries(run, run.element(transaction))
    caught = next((b for b in boundaries if b.has("cancel")), None)
    if caught is not None:
        waiting.happened(run, transaction, caught, 0, {})
        return
    scope_key = transaction.scope_key
    tokens.stop(run, transaction.key)
    assert scope_key is not None  # noqa: S101  a transaction is in a process
    run.later("child_ended", scope_key)
