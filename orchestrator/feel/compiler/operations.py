"""Operators: arithmetic, comparison, logic in three values (DMN 1.5, 10.3.2.3 to 10.3.2.8)."""

from decimal import Decimal, DecimalException

from orchestrator.feel import syntax as s
from orchestrator.feel.compiler.closures import COMPILERS, Closure, compile_node
from orchestrator.feel.compiler.names import Names
from orchestrator.feel.operators import (
    DECIMAL,
    PLAIN,
    TESTS,
    NotApplicable,
    arithmetic,
    compare,
    contains,
)
from orchestrator.feel.scope import Scope
from orchestrator.feel.types import conforms
from orchestrator.feel.values import DECIMALS, Range, YearsMonths, type_name


def _negate(node: s.Negate, names: Names) -> Closure:
    operand = compile_node(node.operand, names)

    def run(scope: Scope) -> object:
        value = operand(scope)
        if isinstance(value, Decimal):
            return DECIMALS.minus(value)
        if isinstance(value, YearsMonths):
            return YearsMonths(-value.months)
        if hasattr(value, "total_seconds"):
            return -value  # type: ignore[operator]
        return scope.warn(f"- {type_name(value)} has no meaning")

    return run


def _binary(node: s.Binary, names: Names) -> Closure:
    operator = node.operator
    left, right = compile_node(node.left, names), compile_node(node.right, names)
    of_numbers = DECIMAL[operator]

    def run(scope: Scope) -> object:
        a, b = left(scope), right(scope)
        try:
            if type(a) is type(b) is Decimal:
                return of_numbers(a, b)
            return arithmetic(operator, a, b)
        except DecimalException:
            return scope.warn(f"{a} {operator} {b} has no result")
        except (NotApplicable, OverflowError) as error:
            return scope.warn(str(error))

    return run


def _compare(node: s.Compare, names: Names) -> Closure:
    operator = node.operator
    left, right = compile_node(node.left, names), compile_node(node.right, names)

    test = TESTS[operator]

    def run(scope: Scope) -> object:
        a, b = left(scope), right(scope)
        if type(a) is type(b) and type(a) in PLAIN:
            return test(a, b)
        result = compare(operator, a, b)
        if result is None:
            scope.warn(f"{type_name(a)} {operator} {type_name(b)} has no meaning")
        return result

    return run


def _and(node: s.And, names: Names) -> Closure:
    left, right = compile_node(node.left, names), compile_node(node.right, names)

    def run(scope: Scope) -> object:
        a = left(scope)
        if a is False:
            return False
        b = right(scope)
        if b is False:
            return False
        return True if a is True and b is True else None

    return run


def _or(node: s.Or, names: Names) -> Closure:
    left, right = compile_node(node.left, names), compile_node(node.right, names)

    def run(scope: Scope) -> object:
        a = left(scope)
        if a is True:
            return True
        b = right(scope)
        if b is True:
            return True
        return False if a is False and b is False else None

    return run


def _between(node: s.Between, names: Names) -> Closure:
    value, low, high = (compile_node(n, names) for n in (node.value, node.low, node.high))

    def run(scope: Scope) -> object:
        least, most = low(scope), high(scope)
        if least is None or most is None:
            return scope.warn("between needs two limits")
        return contains(Range(least, most), value(scope))

    return run


def _instance_of(node: s.InstanceOf, names: Names) -> Closure:
    value, wanted = compile_node(node.value, names), node.wanted
    return lambda scope: conforms(value(scope), wanted)


COMPILERS.update(
    {
        s.Negate: _negate,
        s.Binary: _binary,
        s.Compare: _compare,
        s.And: _and,
        s.Or: _or,
        s.Between: _between,
        s.InstanceOf: _instance_of,
    }
)
