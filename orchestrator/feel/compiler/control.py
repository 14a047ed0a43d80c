"""Conditions, iterations, lists and contexts (DMN 1.5, 10.3.2.14 and 10.3.2.6)."""

from collections.abc import Callable, Iterator

from orchestrator.feel import syntax as s
from orchestrator.feel.compiler.closures import COMPILERS, Closure, compile_node
from orchestrator.feel.operators import NotApplicable
from orchestrator.feel.scope import Scope
from orchestrator.feel.sequences import sequence
from orchestrator.feel.values import Range


def _if(node: s.If) -> Closure:
    condition, then, otherwise = (
        compile_node(n) for n in (node.condition, node.then, node.otherwise)
    )
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


def _iterate(iterations: tuple[s.Iteration, ...]) -> Callable[[Scope], Iterator[Scope]]:
    """A closure giving an iterator of scopes, one per combination, the last varying fastest."""
    compiled = [
        (i.name, compile_node(i.source), compile_node(i.end) if i.end else None) for i in iterations
    ]

    def scopes(scope: Scope, depth: int = 0) -> Iterator[Scope]:
        if depth == len(compiled):
            yield scope
            return
        name, source, end = compiled[depth]
        items = sequence(source(scope), end(scope) if end else None, end is not None)
        if items is None:
            raise NotApplicable("Only lists and ranges of numbers or dates can be iterated")
        for item in items:
            scope.journal.step()
            yield from scopes(scope.child({name: item}), depth + 1)

    return scopes


def _for(node: s.For) -> Closure:
    iterate, body = _iterate(node.iterations), compile_node(node.body)

    def run(scope: Scope) -> object:
        results: list[object] = []
        outer = scope.child({"partial": results})
        try:
            for inner in iterate(outer):
                results.append(body(inner))
        except NotApplicable as error:
            return scope.journal.warn(str(error))
        return list(results)

    return run


def _quantified(node: s.Quantified) -> Closure:
    iterate, condition = _iterate(node.iterations), compile_node(node.condition)

    def run(scope: Scope) -> object:
        try:
            results = [condition(inner) for inner in iterate(scope)]
        except NotApplicable as error:
            return scope.journal.warn(str(error))
        decisive = not node.every
        if any(r is decisive for r in results):
            return decisive
        return None if any(not isinstance(r, bool) for r in results) else node.every

    return run


def _list(node: s.ListOf) -> Closure:
    items = [compile_node(i) for i in node.items]
    return lambda scope: [i(scope) for i in items]


def _context(node: s.ContextOf) -> Closure:
    entries = [(key, compile_node(value)) for key, value in node.entries]

    def run(scope: Scope) -> object:
        result: dict[str, object] = {}
        inner = scope.child(result)
        for key, value in entries:
            result[key] = value(inner)
        return result

    return run


def _range(node: s.RangeOf) -> Closure:
    low, high = compile_node(node.low), compile_node(node.high)
    closed = node.low_closed, node.high_closed, node.unbounded
    return lambda scope: Range(low(scope), high(scope), *closed)


COMPILERS.update(
    {
        s.If: _if,
        s.For: _for,
        s.Quantified: _quantified,
        s.ListOf: _list,
        s.ContextOf: _context,
        s.RangeOf: _range,
    }
)
