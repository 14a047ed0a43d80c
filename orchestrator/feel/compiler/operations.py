"""Operators: arithmetic, comparison, logic in three values (DMN 1.5, 10.3.2.3 to 10.3.2.8)."""

import datetime as dt
from decimal import Decimal, DecimalException

from orchestrator.feel import syntax as s
from orchestrator.feel.compiler.closures import COMPILERS, Closure, compile_node
from orchestrator.feel.compiler.names import Names
from orchestrator.feel.extended import base_of, duration_of, nanos_of
from orchestrator.feel.operators import (
    DECIMAL,
    PLAIN,
    TESTS,
    NotApplicable,
    arithmetic,
    compare,
    within,
)
from orchestrator.feel.scope import Frame, charge, warn
from orchestrator.feel.types import conforms
from orchestrator.feel.values import DECIMALS, YearsMonths, type_name


def _negate(node: s.Negate, names: Names) -> Closure:
    operand = compile_node(node.operand, names)

    def run(frame: Frame) -> object:
        value = operand(frame)
        if isinstance(value, Decimal):
            return DECIMALS.minus(value)
        if isinstance(value, YearsMonths):
            return YearsMonths(-value.months)
        if isinstance(base_of(value), dt.timedelta):
            return duration_of(-nanos_of(value))
        return warn(frame, f"- {type_name(value)} has no meaning")

    return run


def _binary(node: s.Binary, names: Names) -> Closure:
    operator = node.operator
    left, right = compile_node(node.left, names), compile_node(node.right, names)
    of_numbers = DECIMAL[operator]

    def run(frame: Frame) -> object:
        a, b = left(frame), right(frame)
        try:
            if type(a) is type(b) is Decimal:
                return of_numbers(a, b)
            result = arithmetic(operator, a, b)
            charge(frame, result)
            return result
        except DecimalException:
            return warn(frame, f"{a} {operator} {b} has no result")
        except (NotApplicable, OverflowError) as error:
            return warn(frame, str(error))

    return run


def _compare(node: s.Compare, names: Names) -> Closure:
    operator = node.operator
    left, right = compile_node(node.left, names), compile_node(node.right, names)

    test = TESTS[operator]

    def run(frame: Frame) -> object:
        a, b = left(frame), right(frame)
        if type(a) is type(b) and type(a) in PLAIN:
            return test(a, b)
        result = compare(operator, a, b)
        if result is None:
            warn(frame, f"{type_name(a)} {operator} {type_name(b)} has no meaning")
        return result

    return run


def _and(node: s.And, names: Names) -> Closure:
    left, right = compile_node(node.left, names), compile_node(node.right, names)

    def run(frame: Frame) -> object:
        a = left(frame)
        if a is False:
            return False
        b = right(frame)
        if b is False:
            return False
        return True if a is True and b is True else None

    return run


def _or(node: s.Or, names: Names) -> Closure:
    left, right = compile_node(node.left, names), compile_node(node.right, names)

    def run(frame: Frame) -> object:
        a = left(frame)
        if a is True:
            return True
        b = right(frame)
        if b is True:
            return True
        return False if a is False and b is False else None

    return run


def _between(node: s.Between, names: Names) -> Closure:
    value, low, high = (compile_node(n, names) for n in (node.value, node.low, node.high))

    def run(frame: Frame) -> object:
        least, most = low(frame), high(frame)
        if least is None or most is None:
            return warn(frame, "between needs two limits")
        return within(value(frame), least, most)

    return run


def _instance_of(node: s.InstanceOf, names: Names) -> Closure:
    value, wanted = compile_node(node.value, names), node.wanted
    return lambda frame: conforms(value(frame), wanted)


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
