"""Names, paths and filters (DMN 1.5, 10.3.2.5)."""

from collections.abc import Callable
from decimal import Decimal
from operator import itemgetter

from orchestrator.feel import syntax as s
from orchestrator.feel.builtins import BUILTINS
from orchestrator.feel.compiler.closures import COMPILERS, Closure, compile_node, is_entry
from orchestrator.feel.compiler.names import Names
from orchestrator.feel.properties import property_of
from orchestrator.feel.scope import PER_STEP, VARIABLES, Frame, spend, warn
from orchestrator.feel.sequences import pick


def _name(node: s.Name, names: Names) -> Closure:
    name, meaning = node.name, names.find(node.name)
    outside = _variable(name) if meaning.slot is None else itemgetter(meaning.slot)
    if meaning.grows:
        outside = _copy(itemgetter(meaning.slot))
    return _entry(name, meaning.contexts, outside) if meaning.contexts else outside


def _copy(growing: Callable[[Frame], list[object]]) -> Closure:
    def run(frame: Frame) -> object:
        found = growing(frame)
        spend(frame, len(found) // PER_STEP[str])  # it is copied as fast as a text
        return found.copy()

    return run


def _variable(name: str) -> Closure:
    def run(frame: Frame) -> object:
        try:
            return frame[VARIABLES][name]
        except KeyError:
            return BUILTINS.get(name) or warn(frame, f"No variable named '{name}'")

    return run


def _entry(name: str, contexts: tuple[int, ...], outside: Closure) -> Closure:
    """An entry of one of the contexts, else what the name means outside of them."""
    first, *others = contexts
    otherwise = _entry(name, tuple(others), outside) if others else outside

    def run(frame: Frame) -> object:
        context = frame[first]
        if type(context) is dict and name in context:
            return context[name]
        return otherwise(frame)

    return run


def _path(node: s.Path, names: Names) -> Closure:
    source, name = compile_node(node.source, names), node.name

    def run(frame: Frame) -> object:
        value = source(frame)
        if isinstance(value, list):
            return [property_of(v, name, frame) for v in value]
        return property_of(value, name, frame)

    return run


def _filter(node: s.Filter, names: Names) -> Closure:
    written = node.condition.source if isinstance(node.condition, s.Constant) else node.condition
    if isinstance(written, s.Literal | s.Negate):
        return _index(node, names)
    source, slot = compile_node(node.source, names), names.depth
    condition = compile_node(node.condition, names.item())

    def run(frame: Frame) -> object:
        items = _listed(source(frame))
        spend(frame, len(items))
        kept = []
        for item in items:
            frame[slot] = item
            result = condition(frame)
            if result is True:
                kept.append(item)
            elif isinstance(result, Decimal):  # a computed index, the same for every item
                return pick(items, result, frame)
        return kept

    return run


def _index(node: s.Filter, names: Names) -> Closure:
    source, index = _indexed(node.source, names), compile_node(node.condition, names)
    return lambda frame: pick(_listed(source(frame)), index(frame), frame)


def _indexed(node: s.Node, names: Names) -> Closure:
    """An item of a list that grows is taken without a copy."""
    meaning = names.find(node.name) if isinstance(node, s.Name) else None
    if meaning and meaning.slot is not None and not meaning.contexts:
        return itemgetter(meaning.slot)
    return compile_node(node, names)


def _listed(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _constant(node: s.Constant, names: Names) -> Closure:
    """The value of a call, which a variable may hide."""
    value, calls = node.value, node.calls
    otherwise = compile_node(node.source, names)
    meanings = {name: names.find(name) for name in calls}
    if any(m.slot is not None for m in meanings.values()):
        return otherwise
    known = _unless_hidden(calls, value, otherwise)
    if not any(m.contexts for m in meanings.values()):
        return known
    entries = [is_entry(name, m) for name, m in meanings.items()]
    return lambda frame: otherwise(frame) if any(e(frame) for e in entries) else known(frame)


def _unless_hidden(calls: tuple[str, ...], value: object, otherwise: Closure) -> Closure:
    """`value`, unless a variable has the name of a function that it was made with."""
    if len(calls) == 1:
        (name,) = calls
        return lambda frame: otherwise(frame) if name in frame[VARIABLES] else value
    return lambda frame: (
        otherwise(frame) if any(name in frame[VARIABLES] for name in calls) else value
    )


COMPILERS.update(
    {
        s.Constant: _constant,
        s.Name: _name,
        s.Path: _path,
        s.Filter: _filter,
    }
)
