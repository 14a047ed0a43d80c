"""Conditions, iterations, lists and contexts (DMN 1.5, 10.3.2.14 and 10.3.2.6)."""

from collections.abc import Callable, Iterable

from orchestrator.feel import syntax as s
from orchestrator.feel.compiler.closures import COMPILERS, Closure, compile_node
from orchestrator.feel.compiler.names import Names
from orchestrator.feel.operators import NotApplicable
from orchestrator.feel.scope import Scope
from orchestrator.feel.sequences import sequence
from orchestrator.feel.values import Range

Loop = Callable[[Scope, list[object]], None]
"""Appends what a body gives for each combination of items. Raises NotApplicable."""


def _if(node: s.If, names: Names) -> Closure:
    condition, then, otherwise = (
        compile_node(n, names) for n in (node.condition, node.then, node.otherwise)
    )
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


def _items(iteration: s.Iteration, names: Names) -> Callable[[Scope], Iterable[object]]:
    """What an iteration runs through; a step is spent on each."""
    source = compile_node(iteration.source, names)
    end = compile_node(iteration.end, names) if iteration.end else None

    def run(scope: Scope) -> Iterable[object]:
        found = sequence(source(scope), end(scope) if end else None, end is not None)
        if found is None:
            raise NotApplicable("Only lists and ranges of numbers or dates can be iterated")
        items, count = found
        scope.spend(count)
        return items

    return run


def _loop(iterations: tuple[s.Iteration, ...], names: Names, body: s.Node) -> Loop:
    """One loop inside the other, the last varying fastest."""
    first, *rest = iterations
    items, slot = _items(first, names), names.depth
    inside = names.bind(first.name)
    if rest:
        inner = _loop(tuple(rest), inside, body)

        def outer(scope: Scope, results: list[object]) -> None:
            slots = scope.slots
            for slots[slot] in items(scope):
                inner(scope, results)

        return outer
    run = compile_node(body, inside)

    def last(scope: Scope, results: list[object]) -> None:
        slots = scope.slots
        for slots[slot] in items(scope):
            results.append(run(scope))

    return last


def _for(node: s.For, names: Names) -> Closure:
    partial = names.depth
    loop = _loop(node.iterations, names.bind("partial"), node.body)

    def run(scope: Scope) -> object:
        results: list[object] = []
        scope.slots[partial] = results
        try:
            loop(scope, results)
        except NotApplicable as error:
            return scope.warn(str(error))
        return list(results)

    return run


def _quantified(node: s.Quantified, names: Names) -> Closure:
    loop, every = _loop(node.iterations, names, node.condition), node.every
    decisive = not every

    def run(scope: Scope) -> object:
        results: list[object] = []
        try:
            loop(scope, results)
        except NotApplicable as error:
            return scope.warn(str(error))
        known = True
        for result in results:
            if result is decisive:
                return decisive
            known = known and result is every
        return every if known else None

    return run


def _list(node: s.ListOf, names: Names) -> Closure:
    items = [compile_node(i, names) for i in node.items]
    return lambda scope: [i(scope) for i in items]


def _context(node: s.ContextOf, names: Names) -> Closure:
    slot, inside = names.depth, names.context(frozenset(key for key, _ in node.entries))
    entries = [(key, compile_node(value, inside)) for key, value in node.entries]

    def run(scope: Scope) -> object:
        result: dict[str, object] = {}
        scope.slots[slot] = result
        for key, value in entries:
            result[key] = value(scope)
        return result

    return run


def _range(node: s.RangeOf, names: Names) -> Closure:
    low, high = compile_node(node.low, names), compile_node(node.high, names)
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
