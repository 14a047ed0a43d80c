"""Calls and function definitions (DMN 1.5, 10.3.2.13)."""

from collections.abc import Sequence
from decimal import Decimal

from orchestrator.feel import syntax as s
from orchestrator.feel.builtins import BUILTINS
from orchestrator.feel.compiler.closures import (
    COMPILERS,
    Closure,
    Several,
    compile_all,
    compile_node,
    is_entry,
)
from orchestrator.feel.compiler.names import Names
from orchestrator.feel.operators import NotApplicable
from orchestrator.feel.scope import VARIABLES, Frame, charge, journal, spend, warn
from orchestrator.feel.types import coerce
from orchestrator.feel.values import Function, type_name

_MISFITS = (
    NotApplicable, TypeError, ValueError, ArithmeticError, LookupError, AttributeError,
    TimeoutError,
)  # fmt: skip
"""What a built-in function raises for values that it cannot serve."""


def _call(node: s.Call, names: Names) -> Closure:
    arguments = compile_all(node.arguments, names)
    if not names.once:
        arguments = _charged(arguments)
    general = _any_call(node, names, arguments)
    name = node.function.name if isinstance(node.function, s.Name) else None
    function = BUILTINS.get(name) if name else None
    if name is None or function is None or node.names or not function.takes(len(node.arguments)):
        return general
    meaning = names.find(name)
    if meaning.slot is not None:
        return general
    builtin = _builtin(name, arguments, general)
    if not meaning.contexts:
        return builtin
    hidden = is_entry(name, meaning)
    return lambda frame: general(frame) if hidden(frame) else builtin(frame)


def _builtin(name: str, arguments: Several, otherwise: Closure) -> Closure:
    """A function that is known now, unless a variable has its name."""
    function = BUILTINS[name]
    body, together = function.body, arguments.together
    match arguments.each:
        case [one]:

            def run(frame: Frame) -> object:
                if name in frame[VARIABLES]:
                    return otherwise(frame)
                value = one(frame)
                try:
                    return body(value)
                except _MISFITS as error:
                    return _misfit(function, name, (value,), error, frame)

        case [one, two]:

            def run(frame: Frame) -> object:
                if name in frame[VARIABLES]:
                    return otherwise(frame)
                a, b = one(frame), two(frame)
                try:
                    return body(a, b)
                except _MISFITS as error:
                    return _misfit(function, name, (a, b), error, frame)

        case _:

            def run(frame: Frame) -> object:
                if name in frame[VARIABLES]:
                    return otherwise(frame)
                values = together(frame)
                try:
                    return body(*values)
                except _MISFITS as error:
                    return _misfit(function, name, values, error, frame)

    return run


def _charged(arguments: Several) -> Several:
    """The same, where a call may be repeated: going through long values takes steps."""
    each = [_measured(argument) for argument in arguments.each]
    return Several(each, lambda frame: [argument(frame) for argument in each])


def _measured(argument: Closure) -> Closure:
    def run(frame: Frame) -> object:
        value = argument(frame)
        charge(frame, value)
        return value

    return run


def _any_call(node: s.Call, names: Names, arguments: Several) -> Closure:
    function, values = compile_node(node.function, names), arguments.together
    label = node.function.name if isinstance(node.function, s.Name) else "function"

    def run(frame: Frame) -> object:
        target = function(frame)
        if not isinstance(target, Function):
            return warn(frame, f"'{label}' is not a function")
        spend(frame, 1)
        return _called(target, values(frame), node.names, frame, label)

    return run


def _called(
    target: Function, values: Sequence[object], names: tuple[str, ...], frame: Frame, label: str
) -> object:
    """Call with positional or named arguments; a misfit gives null and a warning."""
    if names:
        signatures = [p for p in (target.parameters, *target.also) if set(names) <= set(p)]
        if not signatures:
            return warn(frame, f"{label}() has no parameters named {', '.join(names)}")
        given = dict(zip(names, values, strict=True))
        used = max(signatures[0].index(n) for n in names) + 1
        values = [given.get(p) for p in signatures[0][:used]]
    if not target.takes(len(values)):
        return _misfit(target, label, values, TypeError(), frame)
    try:
        result = target.body(*values)
        if isinstance(result, Decimal) and not result.is_finite():
            return warn(frame, f"{label}() has no finite result")
        return result
    except _MISFITS as error:
        return _misfit(target, label, values, error, frame)


def _misfit(
    function: Function, label: str, values: Sequence[object], error: Exception, frame: Frame
) -> object:
    kinds = ", ".join(type_name(v) for v in values)
    signature = ", ".join(function.parameters)
    # What Python says of types tells of its own functions, not of FEEL's.
    why = f"takes ({signature})" if isinstance(error, TypeError) else str(error)
    return warn(frame, f"{label}({kinds}): {why}")


def _fitting(value: object, wanted: s.TypeRef | None) -> object:
    fits, coerced = (True, value) if wanted is None else coerce(value, wanted)
    if not fits:
        raise NotApplicable(f"needs a {wanted.name if wanted else 'value'}")
    return coerced


def _function(node: s.FunctionDefinition, names: Names) -> Closure:
    """Its body runs on a frame of its own: that of its definition, with its parameters."""
    first, count = names.depth, len(node.parameters)
    body = compile_node(node.body, names.bind(*node.parameters))

    def run(frame: Frame) -> object:
        journal(frame)  # now, for all frames to share it
        defined = frame.copy()

        def invoke(*values: object) -> object:
            spend(frame, 1)
            if len(values) != count:
                raise NotApplicable(f"takes {count} arguments")
            own = defined.copy()
            own[first : first + count] = map(_fitting, values, node.types)
            return body(own)

        return Function(node.parameters, invoke)

    return run


COMPILERS.update({s.Call: _call, s.FunctionDefinition: _function})
