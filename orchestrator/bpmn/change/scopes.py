"""The scopes of an instance: what is alive in it, and which one an element begins in."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orchestrator.bpmn import loops, tokens
from orchestrator.bpmn.model import Element, ProcessDefinition
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live, State
from orchestrator.kernel.errors import Finding, InvalidInput


class BadInstruction(InvalidInput):
    """An instruction to change an instance does not fit it or its process; `findings` say at
    which elements, where that can be told."""

    code = "process.instruction"

    def __init__(self, message: str, findings: Sequence[Finding] = ()) -> None:
        super().__init__(message)
        self.findings = tuple(findings)


def alive_in(state: State, key: int) -> Iterator[Live]:
    """All that is alive within an element instance and itself, outer ones first."""
    found = state.get(key)
    todo = [] if found is None else [found]
    while todo:
        live = todo.pop()
        yield live
        if live.children:
            todo.extend(reversed(state.children(live.key)))


def around(definition: ProcessDefinition, element: Element) -> list[str]:
    """The ids of the scopes that hold an element, the process first."""
    scopes = [element.scope]
    while scopes[0] != definition.id:
        scopes.insert(0, definition.element(scopes[0]).scope)
    return scopes


def scope_for(
    run: Run, element: Element, ancestor: Live, variables: Mapping[str, Mapping[str, Any]]
) -> Live:
    """The scope that `element` can begin in, below `ancestor`: the one that is there, else one
    that is made; each on the way gets its `variables`, by scope id. Raises BadInstruction when
    there are several, or when one cannot be made."""
    path = around(run.definition, element)
    if ancestor.element_id not in path or _is_body(run, ancestor):
        raise BadInstruction(
            f"{element.id} cannot begin in {ancestor.element_id} ({ancestor.key})."
        )
    at = ancestor
    for scope_id in path[path.index(ancestor.element_id) + 1 :]:
        at = _inside(run, at, run.definition.element(scope_id), variables.get(scope_id, {}))
    return at


def _inside(run: Run, outer: Live, scope: Element, variables: Mapping[str, Any]) -> Live:
    bodies = [x for x in run.state.children(outer.key) if x.element_id == scope.id]
    found = bodies
    if scope.loop is not None:
        found = [inner for body in bodies for inner in run.state.children(body.key)]
    if len(found) == 1:
        run.set_local(found[0].key, variables)
        return found[0]
    if found or scope.loop is not None:
        count = len(found) or "no"
        raise BadInstruction(
            f"There are {count} instances of {scope.id} to begin in; name the key of one as"
            " ancestorElementInstanceKey."
        )
    try:
        return run.live(tokens.open_scope(run, scope, outer.key, variables))
    except Failed as failure:
        raise BadInstruction(f"{scope.id} cannot begin: {failure}") from failure


def _is_body(run: Run, live: Live) -> bool:
    """Whether it is the whole of a loop: its turns are the scopes."""
    if live.scope_key is None:
        return False
    return run.element(live).loop is not None and not loops.is_inner(run, live)
