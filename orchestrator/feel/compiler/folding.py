"""Constant parts of an expression are evaluated once, when it is compiled.

Children come before their parents, and only small values are kept, so each step is a small one
whatever the text. What gives a warning, reads a variable or the clock, or runs a pattern (whose
time depends on more than its length) stays to be evaluated.
"""

from collections.abc import Iterable
from decimal import Decimal
from operator import is_

from msgspec.structs import replace

from orchestrator.feel import syntax as s
from orchestrator.feel.builtins import BUILTINS
from orchestrator.feel.compiler.program import program
from orchestrator.feel.scope import FeelLimit, Frame, journal
from orchestrator.feel.values import Function, Range

MAX_SIZE = 256
"""The most values in one that is kept."""
MAX_TEXT = 10_000
MAX_EXPONENT = 6144  # of IEEE decimal128
_STAY = frozenset({"now", "today", "matches", "replace", "split", "extract"})
_PURE = (
    s.Negate, s.Binary, s.Compare, s.And, s.Or, s.Between, s.In, s.If, s.ListOf, s.RangeOf, s.Path,
)  # fmt: skip


def fold(node: s.Node) -> s.Node:
    """`node` with the values of its constant parts. Never raises for what they are."""
    if isinstance(node, s.Literal | s.Name):
        return node
    changed = {
        name: new
        for name in node.__struct_fields__
        if (new := _folded(old := getattr(node, name))) is not old
    }
    node = replace(node, **changed) if changed else node
    parts = _parts(node)
    if parts is None or not all(isinstance(p, s.Literal | s.Constant) for p in parts):
        return node
    try:
        made = program(node)
        frame: Frame = [{}, None, *made.rest]
        value = made.run(frame)
    except (FeelLimit, RecursionError):
        return node
    if journal(frame).warnings or _size(value) > MAX_SIZE:
        return node
    return s.Constant(value, _calls(node, parts), node)


def _folded(part: object) -> object:
    """The part itself where there is nothing to fold."""
    if isinstance(part, s.Node):
        return fold(part)
    if not isinstance(part, tuple):
        return part
    folded = tuple(map(_folded, part))
    return part if all(map(is_, folded, part)) else folded


def _parts(node: s.Node) -> list[s.Node] | None:
    """What the value of `node` is made of; None when it depends on more."""
    if isinstance(node, _PURE):
        return list(s.children(node))
    if isinstance(node, s.ContextOf):
        return [value for _, value in node.entries]
    if isinstance(node, s.Call) and isinstance(node.function, s.Name):
        name = node.function.name
        return list(node.arguments) if name in BUILTINS and name not in _STAY else None
    return None


def _calls(node: s.Node, parts: Iterable[s.Node]) -> tuple[str, ...]:
    found = {name for part in parts if isinstance(part, s.Constant) for name in part.calls}
    if isinstance(node, s.Call) and isinstance(node.function, s.Name):
        found.add(node.function.name)
    return tuple(sorted(found))


def _size(value: object) -> int:
    """How many values it holds; more than is kept for one that is big in itself."""
    too_big = MAX_SIZE + 1
    if isinstance(value, str):
        return 1 if len(value) <= MAX_TEXT else too_big
    if isinstance(value, Decimal):
        return 1 if abs(value.adjusted()) <= MAX_EXPONENT else too_big
    if isinstance(value, Range):
        return 1 + _size(value.low) + _size(value.high)
    if isinstance(value, list | dict):
        inner = value if isinstance(value, list) else value.values()
        return 1 + sum(map(_size, inner))
    return too_big if isinstance(value, Function) else 1
