"""What can be told of a decision table without running it: gaps, overlaps, rules that never
answer (DMN 1.5, 8.2.11: a complete table covers every input; UNIQUE forbids overlaps)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, groupby, islice

from orchestrator.dmn.model import Decision, Definitions
from orchestrator.dmn.pieces import Piece, describe, pieces_of
from orchestrator.dmn.table import DecisionTable, Input
from orchestrator.feel import AMBIENT
from orchestrator.kernel.errors import Finding

MAX_REGIONS = 20_000
_SHOWN = 5
_SINGLE_HIT = "UFAP"


@dataclass(frozen=True)
class Region:
    """Inputs that the same rules match: per input its pieces; `rules` count from 0."""

    runs: tuple[Sequence[Piece], ...]
    rules: tuple[int, ...]


def check(definitions: Definitions) -> list[Finding]:
    """What the author of the file may have overlooked: its tables, and names that nothing bears."""
    return [
        finding
        for decision in definitions.decisions.values()
        for finding in (*_unknown_names(definitions, decision), *_of_table(decision))
    ]


def _of_table(decision: Decision) -> list[Finding]:
    return check_table(decision.id, decision.table) if decision.table else []


def _unknown_names(definitions: Definitions, decision: Decision) -> Iterator[Finding]:
    """Only where the file declares its input data; else every name may be one of the process."""
    if not (definitions.declares_inputs and decision.table):
        return
    for column in decision.table.inputs:
        for name in sorted(column.expression.names - definitions.names - {AMBIENT}):
            message = f"Nothing in the file is named '{name}', which input '{column.label}' reads."
            yield Finding(decision.id, "dmn.name", message)


def check_table(element: str, table: DecisionTable) -> list[Finding]:
    """What the author may have overlooked in the table of the element; empty when nothing, or
    when nothing can be told: a test reads more than its input, or the regions are too many."""
    columns = [_pieces(table, at) for at in range(len(table.inputs))]
    known = [column for column in columns if column is not None]
    if len(known) != len(table.inputs):
        return []
    regions = list(islice(_regions(table, known), MAX_REGIONS + 1))
    if len(regions) > MAX_REGIONS:
        return []
    check = _Check(element, table, known, regions)
    return [*check.gaps(), *check.overlaps(), *check.unreachable()]


def _pieces(table: DecisionTable, at: int) -> list[Piece] | None:
    column = table.inputs[at]
    tests = [rule.tests[at] for rule in table.rules]
    if column.allowed:
        tests.append(column.allowed)
    constants = [test.constants for test in tests]
    if any(values is None for values in constants):
        return None
    pieces = pieces_of(value for values in constants for value in values or ())
    return pieces and [piece for piece in pieces if _is_allowed(column, piece)]


def _is_allowed(column: Input, piece: Piece) -> bool:
    return column.allowed is None or column.allowed.matches(piece.example, {}).value is True


def _regions(table: DecisionTable, columns: Sequence[Sequence[Piece]]) -> Iterator[Region]:
    """Cuts one input after the other, keeping the rules that still match."""
    matching = [[_matching(table, at, p) for p in pieces] for at, pieces in enumerate(columns)]

    def cut(runs: tuple[Sequence[Piece], ...], rules: frozenset[int]) -> Iterator[Region]:
        at = len(runs)
        if at == len(columns) or not rules:
            yield Region(runs, tuple(sorted(rules)))
            return
        pairs = zip(columns[at], matching[at], strict=True)
        for left, group in groupby(pairs, key=lambda pair: rules & pair[1]):
            yield from cut((*runs, [piece for piece, _ in group]), left)

    yield from cut((), frozenset(range(len(table.rules))))


def _matching(table: DecisionTable, at: int, piece: Piece) -> frozenset[int]:
    return frozenset(
        number
        for number, rule in enumerate(table.rules)
        if rule.tests[at].matches(piece.example, {}).value is True
    )


@dataclass(frozen=True)
class _Check:
    element: str
    table: DecisionTable
    columns: Sequence[Sequence[Piece]]
    regions: Sequence[Region]

    def gaps(self) -> Iterator[Finding]:
        """Inputs without an answer, where one is expected."""
        defaults = [output for output in self.table.outputs if output.default]
        if self.table.hit_policy not in _SINGLE_HIT or defaults:
            return
        empty = [region for region in self.regions if not region.rules]
        for region in empty[:_SHOWN]:
            yield self._finding("dmn.gap", f"No rule answers when {self._words(region)}.")
        if len(empty) > _SHOWN:
            yield self._finding("dmn.gap", f"{len(empty) - _SHOWN} more gaps are not listed.")

    def overlaps(self) -> Iterator[Finding]:
        """Pairs of rules that both match, where the hit policy allows one answer."""
        seen: set[tuple[int, int]] = set()
        for region in self.regions:
            for pair in combinations(region.rules, 2):
                if pair not in seen and self._may_not_meet(*pair):
                    seen.add(pair)
                    one, other = (number + 1 for number in pair)
                    when = self._words(region)
                    message = f"Rules {one} and {other} both match when {when}."
                    yield self._finding("dmn.overlap", message)

    def unreachable(self) -> Iterator[Finding]:
        """Rules that answer no input."""
        first_only = self.table.hit_policy == "F"
        heard = {n for r in self.regions for n in (r.rules[:1] if first_only else r.rules)}
        for number in range(len(self.table.rules)):
            if number not in heard:
                why = "earlier rules match first" if first_only else "its conditions exclude all"
                message = f"Rule {number + 1} never answers: {why}."
                yield self._finding("dmn.unreachable", message)

    def _may_not_meet(self, one: int, other: int) -> bool:
        if self.table.hit_policy == "A":
            return self._answer(one) != self._answer(other)
        return self.table.hit_policy == "U"

    def _answer(self, number: int) -> list[str]:
        return [output.text for output in self.table.rules[number].outputs]

    def _words(self, region: Region) -> str:
        cut = zip(self.table.inputs, region.runs, strict=False)
        conditions = [
            describe(column.label, run)
            for (column, run), whole in zip(cut, self.columns, strict=False)
            if len(run) < len(whole)
        ]
        return " and ".join(conditions) or "any input"

    def _finding(self, rule: str, message: str) -> Finding:
        return Finding(self.element, rule, message)
