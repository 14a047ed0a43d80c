"""Syntax tree to Python closures: done once per expression, run many times."""

from collections.abc import Callable, Iterator
from decimal import Decimal

from orchestrator.feel import syntax as s
from orchestrator.feel.builtins import BUILTINS
from orchestrator.feel.operators import NotApplicable, arithmetic, compare, contains
from orchestrator.feel.properties import property_of
from orchestrator.feel.scope import Scope
from orchestrator.feel.sequences import pick, sequence
from orchestrator.feel.types import conforms
from orchestrator.feel.values import Function, Range, YearsMonths, type_name

Closure = Callable[[Scope], object]
INPUT = "?"


def compile_node(node: s.Node) -> Closure:
    return _COMPILERS[type(node)](node)


def _literal(node: s.Literal) -> Closure:
    value = node.value
    return lambda scope: value


def _name(node: s.Name) -> Closure:
    name = node.name

    def run(scope: Scope) -> object:
        found, value = scope.lookup(name)
        if found:
            return value
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

    def run(scope: Scope) -> object:
        value = source(scope)
        items = value if isinstance(value, list) else [] if value is None else [value]
        if isinstance(node.condition, s.Literal | s.Negate):
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


def _call(node: s.Call) -> Closure:
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
    except (TypeError, ValueError, ArithmeticError, NotApplicable, AttributeError) as error:
        kinds = ", ".join(type_name(v) for v in values)
        return scope.journal.warn(f"{label}({kinds}): {error}")


def _negate(node: s.Negate) -> Closure:
    operand = compile_node(node.operand)

    def run(scope: Scope) -> object:
        value = operand(scope)
        if isinstance(value, Decimal):
            return -value
        if isinstance(value, YearsMonths):
            return YearsMonths(-value.months)
        if hasattr(value, "total_seconds"):
            return -value  # type: ignore[operator]
        return scope.journal.warn(f"- {type_name(value)} has no meaning")

    return run


def _binary(node: s.Binary) -> Closure:
    operator, left, right = node.operator, compile_node(node.left), compile_node(node.right)

    def run(scope: Scope) -> object:
        a, b = left(scope), right(scope)
        try:
            return arithmetic(operator, a, b)
        except (NotApplicable, OverflowError) as error:
            return scope.journal.warn(str(error))

    return run


def _compare(node: s.Compare) -> Closure:
    operator, left, right = node.operator, compile_node(node.left), compile_node(node.right)

    def run(scope: Scope) -> object:
        a, b = left(scope), right(scope)
        result = compare(operator, a, b)
        if result is None:
            scope.journal.warn(f"{type_name(a)} {operator} {type_name(b)} has no meaning")
        return result

    return run


def _and(node: s.And) -> Closure:
    left, right = compile_node(node.left), compile_node(node.right)

    def run(scope: Scope) -> object:
        a = left(scope)
        if a is False:
            return False
        b = right(scope)
        if b is False:
            return False
        return True if a is True and b is True else None

    return run


def _or(node: s.Or) -> Closure:
    left, right = compile_node(node.left), compile_node(node.right)

    def run(scope: Scope) -> object:
        a = left(scope)
        if a is True:
            return True
        b = right(scope)
        if b is True:
            return True
        return False if a is False and b is False else None

    return run


def _between(node: s.Between) -> Closure:
    value, low, high = (compile_node(n) for n in (node.value, node.low, node.high))

    def run(scope: Scope) -> object:
        ends = Range(low(scope), high(scope))
        if ends.low is None or ends.high is None:
            return scope.journal.warn("between needs two limits")
        return contains(ends, value(scope))

    return run


def _in(node: s.In) -> Closure:
    value = compile_node(node.value)
    tests = [compile_test(t) for t in node.tests]

    def run(scope: Scope) -> object:
        inner = scope.child({INPUT: value(scope)})
        return any(test(inner) is True for test in tests)

    return run


def _instance_of(node: s.InstanceOf) -> Closure:
    value, wanted = compile_node(node.value), node.wanted
    return lambda scope: conforms(value(scope), wanted)


def _if(node: s.If) -> Closure:
    condition, then, otherwise = (
        compile_node(n) for n in (node.condition, node.then, node.otherwise)
    )
    return lambda scope: then(scope) if condition(scope) is True else otherwise(scope)


