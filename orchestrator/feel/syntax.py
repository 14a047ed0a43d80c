"""The syntax tree: immutable nodes, one class per construct of the FEEL grammar (DMN 1.5, 10.3)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields


class Node:
    """Base of all nodes."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Literal(Node):
    value: object


@dataclass(frozen=True, slots=True)
class Constant(Node):
    """A part whose value is known, as long as no variable has the name of a function in `calls`;
    see `compiler.folding`."""

    value: object
    calls: tuple[str, ...]
    source: Node


@dataclass(frozen=True, slots=True)
class Name(Node):
    name: str


@dataclass(frozen=True, slots=True)
class Path(Node):
    source: Node
    name: str


@dataclass(frozen=True, slots=True)
class Filter(Node):
    source: Node
    condition: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()  # as long as `arguments` when they are named


@dataclass(frozen=True, slots=True)
class Negate(Node):
    operand: Node


@dataclass(frozen=True, slots=True)
class Binary(Node):
    operator: str  # + - * / **
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Compare(Node):
    operator: str  # = != < <= > >=
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class And(Node):
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Or(Node):
    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Between(Node):
    value: Node
    low: Node
    high: Node


@dataclass(frozen=True, slots=True)
class In(Node):
    value: Node
    tests: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class TypeRef:
    """A type: `number`, `list<number>`, `context<a: string>`. `allows` tells which values of the
    base type belong to it."""

    name: str
    arguments: tuple["TypeRef", ...] = ()
    entries: tuple[tuple[str, "TypeRef"], ...] = ()
    allows: Callable[[object], bool] | None = None


Types = tuple[tuple[str, TypeRef], ...]
"""Named types in scope."""


@dataclass(frozen=True, slots=True)
class InstanceOf(Node):
    value: Node
    wanted: TypeRef


@dataclass(frozen=True, slots=True)
class If(Node):
    condition: Node
    then: Node
    otherwise: Node


@dataclass(frozen=True, slots=True)
class Iteration(Node):
    name: str
    source: Node
    end: Node | None = None  # `in 1..10`


@dataclass(frozen=True, slots=True)
class For(Node):
    iterations: tuple[Iteration, ...]
    body: Node


@dataclass(frozen=True, slots=True)
class Quantified(Node):
    every: bool
    iterations: tuple[Iteration, ...]
    condition: Node


@dataclass(frozen=True, slots=True)
class ListOf(Node):
    items: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class ContextOf(Node):
    entries: tuple[tuple[str, Node], ...]


@dataclass(frozen=True, slots=True)
class RangeOf(Node):
    low: Node
    high: Node
    low_closed: bool
    high_closed: bool
    unbounded: bool = False


@dataclass(frozen=True, slots=True)
class FunctionDefinition(Node):
    parameters: tuple[str, ...]
    body: Node
    types: tuple[TypeRef | None, ...] = ()  # of the parameters


@dataclass(frozen=True, slots=True)
class UnaryComparison(Node):
    """`< 5` in a unary test: compares the tested input."""

    operator: str
    operand: Node


@dataclass(frozen=True, slots=True)
class Tests(Node):
    """Unary tests of one input entry; empty `tests` is `-`, which matches anything."""

    tests: tuple[Node, ...]
    negated: bool = False


def children(node: Node) -> Iterable[Node]:
    """The nodes that are fields of a node, alone or in a tuple."""
    for field in fields(node):  # type: ignore[arg-type]  # every node is a dataclass
        value = getattr(node, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Node):
                yield part
