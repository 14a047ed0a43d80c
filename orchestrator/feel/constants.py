"""What unary tests compare their input with, where that can be told without running them."""

from orchestrator.feel.compiler import fold
from orchestrator.feel.syntax import Constant, Literal, Node, RangeOf, Tests, UnaryComparison


def constants_of(tests: Tests) -> tuple[Literal | Constant, ...] | None:
    """What stands in `1`, `"a","b"`, `< date("2024-01-01")`, `[1..5]`, `not(3)`; nothing for `-`,
    and None when a test is of another form or reads a variable."""
    found: list[Literal | Constant] = []
    for part in (fold(part) for test in tests.tests for part in _parts(test)):
        if not isinstance(part, Literal | Constant) or isinstance(part.value, list | dict):
            return None
        found.append(part)
    return tuple(found)


def _parts(test: Node) -> tuple[Node, ...]:
    match test:
        case UnaryComparison(operand=operand):
            return (operand,)
        case RangeOf(low=low, high=high):
            return low, high
    return (test,)
