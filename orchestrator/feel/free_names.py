"""The variables that an expression reads."""

from collections.abc import Iterable

from orchestrator.feel.syntax import (
    Call,
    ContextOf,
    Filter,
    For,
    FunctionDefinition,
    Iteration,
    Name,
    Node,
    Path,
    Quantified,
    children,
)

AMBIENT = "camunda"
"""The name under which expressions see what is set for all processes, beside their variables."""


def free_names(node: Node) -> frozenset[str]:
    """Names that come from the outside. Those in a filter's condition are left out: they may be
    of the filtered items. So are the names of functions."""
    return frozenset(_names(node, frozenset()))


def _names(node: Node, bound: frozenset[str]) -> set[str]:
    match node:
        case Name(name=name):
            return set() if name in bound else {name}
        case Path(source=source) | Filter(source=source):
            return _names(source, bound)
        case Call(function=Name(), arguments=arguments):
            return _all(arguments, bound)
        case For(iterations=iterations, body=body):
            return _iterated(iterations, body, bound | {"partial"})
        case Quantified(iterations=iterations, condition=condition):
            return _iterated(iterations, condition, bound)
        case FunctionDefinition(parameters=parameters, body=body):
            return _names(body, bound.union(parameters))
        case ContextOf(entries=entries):
            found: set[str] = set()
            for name, value in entries:
                found |= _names(value, bound)
                bound = bound | {name}
            return found
    return _all(children(node), bound)


def _iterated(iterations: Iterable[Iteration], body: Node, bound: frozenset[str]) -> set[str]:
    found: set[str] = set()
    for one in iterations:
        found |= _all([x for x in (one.source, one.end) if x is not None], bound)
        bound = bound | {one.name}
    return found | _names(body, bound)


def _all(nodes: Iterable[Node], bound: frozenset[str]) -> set[str]:
    return {name for node in nodes for name in _names(node, bound)}
