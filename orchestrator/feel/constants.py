"""What unary tests compare their input with, where that can be told without running them."""

from orchestrator.feel.compiler import compile_node
from orchestrator.feel.free_names import free_names
from orchestrator.feel.scope import Journal, Scope
from orchestrator.feel.syntax import Call, Name, Node, RangeOf, Tests, UnaryComparison

_CLOCK = (Call(Name("now"), ()), Call(Name("today"), ()))


def constants_of(tests: Tests) -> tuple[object, ...] | None:
    """The values in `1`, `"a","b"`, `< date("2024-01-01")`, `[1..5]`, `not(3)`; none for `-`, and
    None when a test is of another form or reads a variable."""
    values: list[object] = []
    for node in (part for test in tests.tests for part in _parts(test)):
        if free_names(node) or node in _CLOCK:
            return None
        value = compile_node(node)(Scope({}, Journal()))
        if isinstance(value, list | dict):
            return None
        values.append(value)
    return tuple(values)


def _parts(test: Node) -> tuple[Node, ...]:
    match test:
        case UnaryComparison(operand=operand):
            return (operand,)
        case RangeOf(low=low, high=high):
            return low, high
    return (test,)
