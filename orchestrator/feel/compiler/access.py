"""Names, paths, filters and calls (DMN 1.5, 10.3.2.5 and 10.3.2.13)."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from orchestrator.feel import syntax as s
from orchestrator.feel.builtins import BUILTINS
from orchestrator.feel.compiler.closures import COMPILERS, Closure, compile_node
from orchestrator.feel.operators import NotApplicable
from orchestrator.feel.properties import property_of
from orchestrator.feel.scope import Scope
from orchestrator.feel.sequences import pick
from orchestrator.feel.types import coerce
from orchestrator.feel.values import Function, type_name

_MISFITS = (NotApplicable, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
"""What a built-in function raises for values that it cannot serve."""


def _literal(node: s.Literal) -> Closure:
    value = node.value
    return lambda scope: value


def _name(node: s.Name) -> Closure:
    name = node.name

    def run(scope: Scope) -> object:
        at: Scope | None = scope
        while at is not None:
            if name in at.variables:
                return at.variables[name]
            at = at.parent
        if name in BUILTINS:
            return BUILTINS[name]
        return scope.journal.warn(f"No variable named '{name}'")

    return run


def _path(node: s.Path) -> Closure:
    source, name = compile_node(node.source), node.name

    def run(scope: Scope) -> object:
        value = source(scope)
        if isinstance(value, list):
            return [property_of(v, name, scope.journal) for v in value]
        return property_of(value, name, scope.journal)

    return run


def _filter(node: s.Filter) -> Closure:
    source, condition = compile_node(node.source), compile_node(node.condition)
    written = node.condition.source if isinstance(node.condition, s.Constant) else node.condition
    is_index = isinstance(written, s.Literal | s.Negate)

    def run(scope: Scope) -> object:
        value = source(scope)
        items = value if isinstance(value, list) else [] if value is None else [value]
        if is_index:
            return pick(items, condition(scope), scope)
        return _matching(items, condition, scope)

    return run


def _matching(items: list[object], condition: Closure, scope: Scope) -> object:
    kept = []
    for item in items:
        scope.journal.step()
        entries = item if isinstance(item, dict) else {}
        result = condition(scope.child({"item": item, **entries}))
        if isinstance(result, Decimal):  # a computed index, the same for every item
            return pick(items, result, scope)
        if result is True:
            kept.append(item)
    return kept


def _constant(node: s.Constant) -> Closure:
    value, calls = node.value, node.calls
    if not calls:
        return lambda scope: value
    otherwise = compile_node(node.source)
    return lambda scope: otherwise(scope) if scope.knows(calls) else value


def _call(node: s.Call) -> Closure:
    name = node.function.name if isinstance(node.function, s.Name) else None
    if name in BUILTINS and not node.names:
        return _builtin(name, node)
    return _any_call(node)


def _builtin(name: str, node: s.Call) -> Closure:
    """A function that is known now, unless a variable has its name."""
    body, names, otherwise = BUILTINS[name].body, (name,), _any_call(node)
    arguments = _arguments([compile_node(a) for a in node.arguments])

    def run(scope: Scope) -> object:
        if scope.knows(names):
            return otherwise(scope)
        values = arguments(scope)
        try:
            result = body(*values)
        except _MISFITS as error:
            return _misfit(name, values, error, scope)
        if type(result) is Decimal and not result.is_finite():
            return scope.journal.warn(f"{name}() has no finite result")
        return result

    return run


def _arguments(closures: Sequence[Closure]) -> Callable[[Scope], Sequence[object]]:
    """What gives their values; a call of its own for the usual numbers of them."""
    match closures:
        case [one]:
            return lambda scope: (one(scope),)
        case [one, two]:
            return lambda scope: (one(scope), two(scope))
    return lambda scope: [c(scope) for c in closures]


def _any_call(node: s.Call) -> Closure:
    function = compile_node(node.function)
    arguments = [compile_node(a) for a in node.arguments]
    label = node.function.name if isinstance(node.function, s.Name) else "function"

    def run(scope: Scope) -> object:
        target = function(scope)
        if not isinstance(target, Function):
            return scope.journal.warn(f"'{label}' is not a function")
        scope.journal.step()
        values = [a(scope) for a in arguments]
        return call(target, values, node.names, scope, label)

    return run


def call(
    target: Function, values: list[object], names: tuple[str, ...], scope: Scope, label: str
) -> object:
    """Call with positional or named arguments; a misfit gives null and a warning."""
    if names:
        signatures = [p for p in (target.parameters, *target.also) if set(names) <= set(p)]
        if not signatures:
            return scope.journal.warn(f"{label}() has no parameters named {', '.join(names)}")
        given = dict(zip(names, values, strict=True))
        used = max(signatures[0].index(n) for n in names) + 1
        values = [given.get(p) for p in signatures[0][:used]]
    try:
        result = target.body(*values)
        if isinstance(result, Decimal) and not result.is_finite():
            return scope.journal.warn(f"{label}() has no finite result")
        return result
    except _MISFITS as error:
        return _misfit(label, values, error, scope)


def _misfit(label: str, values: Sequence[object], error: Exception, scope: Scope) -> object:
    kinds = ", ".join(type_name(v) for v in values)
    return scope.journal.warn(f"{label}({kinds}): {error}")


def _fitting(value: object, wanted: s.TypeRef | None) -> object:
    fits, coerced = (True, value) if wanted is None else coerce(value, wanted)
    if not fits:
        raise NotApplicable(f"needs a {wanted.name if wanted else 'value'}")
    return coerced


def _function(node: s.FunctionDefinition) -> Closure:
    body = compile_node(node.body)

    def run(scope: Scope) -> object:
        def invoke(*values: object) -> object:
            scope.journal.step()
            fitting = [_fitting(v, t) for v, t in zip(values, node.types, strict=True)]
            return body(scope.child(dict(zip(node.parameters, fitting, strict=True))))

        return Function(node.parameters, invoke)

    return run


COMPILERS.update(
    {
        s.Literal: _literal,
        s.Constant: _constant,
        s.Name: _name,
        s.Path: _path,
        s.Filter: _filter,
        s.Call: _call,
        s.FunctionDefinition: _function,
    }
)
