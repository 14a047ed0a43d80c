"""How each event changes the state of an instance."""

from collections.abc import Callable, Mapping
from typing import Any

from orchestrator.bpmn import events as e
from orchestrator.bpmn.state import KEPT, WATCHED, Done, Live, State


def evolve(state: State, event: e.Event) -> State:
    """The state after `event`; the given state stays as it was."""
    after = state.fork()
    apply(after, event)
    return after


def apply(state: State, event: e.Event) -> None:
    """Change `state` in place."""
    applier = _APPLIERS.get(type(event))
    if applier is not None:
        applier(state, event)


def _activate(state: State, event: e.Activated) -> None:
    state.put(Live(event.key, event.element_id, event.scope_key, data=event.data))
    if event.scope_key is None:
        return
    scope = state.edit(event.scope_key)
    scope.children += 1
    if event.consumed:
        tokens = scope.joins[event.element_id]
        left = {f: n - event.consumed.get(f, 0) for f, n in tokens.items()}
        still = {f: n for f, n in left.items() if n}
        scope.joins = _with(scope.joins, event.element_id, still or None)


def _end(state: State, event: e.Completed | e.Terminated) -> None:
    state.end(event.key)


def _with(known: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """A copy in which `name` is `value`; None: is gone."""
    changed = {**known, name: value}
    if value is None:
        del changed[name]
    return changed


def _wait(state: State, event: e.TokenWaits) -> None:
    scope = state.edit(event.scope_key)
    flows = scope.joins.get(event.element_id, {})
    waiting = {**flows, event.flow_id: flows.get(event.flow_id, 0) + 1}
    scope.joins = _with(scope.joins, event.element_id, waiting)


def _drop(state: State, event: e.TokensDropped) -> None:
    scope = state.edit(event.scope_key)
    if event.element_id is None:
        scope.joins = {}
    else:
        scope.joins = _with(scope.joins, event.element_id, None)


def _note(state: State, event: e.Noted) -> None:
    live = state.edit(event.key)
    live.data = _with(live.data, event.name, event.value)


def _watch(state: State, event: e.Watched) -> None:
    root = state.edit(event.root_key)
    name = f"{event.key}/{event.trigger}/{event.element_id}"
    watched = _with(root.data.get(WATCHED, {}), name, event.holds)
    root.data = _with(root.data, WATCHED, watched)


def _collect(state: State, event: e.OutputCollected) -> None:
    state.collect(event.key, event.index, event.value)


def _compensable(state: State, event: e.CompensationReady) -> None:
    done = Done(event.key, event.element_id, event.variables)
    state.set_compensable(event.scope_key, event.key, done)


def _compensated(state: State, event: e.CompensationBegun) -> None:
    state.set_compensable(event.scope_key, event.key, None)


def _set(state: State, event: e.VariableSet) -> None:
    state.set_variable(event.scope_key, event.name, event.value)


def _raise(state: State, event: e.IncidentRaised) -> None:
    incident = {"stage": event.stage, "variables": event.variables}
    state.edit(event.key).incident = incident


def _resolve(state: State, event: e.IncidentResolved) -> None:
    state.edit(event.key).incident = None


def _suspend(state: State, event: e.Suspended) -> None:
    live = state.edit(event.key)
    live.data = _with(live.data, KEPT, [])


def _keep(state: State, event: e.Kept) -> None:
    live = state.edit(event.key)
    live.data = _with(live.data, KEPT, [*live.data[KEPT], event.command])


def _resume(state: State, event: e.Resumed) -> None:
    live = state.edit(event.key)
    live.data = _with(live.data, KEPT, None)


def _migrate(state: State, event: e.ElementMigrated) -> None:
    live = state.edit(event.key)
    live.element_id = event.after["element_id"]
    live.joins, live.data = event.after["joins"], event.after["data"]


def _migrate_compensable(state: State, event: e.CompensableMigrated) -> None:
    done = next(d for d in state.compensable(event.scope_key) if d.key == event.key)
    moved = Done(done.key, event.after, done.variables)
    state.set_compensable(event.scope_key, event.key, moved)


# Events that are not here (work, tasks, timers, messages, decisions) change nothing inside.
_APPLIERS: dict[type[e.Event], Callable[[State, Any], None]] = {
    e.Activated: _activate,
    e.Completed: _end,
    e.Terminated: _end,
    e.TokenWaits: _wait,
    e.TokensDropped: _drop,
    e.Noted: _note,
    e.Watched: _watch,
    e.OutputCollected: _collect,
    e.CompensationReady: _compensable,
    e.CompensationBegun: _compensated,
    e.VariableSet: _set,
    e.IncidentRaised: _raise,
    e.IncidentResolved: _resolve,
    e.Suspended: _suspend,
    e.Kept: _keep,
    e.Resumed: _resume,
    e.ElementMigrated: _migrate,
    e.CompensableMigrated: _migrate_compensable,
}
