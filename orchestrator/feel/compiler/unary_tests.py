"""Unary tests, and `in` (DMN 1.5, 10.3.2.11)."""

from collections.abc import Callable

from orchestrator.feel import syntax as s
from orchestrator.feel.compiler.closures import COMPILERS, INPUT, Closure, compile_node
from orchestrator.feel.compiler.folding import fold
from orchestrator.feel.compiler.names import Names
from orchestrator.feel.operators import compare, contains
from orchestrator.feel.scope import Scope
from orchestrator.feel.values import Range

Test = Callable[[Scope], bool | None]


def _in(node: s.In, names: Names) -> Closure:
    value, slot, inside = compile_node(node.value, names), names.depth, names.bind(INPUT)
    tests = [compile_test(t, inside) for t in node.tests]

    def run(scope: Scope) -> object:
        scope.slots[slot] = value(scope)
        results = [test(scope) for test in tests]
        if True in results:
            return True
        return None if None in results else False

    return run


def _unary_comparison(node: s.UnaryComparison, names: Names) -> Closure:
    operator = node.operator
    tested, operand = compile_node(_INPUT, names), compile_node(node.operand, names)
    return lambda scope: compare(operator, tested(scope), operand(scope))


_INPUT = s.Name(INPUT)


def compile_test(node: s.Node, names: Names) -> Test:
    """A unary test: true when the input (`?`) satisfies it."""
    closure, tested = compile_node(node, names), compile_node(_INPUT, names)
    if isinstance(node, s.UnaryComparison) or _mentions_input(node):
        return lambda scope: closure(scope) is True
    return lambda scope: _matches(tested(scope), closure(scope))


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


def compile_tests(node: s.Tests, names: Names) -> Closure:
    """True when the input satisfies one of the tests."""
    tests, negated = [compile_test(fold(t), names) for t in node.tests], node.negated
    if not tests:
        return lambda scope: True
    if len(tests) == 1 and not negated:
        return tests[0]
    return lambda scope: any(t(scope) is True for t in tests) is not negated


COMPILERS.update(
    {
        s.In: _in,
        s.UnaryComparison: _unary_comparison,
    }
)
