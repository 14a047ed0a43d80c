"""FEEL (DMN 1.5, chapter 10): text to syntax tree to closure to value and warnings. Pure.

parse('amount > 100 and customer.vip').evaluate({"amount": Decimal(5), ...}).value
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from functools import lru_cache

from msgspec import Struct

from orchestrator.feel.builtins import BUILTINS
from orchestrator.feel.compiler import INPUT, Program, fold, program
from orchestrator.feel.constants import constants_of
from orchestrator.feel.cursor import Vocabulary
from orchestrator.feel.errors import FeelSyntaxError
from orchestrator.feel.free_names import AMBIENT, free_names
from orchestrator.feel.parser import Parser
from orchestrator.feel.scope import JOURNAL, FeelLimit, Frame
from orchestrator.feel.syntax import Constant, Node, TypeRef, Types
from orchestrator.feel.types import coerce
from orchestrator.feel.values import Function, from_json, show, to_json

__all__ = [
    "AMBIENT",
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


class Result(Struct, frozen=True, gc=False):
    """A FEEL value, and why parts of it are null."""

    value: object
    warnings: tuple[str, ...]


class Compiled(Struct, frozen=True):
    """`usual` is run where all variables that are read are given, else what `otherwise` gives."""

    text: str
    usual: Program
    otherwise: Callable[[], Program]
    names: frozenset[str] = frozenset()
    """The variables that it reads."""


class Expression(Compiled, frozen=True):
    def evaluate(self, context: Mapping[str, object]) -> Result:
        """`context` holds FEEL values (see `from_json`). Raises FeelLimit, nothing else."""
        program = self.usual
        try:
            frame: Frame = [context, None, *program.read(context), *program.rest]
        except KeyError:
            program = self.otherwise()
            frame = [context, None, *program.rest]
        try:
            value = program.run(frame)
        except RecursionError:
            raise _too_deep() from None
        return Result(value, tuple(frame[JOURNAL].warnings) if frame[JOURNAL] else ())


class UnaryTests(Compiled, frozen=True):
    constants: tuple[object, ...] | None = None
    """What the input is compared with; None when that depends on more than the input."""
    functions: frozenset[str] = frozenset()
    """The constants were made with these, as long as no variable has the name of one."""

    def matches(self, tested: object, context: Mapping[str, object]) -> Result:
        """Whether `tested` satisfies the tests: the value is True or False."""
        program = self.usual
        try:
            frame: Frame = [context, None, tested, *program.read(context), *program.rest]
        except KeyError:
            program = self.otherwise()
            frame = [context, None, tested, *program.rest]
        try:
            value = program.run(frame) is True
        except RecursionError:
            raise _too_deep() from None
        return Result(value, tuple(frame[JOURNAL].warnings) if frame[JOURNAL] else ())


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
        tree = Parser(text, Vocabulary(names, _BUILT_IN), dict(types)).whole_expression()
        return Expression(text, *_programs(tree, read := free_names(tree), ()), read)
    except RecursionError:
        raise FeelSyntaxError("Nested too deep", text, 0) from None


@lru_cache(maxsize=4096)
def _parse_tests(text: str, names: frozenset[str], types: Types) -> UnaryTests:
    try:
        tests = Parser(text, Vocabulary(names, _BUILT_IN), dict(types)).whole_tests()
        read, found = free_names(tests) - {INPUT}, constants_of(tests)
        programs = _programs(tests, read, (INPUT,))
        if found is None:
            return UnaryTests(text, *programs, read)
        calls = frozenset(name for c in found if isinstance(c, Constant) for name in c.calls)
        return UnaryTests(text, *programs, read, tuple(c.value for c in found), calls)
    except RecursionError:
        raise FeelSyntaxError("Nested too deep", text, 0) from None


def _programs(
    tree: Node, variables: Collection[str], given: Sequence[str]
) -> tuple[Program, Callable[[], Program]]:
    folded, made = fold(tree), list[Program]()

    def otherwise() -> Program:
        if not made:
            made.append(program(folded, (), given))
        return made[0]

    return program(folded, variables, given), otherwise


def _too_deep() -> FeelLimit:
    """A function that calls itself without end is a limit reached, not a crash."""
    return FeelLimit("The expression calls itself too deep.")


_BUILT_IN = Vocabulary([name for name in BUILTINS if " " in name])
