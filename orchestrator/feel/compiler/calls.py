"""Calls and function definitions (DMN 1.5, 10.3.2.13)."""

from collections.abc import Sequence
from decimal import Decimal

from orchestrator.feel import syntax as s
from orchestrator.feel.builtins import BUILTINS
from orchestrator.feel.compiler.closures import COMPILERS, Closure, compile_node, is_entry
from orchestrator.feel.compiler.names import Names
from orchestrator.feel.operators import NotApplicable
from orchestrator.feel.scope import Scope
from orchestrator.feel.types import coerce
from orchestrator.feel.values import Function, type_name

_MISFITS = (NotApplicable, TypeError, ValueError, ArithmeticError, LookupError, AttributeError)
"""What a built-in function raises for values that it cannot serve."""


def _call(node: s.Call, names: Names) -> Closure:
    name = node.function.name if isinstance(node.function, s.Name) else None
    otherwise = _any_call(node, names)
    if name not in BUILTINS or node.names:
        return otherwise
    meaning = names.find(name)
    if meaning.slot is not None:
        return otherwise
    builtin = _builtin(name, [compile_node(a, names) for a in node.arguments], otherwise)
    if not meaning.contexts:
        return builtin
    hidden = is_entry(name, meaning)
    return lambda scope: otherwise(scope) if hidden(scope) else builtin(scope)


def _builtin(name: str, arguments: Sequence[Closure], otherwise: Closure) -> Closure:
    """A function that is known now, unless a variable has its name."""
    body = BUILTINS[name].body
    match arguments:
        case [one]:

            def run(scope: Scope) -> object:
                if name in scope.variables:
                    return otherwise(scope)
                value = one(scope)
                try:
                    return body(value)
                except _MISFITS as error:
                    return _misfit(name, (value,), error, scope)

        case [one, two]:

            def run(scope: Scope) -> object:
                if name in scope.variables:
                    return otherwise(scope)
                a, b = one(scope), two(scope)
                try:
                    return body(a, b)
                except _MISFITS as error:
                    return _misfit(name, (a, b), error, scope)

        case _:

            def run(scope: Scope) -> object:
                if name in scope.variables:
                    return otherwise(scope)
                values = [a(scope) for a in arguments]
                try:
                    return body(*values)
                except _MISFITS as error:
                    return _misfit(name, values, error, scope)

    return run


def _any_call(node: s.Call, names: Names) -> Closure:
    function = compile_node(node.function, names)
    arguments = [compile_node(a, names) for a in node.arguments]
    label = node.function.name if isinstance(node.function, s.Name) else "function"

    def run(scope: Scope) -> object:
        target = function(scope)
        if not isinstance(target, Function):
            return scope.warn(f"'{label}' is not a function")
        scope.spend(1)
        values = [a(scope) for a in arguments]
        return _called(target, values, node.names, scope, label)

    return run


def _called(
    target: Function, values: list[object], names: tuple[str, ...], scope: Scope, label: str
) -> object:
    """Call with positional or named arguments; a misfit gives null and a warning."""
    if names:
        signatures = [p for p in (target.parameters, *target.also) if set(names) <= set(p)]
        if not signatures:
            return scope.warn(f"{label}() has no parameters named {', '.join(names)}")
        given = dict(zip(names, values, strict=True))
        used = max(signatures[0].index(n) for n in names) + 1
        values = [given.get(p) for p in signatures[0][:used]]
    try:
        result = target.body(*values)
        if isinstance(result, Decimal) and not result.is_finite():
            return scope.warn(f"{label}() has no finite result")
        return result
    except _MISFITS as error:
        return _misfit(label, values, error, scope)


def _misfit(label: str, values: Sequence[object], error: Exception, scope: Scope) -> object:
    kinds = ", ".join(type_name(v) for v in values)
    return scope.warn(f"{label}({kinds}): {error}")


def _fitting(value: object, wanted: s.TypeRef | None) -> object:
    fits, coerced = (True, value) if wanted is None else coerce(value, wanted)
    if not fits:
        raise NotApplicable(f"needs a {wanted.name if wanted else 'value'}")
    return coerced


def _function(node: s.FunctionDefinition, names: Names) -> Closure:
    """Its body runs on slots of its own: those at the place of its definition, and its parameters.
    So it may call itself."""
    first, count = names.depth, len(node.parameters)
    body = compile_node(node.body, names.bind(*node.parameters))

    def run(scope: Scope) -> object:
        defined = scope.slots.copy()

        def invoke(*values: object) -> object:
            scope.spend(1)
            if len(values) != count:
                raise NotApplicable(f"takes {count} arguments")
            own = defined.copy()
            own[first : first + count] = map(_fitting, values, node.types)
            calling, scope.slots = scope.slots, own
            try:
                return body(scope)
            finally:
                scope.slots = calling

        return Function(node.parameters, invoke)

    return run


COMPILERS.update({s.Call: _call, s.FunctionDefinition: _function})
