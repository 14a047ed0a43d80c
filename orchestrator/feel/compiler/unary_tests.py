"""Unary tests, and `in` (DMN 1.5, 10.3.2.11)."""

from orchestrator.feel import syntax as s
from orchestrator.feel.compiler.closures import COMPILERS, INPUT, Closure, compile_node
from orchestrator.feel.compiler.folding import fold
from orchestrator.feel.operators import compare, contains
from orchestrator.feel.scope import Scope
from orchestrator.feel.values import Range


def _in(node: s.In) -> Closure:
    value = compile_node(node.value)
    tests = [compile_test(t) for t in node.tests]

    def run(scope: Scope) -> object:
        inner = scope.child({INPUT: value(scope)})
        results = [test(inner) for test in tests]
        if any(result is True for result in results):
            return True
        return None if None in results else False

    return run


def _unary_comparison(node: s.UnaryComparison) -> Closure:
    operator, operand = node.operator, compile_node(node.operand)
    return lambda scope: compare(operator, _input(scope), operand(scope))


_input = compile_node(s.Name(INPUT))


def compile_test(node: s.Node) -> Closure:
    """A unary test: true when the input (`?`) satisfies it."""
    closure = compile_node(node)
    if isinstance(node, s.UnaryComparison) or _mentions_input(node):
        return lambda scope: closure(scope) is True
    return lambda scope: _matches(_input(scope), closure(scope))


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
        return any(_mentions_input(getattr(node, f)) for f in node.__dataclass_fields__)  # type: ignore[attr-defined]
    return False


def compile_tests(node: s.Tests) -> Closure:
    tests = [compile_test(fold(t)) for t in node.tests]
    if not tests:
        return lambda scope: True
    if len(tests) == 1 and not node.negated:
        return tests[0]
    return lambda scope: any(t(scope) is True for t in tests) is not node.negated


COMPILERS.update(
    {
        s.In: _in,
        s.UnaryComparison: _unary_comparison,
    }
)
