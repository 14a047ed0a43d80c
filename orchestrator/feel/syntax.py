"""The syntax tree: immutable nodes, one class per construct of the FEEL grammar (DMN 1.5, 10.3)."""

from collections.abc import Callable, Iterable

from msgspec import Struct


class Node(Struct, frozen=True):
    """Base of all nodes."""


class Literal(Node, frozen=True):
    value: object


class Constant(Node, frozen=True):
    """A part whose value is known, as long as no variable has the name of a function in `calls`;
    see `compiler.folding`."""

    value: object
    calls: tuple[str, ...]
    source: Node


class Name(Node, frozen=True):
    name: str


class Path(Node, frozen=True):
    source: Node
    name: str


class Filter(Node, frozen=True):
    source: Node
    condition: Node


class Call(Node, frozen=True):
    function: Node
    arguments: tuple[Node, ...]
    names: tuple[str, ...] = ()  # as long as `arguments` when they are named


class Negate(Node, frozen=True):
    operand: Node


class Binary(Node, frozen=True):
    operator: str  # + - * / **
    left: Node
    right: Node


class Compare(Node, frozen=True):
    operator: str  # = != < <= > >=
    left: Node
    right: Node


class And(Node, frozen=True):
    left: Node
    right: Node


class Or(Node, frozen=True):
    left: Node
    right: Node


class Between(Node, frozen=True):
    value: Node
    low: Node
    high: Node


class In(Node, frozen=True):
    value: Node
    tests: tuple[Node, ...]


class TypeRef(Struct, frozen=True):
    """A type: `number`, `list<number>`, `context<a: string>`. `allows` tells which values of the
    base type belong to it."""

    name: str
    arguments: tuple["TypeRef", ...] = ()
    entries: tuple[tuple[str, "TypeRef"], ...] = ()
    allows: Callable[[object], bool] | None = None


Types = tuple[tuple[str, TypeRef], ...]
"""Named types in scope."""


class InstanceOf(Node, frozen=True):
    value: Node
    wanted: TypeRef


class If(Node, frozen=True):
    condition: Node
    then: Node
    otherwise: Node


class Iteration(Node, frozen=True):
    name: str
    source: Node
    end: Node | None = None  # `in 1..10`


class For(Node, frozen=True):
    iterations: tuple[Iteration, ...]
    body: Node


class Quantified(Node, frozen=True):
    every: bool
    iterations: tuple[Iteration, ...]
    condition: Node


class ListOf(Node, frozen=True):
    items: tuple[Node, ...]


class ContextOf(Node, frozen=True):
    entries: tuple[tuple[str, Node], ...]


class RangeOf(Node, frozen=True):
    low: Node
    high: Node
    low_closed: bool
    high_closed: bool
    unbounded: bool = False


class FunctionDefinition(Node, frozen=True):
    parameters: tuple[str, ...]
    body: Node
    types: tuple[TypeRef | None, ...] = ()  # of the parameters


class UnaryComparison(Node, frozen=True):
    """`< 5` in a unary test: compares the tested input."""

    operator: str
    operand: Node


class Tests(Node, frozen=True):
    """Unary tests of one input entry; empty `tests` is `-`, which matches anything."""

    tests: tuple[Node, ...]
    negated: bool = False


def children(node: Node) -> Iterable[Node]:
    """The nodes that are fields of a node, alone or in a tuple."""
    for name in node.__struct_fields__:
        value = getattr(node, name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Node):
                yield part
