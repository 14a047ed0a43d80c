"""Where tokens wait for others: parallel, inclusive and complex gateways, start quantities.

The tokens that wait at a join are counted in its scope. An inclusive join begins when no token
can come any more over a flow that has none (BPMN 2.0, 13.4.3): that depends on all tokens of the
scope, so it is asked when they rest, and only where one waits.
"""

from collections.abc import Mapping

from orchestrator.bpmn import events as e
from orchestrator.bpmn import tokens
from orchestrator.bpmn.model import SYNCHRONISING, Element, Flow
from orchestrator.bpmn.run import Failed, Run
from orchestrator.bpmn.state import Live

RESET = "reset:"
"""What a scope remembers of a complex gateway that has begun: the flows still to come."""


def arrive(run: Run, join: Element, flow: Flow, scope_key: int) -> None:
    """A token has come over `flow`; begin the element if it was the last one needed."""
    if _absorbed(run, join, flow, scope_key):
        return
    run.emit(e.TokenWaits(scope_key, join.id, flow.id))
    try:
        consumed = _complete(run, join, run.live(scope_key))
    except Failed as failure:
        tokens.raise_incident(run, scope_key, failure, "none")
        return
    if consumed:
        _begin(run, join, scope_key, consumed)
    else:
        token_ended(run, scope_key)


def _absorbed(run: Run, join: Element, flow: Flow, scope_key: int) -> bool:
    """A complex gateway that has begun takes the tokens that come late without an effect."""
    scope = run.state.get(scope_key)
    awaited = scope.data.get(RESET + join.id) if scope else None
    if not awaited or flow.id not in awaited:
        return False
    left = [f for f in awaited if f != flow.id]
    run.emit(e.Noted(scope_key, RESET + join.id, left or None))
    run.later("child_ended", scope_key)
    return True


def _complete(run: Run, join: Element, scope: Live) -> dict[str, int]:
    """The tokens to take when all that are needed wait, else none."""
    waiting = scope.joins[join.id]
    every = all(waiting.get(f) for f in join.incoming)
    if join.kind not in SYNCHRONISING:
        return _quantity(waiting, join.start_quantity)
    if every:
        return dict.fromkeys(join.incoming, 1)
    if join.activation is not None:
        count = {"activationCount": len(waiting)}
        if run.holds(join.activation, scope.key, f"The activation condition of {join.id}", count):
            return dict.fromkeys(waiting, 1)
    return {}


def _quantity(waiting: Mapping[str, int], needed: int) -> dict[str, int]:
    if sum(waiting.values()) < needed:
        return {}
    consumed: dict[str, int] = {}
    for flow, count in waiting.items():
        taken = min(count, needed - sum(consumed.values()))
        if taken:
            consumed[flow] = taken
    return consumed


def _begin(run: Run, join: Element, scope_key: int, consumed: Mapping[str, int]) -> None:
    awaited = [f for f in join.incoming if f not in consumed]
    tokens.begin(run, join, scope_key, consumed=consumed)
    if join.activation is not None and awaited:
        run.emit(e.Noted(scope_key, RESET + join.id, awaited))


def token_ended(run: Run, scope_key: int) -> None:
    """A token of the scope is gone from where it was: joins may have waited for it."""
    scope = run.state.get(scope_key)
    if scope is not None and (scope.joins or scope.data):
        run.unsettled.add(scope_key)


def settle(run: Run) -> None:
    """Begin the inclusive joins that no more tokens can reach; reset complex ones."""
    while run.unsettled:
        scope_key = run.unsettled.pop()
        scope = run.state.get(scope_key)
        if scope is not None:
            _settle_joins(run, scope)
            _settle_resets(run, scope)


def _settle_joins(run: Run, scope: Live) -> None:
    for join_id, waiting in list(scope.joins.items()):
        join = run.definition.element(join_id)
        if join_id not in run.definition.upstream or join.activation is not None:
            continue
        if not _can_come(run, scope, join, set(waiting)):
            _begin(run, join, scope.key, dict.fromkeys(waiting, 1))


def _settle_resets(run: Run, scope: Live) -> None:
    for name in [n for n in scope.data if n.startswith(RESET)]:
        join = run.definition.element(name.removeprefix(RESET))
        here = set(join.incoming) - set(scope.data[name])
        if not _can_come(run, scope, join, here):
            run.emit(e.Noted(scope.key, name, None))
            run.later("child_ended", scope.key)


def _can_come(run: Run, scope: Live, join: Element, here: set[str]) -> bool:
    """Whether a token elsewhere in the scope can reach a flow of `join` that has none, and not
    one that has."""
    upstream = run.definition.upstream[join.id]
    others = {child.element_id for child in run.state.children(scope.key)}
    others.update(j for j in scope.joins if j != join.id)
    missing = [upstream[f] for f in join.incoming if f not in here]
    present = [upstream[f] for f in here]
    return any(any(at in m for m in missing) and not any(at in p for p in present) for at in others)
