"""Unary tests, and `in` (DMN 1.5, 10.3.2.11)."""

from collections.abc import Callable

from orchestrator.feel import syntax as s
from orchestrator.feel.compiler.closures import COMPILERS, INPUT, Closure, compile_node
from orchestrator.feel.compiler.names import Names
from orchestrator.feel.operators import compare, contains, within
from orchestrator.feel.scope import Frame
from orchestrator.feel.values import Range

Test = Callable[[Frame], bool | None]


def _in(node: s.In, names: Names) -> Closure:
    value, slot, inside = compile_node(node.value, names), names.depth, names.bind(INPUT)
    tests = [compile_test(t, inside) for t in node.tests]

    def run(frame: Frame) -> object:
        frame[slot] = value(frame)
        results = [test(frame) for test in tests]
        if True in results:
            return True
        return None if None in results else False

    return run


def _unary_comparison(node: s.UnaryComparison, names: Names) -> Closure:
    operator = node.operator
    tested, operand = compile_node(_INPUT, names), compile_node(node.operand, names)
    return lambda frame: compare(operator, tested(frame), operand(frame))


_INPUT = s.Name(INPUT)


def compile_test(node: s.Node, names: Names) -> Test:
    """A unary test: true when the input (`?`) satisfies it."""
    tested = compile_node(_INPUT, names)
    if isinstance(node, s.UnaryComparison) or _mentions_input(node):
        closure = compile_node(node, names)
        return lambda frame: closure(frame) is True
    if isinstance(node, s.RangeOf) and not node.unbounded:
        low, high = compile_node(node.low, names), compile_node(node.high, names)
        closed = node.low_closed, node.high_closed
        return lambda frame: within(tested(frame), low(frame), high(frame), *closed)
    value = compile_node(node, names)
    return lambda frame: _matches(tested(frame), value(frame))


def _matches(tested: object, value: object) -> bool | None:
    if isinstance(value, Range):
        return contains(value, tested)
    if isinstance(value, list) and any(_matches(tested, v) is True for v in value):
        return True
    return compare("=", tested, value) is True


def _mentions_input(node: object) -> bool:
    if isinstance(node, s.Name):
        return node.name == INPUT
    if isinstance(node, tuple):
        return any(_mentions_input(n) for n in node)
    if isinstance(node, s.Node):
        return any(_mentions_input(getattr(node, f)) for f in node.__struct_fields__)
    return False


def _tests(node: s.Tests, names: Names) -> Closure:
    """True when the input satisfies one of the tests."""
    tests, negated = [compile_test(t, names) for t in node.tests], node.negated
    if not tests:
        return lambda frame: True
    if len(tests) == 1 and not negated:
        return tests[0]
    return lambda frame: any(t(frame) is True for t in tests) is not negated


COMPILERS.update(
    {
        s.In: _in,
        s.Tests: _tests,
        s.UnaryComparison: _unary_comparison,
    }
)
