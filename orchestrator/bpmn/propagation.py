"""Errors and escalations look outwards for the event that catches them (BPMN 2.0, 10.5.7)."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from orchestrator.bpmn import events as e
from orchestrator.bpmn import tokens, waiting
from orchestrator.bpmn.model import Element, ProcessDefinition
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live, State


def throw_error(
    run: Run, key: int, code: str, message: str, variables: Mapping[str, Any] | None = None
) -> None:
    """Send an error from element `key` to its nearest catcher. Raises Failed when there is none."""
    found = catcher(run.definition, run.state, key, code)
    given = {**(variables or {}), "error": {"code": code, "message": message}}
    if found is not None:
        live, event = found
        waiting.happened(run, live, event, _number(event, "error"), given)
    elif run.env.caller_catches(code):
        root = run.root(key).key
        run.emit(e.ErrorEscaped(code, message, dict(variables or {})))
        tokens.stop(run, root)
    else:
        raise Failed("UNHANDLED_ERROR_EVENT", f"No event catches error '{code}': {message}")


def escalate(run: Run, key: int, code: str, variables: Mapping[str, Any]) -> None:
    """Send an escalation; one that nobody catches has no effect here."""
    found = catcher(run.definition, run.state, key, code, "escalation")
    if found is None:
        run.emit(e.EscalationEscaped(code, dict(variables)))
        return
    live, event = found
    waiting.happened(run, live, event, _number(event, "escalation"), variables)


def catcher(
    definition: ProcessDefinition, state: State, key: int, code: str, kind: str = "error"
) -> tuple[Live, Element] | None:
    """The live element and its event that catches `code`, from `key` outwards. An event that
    names the code goes before one that catches all."""
    for live, events in _listeners(definition, state, key):
        for wanted in (code, None):
            for event in events:
                if any(t.kind == kind and t.name == wanted for t in event.triggers):
                    return live, event
    return None


def _listeners(
    definition: ProcessDefinition, state: State, key: int
) -> Iterator[tuple[Live, Sequence[Element]]]:
    live = state.get(key)
    while live is not None:
        if not live.data.get(waiting.INTERRUPTED):
            yield live, definition.events_of.get(live.element_id, ())
        scope = state.get(live.scope_key) if live.scope_key is not None else None
        if scope is not None and scope.element_id != live.element_id:
            boundaries = definition.element(live.element_id).boundaries
            yield live, [definition.element(b) for b in boundaries]
        live = scope


def _number(event: Element, kind: str) -> int:
    return next(n for n, trigger in enumerate(event.triggers) if trigger.kind == kind)
