"""A compiled text, and how the frame that it runs on is made."""

from collections.abc import Callable, Collection, Mapping, Sequence
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from orchestrator.feel import syntax as s
from orchestrator.feel.builtins import BUILTINS
from orchestrator.feel.compiler.closures import Closure, compile_node
from orchestrator.feel.compiler.names import Names


class Program(Struct, frozen=True):
    """Runs on `[variables, journal, *given, *read(variables), *rest]`."""

    run: Closure
    read: Callable[[Mapping[str, object]], Sequence[object]]
    """Raises KeyError when a variable is missing."""
    rest: Sequence[object]


def program(node: s.Node, variables: Collection[str] = (), given: Sequence[str] = ()) -> Program:
    """`variables` are read beforehand, all at once; others that the node names, when it comes to
    them. The values of the names in `given` are handed over with each run."""
    known = [name for name in variables if name not in BUILTINS]
    if len(known) == 1:
        known *= 2  # of one alone `itemgetter` gives no tuple
    names = replace(Names().bind(*given, *known), once=True)
    run = compile_node(node, names)
    read = itemgetter(*known) if known else _nothing
    return Program(run, read, names.layout.after(names.depth))


def _nothing(variables: Mapping[str, object]) -> Sequence[object]:
    return ()