def _iterate(iterations: tuple[s.Iteration, ...]) -> Callable[[Scope], Iterator[Scope]]:
    """A closure giving an iterator of scopes, one per combination, the last varying fastest."""
    compiled = [
        (i.name, compile_node(i.source), compile_node(i.end) if i.end else None) for i in iterations
    ]

    def scopes(scope: Scope, depth: int = 0) -> Iterator[Scope]:
        if depth == len(compiled):
            yield scope
            return
        name, source, end = compiled[depth]
        items = sequence(source(scope), end(scope) if end else None, end is not None)
        if items is None:
            raise NotApplicable("Only lists and ranges of numbers or dates can be iterated")
        for item in items:
            scope.journal.step()
            yield from scopes(scope.child({name: item}), depth + 1)

    return scopes


def _for(node: s.For) -> Closure:
    iterate, body = _iterate(node.iterations), compile_node(node.body)

    def run(scope: Scope) -> object:
        results: list[object] = []
        outer = scope.child({"partial": results})
        try:
            for inner in iterate(outer):
                results.append(body(inner))
        except NotApplicable as error:
            return scope.journal.warn(str(error))
        return list(results)

    return run


def _quantified(node: s.Quantified) -> Closure:
    iterate, condition = _iterate(node.iterations), compile_node(node.condition)

    def run(scope: Scope) -> object:
        try:
            results = [condition(inner) for inner in iterate(scope)]
        except NotApplicable as error:
            return scope.journal.warn(str(error))
        decisive = not node.every
        if any(r is decisive for r in results):
            return decisive
        return None if any(not isinstance(r, bool) for r in results) else node.every

    return run


def _list(node: s.ListOf) -> Closure:
    items = [compile_node(i) for i in node.items]
    return lambda scope: [i(scope) for i in items]


def _context(node: s.ContextOf) -> Closure:
    entries = [(key, compile_node(value)) for key, value in node.entries]

    def run(scope: Scope) -> object:
        result: dict[str, object] = {}
        inner = scope.child(result)
        for key, value in entries:
            result[key] = value(inner)
        return result

    return run


def _range(node: s.RangeOf) -> Closure:
    low, high = compile_node(node.low), compile_node(node.high)
    return lambda scope: Range(low(scope), high(scope), node.low_closed, node.high_closed)


def _function(node: s.FunctionDefinition) -> Closure:
    body = compile_node(node.body)

    def run(scope: Scope) -> object:
        def invoke(*values: object) -> object:
            given = dict(zip(node.parameters, values, strict=True))
            return body(scope.child(given))

        return Function(node.parameters, invoke)

    return run


def _unary_comparison(node: s.UnaryComparison) -> Closure:
    operand = compile_node(node.operand)
    return lambda scope: compare(node.operator, scope.lookup(INPUT)[1], operand(scope))


def compile_test(node: s.Node) -> Closure:
    """A unary test: true when the input (`?`) satisfies it."""
    closure = compile_node(node)
    uses_input = _mentions_input(node)

    def run(scope: Scope) -> object:
        value, tested = closure(scope), scope.lookup(INPUT)[1]
        if uses_input or isinstance(node, s.UnaryComparison):
            return value is True
        return _matches(tested, value)

    return run


def _matches(tested: object, value: object) -> bool:
    if isinstance(value, Range):
        return contains(value, tested) is True
    if isinstance(value, list) and any(_matches(tested, v) for v in value):
        return True
    return compare("=", tested, value) is True


def _mentions_input(node: object) -> bool:
    if isinstance(node, s.Name):
        return node.name == INPUT
    if isinstance(node, tuple):
        return any(_mentions_input(n) for n in node)
    if isinstance(node, s.Node):
        return any(_mentions_input(getattr(node, f)) for f in node.__dataclass_fields__)  # type: ignore[attr-defined]
    return False


def compile_tests(node: s.Tests) -> Closure:
    tests = [compile_test(t) for t in node.tests]
    if not tests:
        return lambda scope: True
    return lambda scope: any(t(scope) is True for t in tests) is not node.negated


_COMPILERS: dict[type[s.Node], Callable[..., Closure]] = {
    s.Literal: _literal,
    s.Name: _name,
    s.Path: _path,
    s.Filter: _filter,
    s.Call: _call,
    s.Negate: _negate,
    s.Binary: _binary,
    s.Compare: _compare,
    s.And: _and,
    s.Or: _or,
    s.Between: _between,
    s.In: _in,
    s.InstanceOf: _instance_of,
    s.If: _if,
    s.For: _for,
    s.Quantified: _quantified,
    s.ListOf: _list,
    s.ContextOf: _context,
    s.RangeOf: _range,
    s.FunctionDefinition: _function,
    s.UnaryComparison: _unary_comparison,
}
