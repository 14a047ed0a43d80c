"""FEEL (DMN 1.5, chapter 10): text to syntax tree to closure to value and warnings. Pure.

parse('amount > 100 and customer.vip').evaluate({"amount": Decimal(5), ...}).value
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from msgspec import Struct

from orchestrator.feel.builtins import BUILTINS
from orchestrator.feel.compiler import INPUT, Closure, Names, compile_node, compile_tests, fold
from orchestrator.feel.constants import constants_of
from orchestrator.feel.errors import FeelSyntaxError
from orchestrator.feel.free_names import free_names
from orchestrator.feel.parser import Parser
from orchestrator.feel.scope import FeelLimit, Scope
from orchestrator.feel.syntax import TypeRef, Types
from orchestrator.feel.types import coerce
from orchestrator.feel.values import Function, from_json, show, to_json

__all__ = [
    "Expression",
    "FeelLimit",
    "FeelSyntaxError",
    "Function",
    "Result",
    "TypeRef",
    "Types",
    "UnaryTests",
    "coerce",
    "from_json",
    "parse",
    "parse_unary_tests",
    "show",
    "to_json",
]


class Result(Struct, frozen=True):
    """A FEEL value, and why parts of it are null."""

    value: object
    warnings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Expression:
    text: str
    _run: Closure
    _slots: int
    names: frozenset[str] = frozenset()
    """The variables that it reads."""

    def evaluate(self, context: Mapping[str, object]) -> Result:
        """`context` holds FEEL values (see `from_json`). Raises FeelLimit, nothing else."""
        scope = Scope(context, [None] * self._slots)
        try:
            value = self._run(scope)
        except RecursionError:
            raise _too_deep() from None
        return Result(value, tuple(scope.warnings) if scope.warnings else ())


@dataclass(frozen=True, slots=True)
class UnaryTests:
    text: str
    _run: Closure
    _slots: int
    """The first holds the input."""
    constants: tuple[object, ...] | None = None
    """What the input is compared with; None when that depends on more than the input."""

    def matches(self, tested: object, context: Mapping[str, object]) -> Result:
        """Whether `tested` satisfies the tests: the value is True or False."""
        scope = Scope(context, [tested] * self._slots)
        try:
            value = self._run(scope) is True
        except RecursionError:
            raise _too_deep() from None
        return Result(value, tuple(scope.warnings) if scope.warnings else ())


def parse(text: str, names: Collection[str] = (), types: Types = ()) -> Expression:
    """Compile an expression. `names` are those in scope that hold spaces or operators, `types`
    the types that it may name."""
    return _parse(text, frozenset(names), types)


def parse_unary_tests(text: str, names: Collection[str] = (), types: Types = ()) -> UnaryTests:
    """Compile the unary tests of a decision table's input entry."""
    return _parse_tests(text, frozenset(names), types)


@lru_cache(maxsize=4096)
def _parse(text: str, names: frozenset[str], types: Types) -> Expression:
    try:
        tree = Parser(text, _all(names), dict(types)).whole_expression()
        bound = Names()
        run = compile_node(fold(tree), bound)
        return Expression(text, run, bound.size.slots, free_names(tree))
    except RecursionError:
        raise FeelSyntaxError("Nested too deep", text, 0) from None


@lru_cache(maxsize=4096)
def _parse_tests(text: str, names: frozenset[str], types: Types) -> UnaryTests:
    try:
        tests = Parser(text, _all(names), dict(types)).whole_tests()
        bound = Names().bind(INPUT)
        run = compile_tests(tests, bound)
        return UnaryTests(text, run, bound.size.slots, constants_of(tests))
    except RecursionError:
        raise FeelSyntaxError("Nested too deep", text, 0) from None


def _too_deep() -> FeelLimit:
    """A function that calls itself without end is a limit reached, not a crash."""
    return FeelLimit("The expression calls itself too deep.")


def _all(names: frozenset[str]) -> list[str]:
    return [*(n for n in BUILTINS if " " in n), *names]
