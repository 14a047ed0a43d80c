"""The dry run of a change: what would become of an instance, told from a copy of its state."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from orchestrator.bpmn.change import needs
from orchestrator.bpmn.change.outlook import Marking, Outlook, Token, marking, outlook
from orchestrator.bpmn.change.scopes import alive_in
from orchestrator.bpmn.model import ProcessDefinition
from orchestrator.bpmn.run import Visible
from orchestrator.bpmn.state import Live, State
from orchestrator.feel import AMBIENT
from orchestrator.kernel.errors import Finding


class Verdict(StrEnum):
    OK = "OK"  # it can reach an end
    REFUSED = "REFUSED"  # it cannot be changed so
    STUCK = "STUCK"  # a token would wait for ever
    LACKS_VARIABLE = "LACKS_VARIABLE"  # something is read that nothing gives


@dataclass(frozen=True, slots=True)
class Missing:
    """`name` is read at `element_id` and is not there; `may_come_from`: whose work may bring it."""

    name: str
    element_id: str
    may_come_from: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    verdict: Verdict
    reason: str = ""
    stuck_at: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Why, by stable codes, where neither `stuck_at` nor `missing` tells."""


class Forecaster:
    """Compares instances of `before` with what they would be in `after`. Instances whose tokens
    are in the same places share the search."""

    def __init__(self, before: ProcessDefinition, after: ProcessDefinition) -> None:
        self._before, self._after = _Reader(before), _Reader(after)

    def forecast(self, key: int, before: State, after: State) -> Forecast:
        """Of instance `key`. What the model itself would do to it without the change is not
        held against the change, unless nothing can mend it."""
        if after.get(key) is None:
            return Forecast(Verdict.OK, "The instance ends with the change.")
        was, now = self._before.outlook(key, before), self._after.outlook(key, after)
        stuck = tuple(sorted(now.stuck_at - (was.stuck_at if now.ends else frozenset())))
        missing = tuple(self._missing(key, before, after))
        if stuck:
            return Forecast(Verdict.STUCK, _stuck(stuck, ends=now.ends), stuck, missing)
        if missing:
            names = ", ".join(sorted({m.name for m in missing}))
            reason = f"It would lack {names}."
            return Forecast(Verdict.LACKS_VARIABLE, reason, (), missing)
        if not now.ends:
            finding = Finding("", "migration.no_end", "It cannot reach an end.")
            return Forecast(Verdict.STUCK, finding.message, findings=(finding,))
        return Forecast(Verdict.OK, "It can reach an end.")

    def _missing(self, key: int, before: State, after: State) -> Iterator[Missing]:
        """What was missing before, too, but may come from work, is the model's own affair."""
        was = {m.name for m in self._before.missing(key, before)}
        for missing in self._after.missing(key, after):
            if missing.name not in was or not missing.may_come_from:
                yield missing


class _Reader:
    def __init__(self, definition: ProcessDefinition) -> None:
        self._definition = definition
        self._outlooks: dict[Marking, Outlook] = {}
        self._needs: dict[frozenset[str], list[needs.Need]] = {}

    def outlook(self, key: int, state: State) -> Outlook:
        """Of a scope with what is alive in it."""
        stuck, tokens = set[str](), list[Token]()
        scope = state.get(key)
        for child in state.children(key):
            free = True
            if child.children or child.joins:
                inner = self.outlook(child.key, state)
                free = inner.ends
                stuck |= inner.stuck_at
            tokens.append(Token(child.element_id, free))
        joins = _joins(scope)
        if scope is not None and tokens and all(t.element_id == scope.element_id for t in tokens):
            return Outlook(all(t.free for t in tokens), frozenset(stuck))  # the turns of a loop
        found = self._search(marking(tokens, joins))
        return Outlook(found.ends, found.stuck_at | stuck)

    def _search(self, start: Marking) -> Outlook:
        if start not in self._outlooks:
            self._outlooks[start] = outlook(self._definition, start)
        return self._outlooks[start]

    def missing(self, key: int, state: State) -> Iterator[Missing]:
        """What is read later and neither there nor surely given before, each name once."""
        everything = list(alive_in(state, key))
        alive = frozenset(live.element_id for live in everything if live.key != key)
        if alive not in self._needs:
            self._needs[alive] = needs.needs(self._definition, alive)
        found: dict[str, Missing] = {}
        for need in self._needs[alive]:
            if need.given or need.name == AMBIENT or self._is_there(need, everything, state):
                continue
            known = found.get(need.name)
            if known is None or (known.may_come_from and not need.may_come_from):
                found[need.name] = Missing(need.name, need.element_id, need.may_come_from)
        yield from found.values()

    def _is_there(self, need: needs.Need, everything: list[Live], state: State) -> bool:
        scopes = needs.scopes_of(self._definition, need)
        homes = [live for live in everything if live.element_id in scopes]
        if any(need.name in state.variables(live.key) for live in homes):
            return True
        innermost = homes[-1].key if homes else None
        return need.expression.evaluate(Visible(state, innermost, {})).value is not None


def _joins(scope: Live | None) -> list[tuple[str, str, int]]:
    waiting: Mapping[str, Mapping[str, int]] = scope.joins if scope is not None else {}
    return [(join, flow, n) for join, flows in waiting.items() for flow, n in flows.items()]


def _stuck(stuck: tuple[str, ...], *, ends: bool) -> str:
    return f"A token {'may' if ends else 'would'} wait for ever at {', '.join(stuck)}."
