"""Names, paths and filters (DMN 1.5, 10.3.2.5)."""

from decimal import Decimal

from orchestrator.feel import syntax as s
from orchestrator.feel.builtins import BUILTINS
from orchestrator.feel.compiler.closures import COMPILERS, Closure, compile_node, is_entry
from orchestrator.feel.compiler.names import Names
from orchestrator.feel.properties import property_of
from orchestrator.feel.scope import Scope
from orchestrator.feel.sequences import pick


def _literal(node: s.Literal, names: Names) -> Closure:
    value = node.value
    return lambda scope: value


def _name(node: s.Name, names: Names) -> Closure:
    name, meaning = node.name, names.find(node.name)
    outside = _variable(name) if meaning.slot is None else _slot(meaning.slot)
    return _entry(name, meaning.contexts, outside) if meaning.contexts else outside


def _slot(slot: int) -> Closure:
    return lambda scope: scope.slots[slot]


def _variable(name: str) -> Closure:
    def run(scope: Scope) -> object:
        try:
            return scope.variables[name]
        except KeyError:
            return BUILTINS.get(name) or scope.warn(f"No variable named '{name}'")

    return run


def _entry(name: str, contexts: tuple[int, ...], outside: Closure) -> Closure:
    def run(scope: Scope) -> object:
        for slot in contexts:
            context = scope.slots[slot]
            if isinstance(context, dict) and name in context:
                return context[name]
        return outside(scope)

    return run


def _path(node: s.Path, names: Names) -> Closure:
    source, name = compile_node(node.source, names), node.name

    def run(scope: Scope) -> object:
        value = source(scope)
        if isinstance(value, list):
            return [property_of(v, name, scope) for v in value]
        return property_of(value, name, scope)

    return run


def _filter(node: s.Filter, names: Names) -> Closure:
    written = node.condition.source if isinstance(node.condition, s.Constant) else node.condition
    if isinstance(written, s.Literal | s.Negate):
        return _index(node, names)
    source, slot = compile_node(node.source, names), names.depth
    condition = compile_node(node.condition, names.item())

    def run(scope: Scope) -> object:
        items = _listed(source(scope))
        scope.spend(len(items))
        slots, kept = scope.slots, []
        for item in items:
            slots[slot] = item
            result = condition(scope)
            if result is True:
                kept.append(item)
            elif isinstance(result, Decimal):  # a computed index, the same for every item
                return pick(items, result, scope)
        return kept

    return run


def _index(node: s.Filter, names: Names) -> Closure:
    source, index = compile_node(node.source, names), compile_node(node.condition, names)
    return lambda scope: pick(_listed(source(scope)), index(scope), scope)


def _listed(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    return [] if value is None else [value]


def _constant(node: s.Constant, names: Names) -> Closure:
    value, calls = node.value, node.calls
    if not calls:
        return lambda scope: value
    otherwise = compile_node(node.source, names)
    meanings = {name: names.find(name) for name in calls}
    if any(m.slot is not None for m in meanings.values()):
        return otherwise
    known = _unless_hidden(calls, value, otherwise)
    if not any(m.contexts for m in meanings.values()):
        return known
    entries = [is_entry(name, m) for name, m in meanings.items()]
    return lambda scope: otherwise(scope) if any(e(scope) for e in entries) else known(scope)


def _unless_hidden(calls: tuple[str, ...], value: object, otherwise: Closure) -> Closure:
    """`value`, unless a variable has the name of a function that it was made with."""
    if len(calls) == 1:
        (name,) = calls
        return lambda scope: otherwise(scope) if name in scope.variables else value
    return lambda scope: (
        otherwise(scope) if any(name in scope.variables for name in calls) else value
    )


COMPILERS.update(
    {
        s.Literal: _literal,
        s.Constant: _constant,
        s.Name: _name,
        s.Path: _path,
        s.Filter: _filter,
    }
)
