"""Conditions, iterations, lists and contexts (DMN 1.5, 10.3.2.14 and 10.3.2.6)."""

from collections.abc import Callable, Iterable

from orchestrator.feel import syntax as s
from orchestrator.feel.compiler.closures import COMPILERS, Closure, compile_all, compile_node
from orchestrator.feel.compiler.names import Names
from orchestrator.feel.operators import NotApplicable
from orchestrator.feel.scope import Frame, spend, warn
from orchestrator.feel.sequences import sequence
from orchestrator.feel.values import Range

Loop = Callable[[Frame, list[object]], None]
"""Appends what a body gives for each combination of items. Raises NotApplicable."""


def _if(node: s.If, names: Names) -> Closure:
    condition, then, otherwise = (
        compile_node(n, names) for n in (node.condition, node.then, node.otherwise)
    )
    return lambda frame: then(frame) if condition(frame) is True else otherwise(frame)


def _items(iteration: s.Iteration, names: Names) -> Callable[[Frame], Iterable[object]]:
    """What an iteration runs through; a step is spent on each."""
    source = compile_node(iteration.source, names)
    end = compile_node(iteration.end, names) if iteration.end else None

    def run(frame: Frame) -> Iterable[object]:
        found = sequence(source(frame), end(frame) if end else None, end is not None)
        if found is None:
            raise NotApplicable("Only lists and ranges of numbers or dates can be iterated")
        items, count = found
        spend(frame, count)
        return items

    return run


def _loop(iterations: tuple[s.Iteration, ...], names: Names, body: s.Node) -> Loop:
    """One loop inside the other, the last varying fastest."""
    first, *rest = iterations
    items, slot = _items(first, names), names.depth
    inside = names.bind(first.name)
    if rest:
        inner = _loop(tuple(rest), inside, body)

        def outer(frame: Frame, results: list[object]) -> None:
            for item in items(frame):
                frame[slot] = item
                inner(frame, results)

        return outer
    run = compile_node(body, inside)

    def last(frame: Frame, results: list[object]) -> None:
        for item in items(frame):
            frame[slot] = item
            results.append(run(frame))

    return last


def _for(node: s.For, names: Names) -> Closure:
    partial = names.depth
    loop = _loop(node.iterations, names.partial(), node.body)

    def run(frame: Frame) -> object:
        results: list[object] = []
        frame[partial] = results
        try:
            loop(frame, results)
        except NotApplicable as error:
            return warn(frame, str(error))
        return results

    return run


def _quantified(node: s.Quantified, names: Names) -> Closure:
    loop, every = _loop(node.iterations, names, node.condition), node.every
    decisive = not every

    def run(frame: Frame) -> object:
        results: list[object] = []
        try:
            loop(frame, results)
        except NotApplicable as error:
            return warn(frame, str(error))
        known = True
        for result in results:
            if result is decisive:
                return decisive
            known = known and result is every
        return every if known else None

    return run


def _list(node: s.ListOf, names: Names) -> Closure:
    items = compile_all(node.items, names).together
    return lambda frame: [*items(frame)]


def _context(node: s.ContextOf, names: Names) -> Closure:
    slot, inside = names.depth, names.context(frozenset(key for key, _ in node.entries))
    entries = [(key, compile_node(value, inside)) for key, value in node.entries]

    def run(frame: Frame) -> object:
        result: dict[str, object] = {}
        frame[slot] = result
        for key, value in entries:
            result[key] = value(frame)
        return result

    return run


def _range(node: s.RangeOf, names: Names) -> Closure:
    low, high = compile_node(node.low, names), compile_node(node.high, names)
    closed = node.low_closed, node.high_closed, node.unbounded
    return lambda frame: Range(low(frame), high(frame), *closed)


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
