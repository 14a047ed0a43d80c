"""Which rules of a table match its inputs, without running the tests of all.

The constants in a column's tests cut its values into pieces within which every test gives the same
(see `pieces`). Which rules hold for a piece is kept when a value of it is first seen, as an integer
whose bit n stands for the rule at n.
"""

import datetime as dt
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from orchestrator.feel import UnaryTests

MAX_PIECES = 4096
"""So many are kept per column."""
_ORDERED = frozenset({Decimal, str, dt.date, dt.timedelta})
_KNOWN = _ORDERED | {bool, type(None)}
Tests = Sequence[UnaryTests]
Piece = tuple[type, object, bool]


class RuleIndex:
    def __init__(self, rules: Sequence[Tests]) -> None:
        self._rules, self._every = rules, (1 << len(rules)) - 1
        self._columns = [_Column(tests) for tests in zip(*rules, strict=False)]
        self._open = [[(n, t) for n, t in enumerate(tests) if not _is_closed(t)] for tests in rules]
        self._functions = {name for tests in rules for test in tests for name in test.functions}

    def matching(self, inputs: Sequence[object], context: Mapping[str, object]) -> Iterator[int]:
        """The rules that match, ascending from 0."""
        if any(name in context for name in self._functions):
            return (n for n, r in enumerate(self._rules) if _hold(enumerate(r), inputs, context))
        found = self._every
        for column, value in zip(self._columns, inputs, strict=False):
            found &= column.holding(value)
        return (n for n in _bits(found) if _hold(self._open[n], inputs, context))


class _Column:
    def __init__(self, tests: Tests) -> None:
        self._tests = {test.text: test for test in tests if _is_closed(test)}
        self._open, self._rules = 0, dict.fromkeys(self._tests, 0)
        for number, test in enumerate(tests):
            if test.text in self._tests:
                self._rules[test.text] |= 1 << number
            else:
                self._open |= 1 << number
        self._ends = _ends(self._tests.values())
        self._kept: dict[Piece, int] = {}

    def holding(self, value: object) -> int:
        """The rules whose test holds for a value, and those whose test is open."""
        piece = self._piece(value)
        found = self._kept.get(piece) if piece else None
        if found is None:
            found = self._open
            for text, test in self._tests.items():
                if test.matches(value, {}).value is True:
                    found |= self._rules[text]
            if piece and len(self._kept) < MAX_PIECES:
                self._kept[piece] = found
        return found

    def _piece(self, value: object) -> Piece | None:
        """What it has in common with all values for which the tests give the same, if known."""
        kind = type(value)
        if kind not in _ORDERED:
            return (kind, value, True) if kind in _KNOWN else None
        ends = self._ends.get(kind, ())
        at = bisect_left(ends, value)
        return kind, at, at < len(ends) and ends[at] == value


def _is_closed(test: UnaryTests) -> bool:
    """Whether it depends on nothing but the input, and how the input lies to known values."""
    return test.constants is not None and all(type(c) in _KNOWN for c in test.constants)


def _ends(tests: Iterable[UnaryTests]) -> dict[type, Any]:
    """What the tests compare with, by type, ascending."""
    values: list[Any] = [value for test in tests for value in test.constants or ()]
    return {kind: sorted({v for v in values if type(v) is kind}) for kind in _ORDERED}


def _hold(
    tests: Iterable[tuple[int, UnaryTests]],
    inputs: Sequence[object],
    context: Mapping[str, object],
) -> bool:
    return all(test.matches(inputs[at], context).value is True for at, test in tests)


def _bits(rules: int) -> Iterator[int]:
    while rules:
        lowest = rules & -rules
        yield lowest.bit_length() - 1
        rules ^= lowest
