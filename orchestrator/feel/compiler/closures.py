"""From a node of the syntax tree to the closure that evaluates it."""

from collections.abc import Callable

from orchestrator.feel import syntax as s
from orchestrator.feel.compiler.names import Meaning, Names
from orchestrator.feel.scope import Scope

Closure = Callable[[Scope], object]
INPUT = "?"
"""The name of what a unary test tests."""

COMPILERS: dict[type[s.Node], Callable[..., Closure]] = {}
"""Filled by the modules of this package, one entry per class of node."""


def compile_node(node: s.Node, names: Names) -> Closure:
    return COMPILERS[type(node)](node, names)


def is_entry(name: str, meaning: Meaning) -> Callable[[Scope], bool]:
    """Whether one of the contexts around a node has an entry of that name now."""

    def run(scope: Scope) -> bool:
        for slot in meaning.contexts:
            context = scope.slots[slot]
            if isinstance(context, dict) and name in context:
                return True
        return False

    return run
