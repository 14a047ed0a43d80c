"""The values of an input, cut at every value that a table's rules compare it with.

Within a piece all values satisfy the same tests, so one of them stands for all
(Calvanese et al., "Semantics and analysis of DMN decision tables", BPM 2016, section 4).
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from orchestrator.feel import parse as feel
from orchestrator.feel import show

_BETWEEN = {
    Decimal: "(a + b) / 2",
    dt.date: 'a + duration("P1D")',
    dt.datetime: "a + (b - a) / 2",
    dt.timedelta: "a + (b - a) / 2",
}
_STEP = {
    Decimal: "1",
    dt.date: 'duration("P1D")',
    dt.datetime: 'duration("P1D")',
    dt.timedelta: 'duration("PT1S")',
}


@dataclass(frozen=True, slots=True)
class Piece:
    """One stretch of an input's values: `example` is one of them, `low` and `high` the constants
    next to it, None where there is none."""

    example: object
    low: object = None
    high: object = None

    @property
    def is_point(self) -> bool:
        return self.low is self.example


def pieces_of(constants: Iterable[object]) -> list[Piece] | None:
    """The pieces, in ascending order; None when the constants cannot be put in order."""
    values = {value for value in constants if value is not None}
    if not values:
        return [Piece("")]
    kinds = {type(value) for value in values}
    if kinds == {bool}:
        return [Piece(value, value, value) for value in (False, True)]
    if kinds == {str}:
        texts = sorted(map(str, values))
        return [*(Piece(text, text, text) for text in texts), Piece("".join(texts) + "?")]
    if len(kinds) != 1 or not kinds <= _BETWEEN.keys():
        return None
    return list(_stretches(sorted(values), kinds.pop()))  # type: ignore[type-var]


def _stretches(values: Sequence[object], kind: type) -> Iterator[Piece]:
    first, last = values[0], values[-1]
    yield Piece(_computed(f"a - {_STEP[kind]}", first, first), None, first)
    for low, high in pairwise([*values, None]):
        yield Piece(low, low, low)
        if high is None:
            break
        between = _computed(_BETWEEN[kind], low, high)
        if _is_within(low, between, high):
            yield Piece(between, low, high)
    yield Piece(_computed(f"a + {_STEP[kind]}", last, last), last, None)


def _computed(text: str, low: object, high: object) -> object:
    return feel(text).evaluate({"a": low, "b": high}).value


def _is_within(low: object, value: object, high: object) -> bool:
    return feel("a < v and v < b").evaluate({"a": low, "v": value, "b": high}).value is True


def describe(label: str, run: Sequence[Piece]) -> str:
    """Neighbouring pieces in words: `amount in (100..200]`, `status = "new"`."""
    first, last = run[0], run[-1]
    if isinstance(first.example, str | bool):
        return " or ".join(_named(label, piece) for piece in run)
    if first.is_point and len(run) == 1:
        return f"{label} = {show(first.example)}"
    if first.low is None:
        return f"{label} {'<=' if last.is_point else '<'} {show(last.high)}"
    if last.high is None:
        return f"{label} {'>=' if first.is_point else '>'} {show(first.low)}"
    opening, closing = "[" if first.is_point else "(", "]" if last.is_point else ")"
    return f"{label} in {opening}{show(first.low)}..{show(last.high)}{closing}"


def _named(label: str, piece: Piece) -> str:
    return f"{label} = {_quoted(piece.example)}" if piece.is_point else f"any other {label}"


def _quoted(value: object) -> str:
    return f'"{value}"' if isinstance(value, str) else show(value)
