"""Moving the tokens of an instance by hand.

As in Camunda 8: scopes that are missing around an element are made; all that begins does so
before anything ends, so that a scope which gets a new token goes on; a scope that is left empty
is terminated, up to the process.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from orchestrator.bpmn import commands as c
from orchestrator.bpmn import events as e
from orchestrator.bpmn import tokens
from orchestrator.bpmn.change.scopes import BadInstruction, alive_in, around, scope_for
from orchestrator.bpmn.handlers import alive
from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Run
from orchestrator.bpmn.state import Live

NOT_BY_HAND = ("startEvent", "boundaryEvent")

Source = tuple[Live, str | None]
"""An element instance, or a scope and the id of the join there at which tokens wait."""


def modify(run: Run, command: c.ModifyInstance) -> None:
    """Raises Rejected when the instance has ended, BadInstruction, naming what does not fit."""
    root = alive(run, command.instance_key)
    everything = list(alive_in(run.state, root.key))
    moved = [(m, source) for m in command.move for source in _sources(run, everything, m.source)]
    ended = [s for wanted in command.terminate for s in _sources(run, everything, wanted)]
    for one in command.activate:
        ancestor = _ancestor(run, root, one.ancestor_key)
        _begin(run, one.element_id, ancestor, one.variables)
    for move, source in moved:
        target = _target(run, move.target_id)
        ancestor = _new_home(run, root, move, source[0], target)
        _begin(run, target.id, ancestor, move.variables)
    for source in [*(source for _, source in moved), *ended]:
        _end(run, *source)


def _sources(run: Run, everything: Sequence[Live], wanted: int | str) -> list[Source]:
    """Of an activity that runs several times, found by its id, the whole."""
    if isinstance(wanted, int):
        found: list[Source] = [(x, None) for x in everything if x.key == wanted]
    else:
        keys = {x.key for x in everything if x.element_id == wanted}
        found = [(x, None) for x in everything if x.key in keys and x.scope_key not in keys]
        found += [(x, wanted) for x in everything if wanted in x.joins]
    if not found:
        raise BadInstruction(f"No instance of {wanted} is active.")
    if any(live.scope_key is None and join is None for live, join in found):
        raise BadInstruction("To end the whole process instance, cancel it.")
    return found


def _ancestor(run: Run, root: Live, key: int | None) -> Live:
    if key is None:
        return root
    live = run.state.get(key)
    if live is None or run.root(key).key != root.key:
        raise BadInstruction(f"No element instance {key} of this process instance is active.")
    return live


def _new_home(run: Run, root: Live, move: c.Move, source: Live, target: Element) -> Live:
    """Below which ancestor the target of a move begins."""
    if move.ancestor == "direct":
        return _ancestor(run, root, move.ancestor_key)
    at = run.live(source.scope_key) if source.scope_key is not None else source
    if move.ancestor == "sourceParent":
        return at
    scopes = around(run.definition, target)
    while at.element_id not in scopes:  # the process is in all
        at = run.live(at.scope_key)
    return at


def _target(run: Run, element_id: str) -> Element:
    element = run.definition.elements.get(element_id)
    if element is None:
        raise BadInstruction(f"The process has no element {element_id}.")
    if element.kind in NOT_BY_HAND or element.by_event or element.for_compensation:
        raise BadInstruction(f"{element_id} begins by an event, not by hand.")
    return element


def _begin(run: Run, element_id: str, ancestor: Live, assigned: Sequence[c.Assign]) -> None:
    element = _target(run, element_id)
    by_scope = _by_scope(run, element, assigned)
    at: Live | None = ancestor
    while at is not None:
        run.set_local(at.key, by_scope.get(at.element_id, {}))
        at = run.live(at.scope_key) if at.scope_key is not None else None
    scope = scope_for(run, element, ancestor, by_scope)
    key = tokens.begin(run, element, scope.key)
    run.set_local(key, by_scope.get(element_id, {}))


def _by_scope(
    run: Run, element: Element, assigned: Sequence[c.Assign]
) -> dict[str, Mapping[str, Any]]:
    known, found = {element.id, *around(run.definition, element)}, dict[str, Mapping[str, Any]]()
    for one in assigned:
        scope_id = one.scope_id or run.definition.id
        if scope_id not in known:
            raise BadInstruction(f"{scope_id} is no scope around {element.id}.")
        found[scope_id] = {**found.get(scope_id, {}), **one.variables}
    return found


def _end(run: Run, live: Live, join: str | None) -> None:
    if join is not None:
        run.emit(e.TokensDropped(live.key, join))
        _end_if_empty(run, live.key)
    elif run.state.get(live.key) is not None:  # else ended with its scope
        tokens.stop(run, live.key)
        _end_if_empty(run, live.scope_key)


def _end_if_empty(run: Run, scope_key: int | None) -> None:
    while scope_key is not None:
        scope = run.live(scope_key)
        if scope.children or scope.joins:
            return
        tokens.stop(run, scope_key)
        scope_key = scope.scope_key
