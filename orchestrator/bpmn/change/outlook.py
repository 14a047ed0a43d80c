"""Whether the tokens of a scope can come to its end, and where they may be stuck.

A search over markings: where tokens are and where they wait. Work is taken to be done and events
to happen; where a condition decides, every way is looked at. Tokens of different branches do not
disturb one another, so one token is moved at a time, in a fixed order: the number of markings
grows with the decisions, not with the ways of interleaving them.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations

from orchestrator.bpmn.model import SYNCHRONISING, Element, Flow, ProcessDefinition

MOST_MARKINGS = 20_000
MOST_COMBINED = 4
"""Of a gateway with more conditional flows, each alone and all together are looked at."""
ENDS_SCOPE = ("terminate", "error", "cancel")


@dataclass(frozen=True, slots=True)
class Token:
    """At an element that may end (`free`), or that cannot end of itself."""

    element_id: str
    free: bool = True


@dataclass(frozen=True, slots=True)
class Marking:
    """Tokens at work, and (join, flow, how many) that wait."""

    tokens: frozenset[tuple[Token, int]] = frozenset()
    waiting: frozenset[tuple[str, str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Outlook:
    """`stuck_at`: the joins where a token may wait for ever."""

    ends: bool
    stuck_at: frozenset[str]


def marking(tokens: Iterable[Token], waiting: Iterable[tuple[str, str, int]] = ()) -> Marking:
    return Marking(frozenset(Counter(tokens).items()), frozenset(waiting))


def outlook(definition: ProcessDefinition, start: Marking) -> Outlook:
    """Of one scope. A search that is cut short tells what it has found so far."""
    game, todo, seen = _Game(definition), [start], {start}
    ends, stuck = False, set[str]()
    while todo and len(seen) < MOST_MARKINGS:
        at = todo.pop()
        followers = game.moves(at)
        if followers is None:
            ends = ends or not (at.tokens or at.waiting)
            stuck.update(join for join, _, _ in at.waiting)
            continue
        todo += [m for m in followers if m not in seen]
        seen.update(followers)
    return Outlook(ends, frozenset(stuck))


class _Game:
    def __init__(self, definition: ProcessDefinition) -> None:
        self._definition = definition

    def moves(self, at: Marking) -> list[Marking] | None:
        """What may follow; None when nothing can."""
        for token, _ in sorted(at.tokens, key=str):
            ways = list(self._ways(token))
            if ways:
                return [self._after(at, token, way) for way in ways]
        return self._late_join(at)

    def _ways(self, token: Token) -> Iterator[tuple[Flow, ...] | None]:
        """The flows that the end of an element may take; None when it ends the scope."""
        element = self._definition.element(token.element_id)
        if token.free:
            yield from self._leaving(element)
        for name in element.boundaries:
            boundary = self._definition.element(name)
            if boundary.interrupting and not boundary.has("compensate"):
                yield boundary.outgoing

    def _leaving(self, element: Element) -> Iterator[tuple[Flow, ...] | None]:
        if any(element.has(kind) for kind in ENDS_SCOPE) and element.kind == "endEvent":
            yield None
        elif element.kind in ("exclusiveGateway", "eventBasedGateway"):
            yield from ((flow,) for flow in element.outgoing)
        else:
            yield from self._conditional(element)

    def _conditional(self, element: Element) -> Iterator[tuple[Flow, ...]]:
        maybe = [f for f in element.outgoing if f.condition is not None or f.id == element.default]
        always = tuple(f for f in element.outgoing if f not in maybe)
        needs_one = bool(maybe) and (element.default is not None or element.kind in SYNCHRONISING)
        for taken in _subsets(maybe):
            if taken or not needs_one:
                yield (always + taken) * element.completion_quantity

    def _after(self, at: Marking, token: Token, way: tuple[Flow, ...] | None) -> Marking:
        if way is None:
            return Marking()
        tokens, waiting = _counts(at)
        tokens[token] -= 1
        element = self._definition.element(token.element_id)
        if element.has("link") and not element.outgoing:
            tokens[Token(self._definition.link_target(element).id)] += 1
        for flow in way:
            self._arrive(tokens, waiting, flow)
        return _marking(tokens, waiting)

    def _arrive(
        self, tokens: Counter[Token], waiting: Counter[tuple[str, str]], flow: Flow
    ) -> None:
        if flow.target not in self._definition.joins:
            tokens[Token(flow.target)] += 1
            return
        target = self._definition.element(flow.target)
        waiting[target.id, flow.id] += 1
        here = [f for f in target.incoming if waiting[target.id, f]]
        if target.kind in SYNCHRONISING:
            taken = here if len(here) == len(target.incoming) else []
        else:
            every = [f for f in here for _ in range(waiting[target.id, f])]
            taken = every[: target.start_quantity] if len(every) >= target.start_quantity else []
        if taken:
            _begin(tokens, waiting, target.id, taken)

    def _late_join(self, at: Marking) -> list[Marking] | None:
        """An inclusive or complex join that no more token can reach begins with those it has."""
        tokens, waiting = _counts(at)
        for join in sorted({join for join, _, _ in at.waiting}):
            upstream = self._definition.upstream.get(join)
            here = [flow for at_join, flow, _ in at.waiting if at_join == join]
            if upstream is not None and not self._can_come(at, join, here):
                _begin(tokens, waiting, join, here)
                return [_marking(tokens, waiting)]
        return None

    def _can_come(self, at: Marking, join: str, here: list[str]) -> bool:
        upstream = self._definition.upstream[join]
        others = {t.element_id for t, _ in at.tokens} | {j for j, _, _ in at.waiting if j != join}
        missing = [f for f in self._definition.element(join).incoming if f not in here]
        return any(
            any(other in upstream[f] for f in missing)
            and not any(other in upstream[f] for f in here)
            for other in others
        )


def _begin(
    tokens: Counter[Token], waiting: Counter[tuple[str, str]], join: str, taken: Iterable[str]
) -> None:
    waiting.subtract((join, flow) for flow in taken)
    tokens[Token(join)] += 1


def _counts(at: Marking) -> tuple[Counter[Token], Counter[tuple[str, str]]]:
    return Counter(dict(at.tokens)), Counter({(join, f): n for join, f, n in at.waiting})


def _marking(tokens: Counter[Token], waiting: Counter[tuple[str, str]]) -> Marking:
    left = frozenset((token, n) for token, n in tokens.items() if n)
    return Marking(left, frozenset((join, f, n) for (join, f), n in waiting.items() if n))


def _subsets(flows: list[Flow]) -> Iterable[tuple[Flow, ...]]:
    if len(flows) > MOST_COMBINED:
        return [(), *((f,) for f in flows), tuple(flows)]
    return chain.from_iterable(combinations(flows, n) for n in range(len(flows) + 1))
