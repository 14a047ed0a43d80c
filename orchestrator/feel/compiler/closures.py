"""From a node of the syntax tree to the closure that evaluates it."""

from collections.abc import Callable, Sequence
from operator import itemgetter

from msgspec import Struct

from orchestrator.feel import syntax as s
from orchestrator.feel.compiler.names import Meaning, Names
from orchestrator.feel.scope import Frame

Closure = Callable[[Frame], object]
INPUT = "?"
"""The name of what a unary test tests."""

COMPILERS: dict[type[s.Node], Callable[..., Closure]] = {}
"""Filled by the modules of this package, one entry per class of node that has no slot."""


def compile_node(node: s.Node, names: Names) -> Closure:
    slot = _slot(node, names)
    return COMPILERS[type(node)](node, names) if slot is None else itemgetter(slot)


class Several(Struct, frozen=True):
    """What gives the values of several nodes: of each, and of all in one call."""

    each: Sequence[Closure]
    together: Callable[[Frame], Sequence[object]]


def compile_all(nodes: Sequence[s.Node], names: Names) -> Several:
    slots = [_slot(node, names) for node in nodes]
    each = [
        compile_node(node, names) if slot is None else itemgetter(slot)
        for node, slot in zip(nodes, slots, strict=True)
    ]
    known = [slot for slot in slots if slot is not None]
    if len(known) == len(slots) > 1:
        return Several(each, itemgetter(*known))
    return Several(each, lambda frame: [closure(frame) for closure in each])


def _slot(node: s.Node, names: Names) -> int | None:
    """Where its value stands before it is evaluated, if it does."""
    if isinstance(node, s.Literal) or (isinstance(node, s.Constant) and not node.calls):
        return names.layout.constant(node.value)
    if isinstance(node, s.Name):
        meaning = names.find(node.name)
        return None if meaning.contexts or meaning.grows else meaning.slot
    return None


def is_entry(name: str, meaning: Meaning) -> Callable[[Frame], bool]:
    """Whether one of the contexts around a node has an entry of that name now."""

    def run(frame: Frame) -> bool:
        for slot in meaning.contexts:
            context = frame[slot]
            if isinstance(context, dict) and name in context:
                return True
        return False

    return run
