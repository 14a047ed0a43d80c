"""From a node of the syntax tree to the closure that evaluates it."""

from collections.abc import Callable

from orchestrator.feel import syntax as s
from orchestrator.feel.scope import Scope

Closure = Callable[[Scope], object]
INPUT = "?"
"""The name of what a unary test tests."""

COMPILERS: dict[type[s.Node], Callable[..., Closure]] = {}
"""Filled by the modules of this package, one entry per class of node."""


def compile_node(node: s.Node) -> Closure:
    return COMPILERS[type(node)](node)
