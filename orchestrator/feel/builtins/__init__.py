"""The built-in functions (DMN 1.5, 10.3.4), by the kind of value they serve."""

from orchestrator.feel.builtins import contexts, lists, numbers, ranges, strings, temporal
from orchestrator.feel.values import Function

BUILTINS: dict[str, Function] = {
    **strings.FUNCTIONS,
    **numbers.FUNCTIONS,
    **lists.FUNCTIONS,
    **contexts.FUNCTIONS,
    **temporal.FUNCTIONS,
    **ranges.FUNCTIONS,
}
