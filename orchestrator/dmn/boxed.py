"""Boxed expressions other than decision tables (DMN 1.5, 10.2): immutable, each evaluates itself.

`scope` holds FEEL values by name; why something is null is appended to `warnings`.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from orchestrator.feel import Expression, Function, TypeRef, coerce, show

Scope = Mapping[str, object]
Warnings = list[str]


class Boxed(Protocol):
    def evaluate(self, scope: Scope, warnings: Warnings) -> object: ...


@dataclass(frozen=True, slots=True)
class LiteralExpression:
    expression: Expression

    def evaluate(self, scope: Scope, warnings: Warnings) -> object:
        result = self.expression.evaluate(scope)
        warnings.extend(w for w in result.warnings if w not in warnings)
        return result.value


@dataclass(frozen=True, slots=True)
class Typed:
    """An expression whose value must be of a type, else it is null."""

    boxed: Boxed
    wanted: TypeRef

    def evaluate(self, scope: Scope, warnings: Warnings) -> object:
        return fitting(self.boxed.evaluate(scope, warnings), self.wanted, warnings)


def fitting(value: object, wanted: TypeRef | None, warnings: Warnings) -> object:
    """The value as the type asks for it, or null and a warning."""
    if wanted is None:
        return value
    fits, coerced = coerce(value, wanted)
    if not fits:
        warnings.append(f"{show(value)} is not of type {wanted.name}")
    return coerced


def fitting_arguments(
    values: Sequence[object], types: Sequence[TypeRef | None], warnings: Warnings
) -> list[object] | None:
    """The arguments of a function as its parameters ask for them; None when one does not fit,
    which makes the call null (DMN 1.5, 10.3.2.13.1). Raises ValueError for a wrong number."""
    fit = [fitting(v, t, warnings) for v, t in zip(values, types, strict=True)]
    misfit = any(f is None and v is not None for f, v in zip(fit, values, strict=True))
    return None if misfit else fit


@dataclass(frozen=True, slots=True)
class BoxedContext:
    """Entries see those before them; the entry without a name is the result."""

    entries: tuple[tuple[str, Boxed], ...]

    def evaluate(self, scope: Scope, warnings: Warnings) -> object:
        values: dict[str, object] = {}
        for name, boxed in self.entries:
            value = boxed.evaluate({**scope, **values}, warnings)
            if not name:
                return value
            values[name] = value
        return values


@dataclass(frozen=True, slots=True)
class BoxedList:
    items: tuple[Boxed, ...]

    def evaluate(self, scope: Scope, warnings: Warnings) -> object:
        return [i.evaluate(scope, warnings) for i in self.items]


@dataclass(frozen=True, slots=True)
class BoxedFunction:
    parameters: tuple[str, ...]
    body: Boxed
    types: tuple[TypeRef | None, ...] = ()

    def evaluate(self, scope: Scope, warnings: Warnings) -> object:
        def call(*values: object) -> object:
            fit = fitting_arguments(values, self.types, warnings)
            if fit is None:
                return None
            given = dict(zip(self.parameters, fit, strict=True))
            return self.body.evaluate({**scope, **given}, warnings)

        return Function(self.parameters, call)


@dataclass(frozen=True, slots=True)
class ForeignFunction:
    """A function in Java or PMML, which Deskhand does not run: calling it gives null."""

    parameters: tuple[str, ...]
    kind: str

    def evaluate(self, scope: Scope, warnings: Warnings) -> object:
        def call(*values: object) -> object:
            warnings.append(f"A function of kind {self.kind} is not run; write it in FEEL")
            return None

        return Function(self.parameters, call)


@dataclass(frozen=True, slots=True)
class Invocation:
    """Calls a function with named arguments."""

    function: Boxed
    bindings: tuple[tuple[str, Boxed], ...]

    def evaluate(self, scope: Scope, warnings: Warnings) -> object:
        function = self.function.evaluate(scope, warnings)
        given = {n: b.evaluate(scope, warnings) for n, b in self.bindings}
        if not isinstance(function, Function) or given.keys() - set(function.parameters):
            warnings.append("The invocation does not fit a function")
            return None
        return function.body(*(given.get(p) for p in function.parameters))


@dataclass(frozen=True, slots=True)
class Conditional:
    condition: Boxed
    then: Boxed
    otherwise: Boxed

    def evaluate(self, scope: Scope, warnings: Warnings) -> object:
        chosen = self.then if self.condition.evaluate(scope, warnings) is True else self.otherwise
        return chosen.evaluate(scope, warnings)


@dataclass(frozen=True, slots=True)
class BoxedIterator:
    """`for`, `some` or `every` item of a list."""

    kind: str
    variable: str
    source: Boxed
    body: Boxed

    def evaluate(self, scope: Scope, warnings: Warnings) -> object:
        source = self.source.evaluate(scope, warnings)
        if source is None:
            warnings.append(f"{self.kind} needs a list")
            return None
        items = source if isinstance(source, list) else [source]
        results = list(self._each(items, scope, warnings))
        if self.kind == "for":
            return results
        if not all(isinstance(r, bool) for r in results):
            warnings.append(f"{self.kind} needs true or false for each item")
            return None
        return any(results) if self.kind == "some" else all(results)

    def _each(self, items: list[object], scope: Scope, warnings: Warnings) -> Iterator[object]:
        partial: list[object] = []
        for item in items:
            inner = {**scope, self.variable: item, "partial": list(partial)}
            partial.append(self.body.evaluate(inner, warnings))
            yield partial[-1]


@dataclass(frozen=True, slots=True)
class BoxedFilter:
    source: Boxed
    condition: Boxed

    def evaluate(self, scope: Scope, warnings: Warnings) -> object:
        source = self.source.evaluate(scope, warnings)
        items = source if isinstance(source, list) else [] if source is None else [source]
        return [i for i in items if self._keeps(i, scope, warnings)]

    def _keeps(self, item: object, scope: Scope, warnings: Warnings) -> bool:
        entries = item if isinstance(item, dict) else {}
        return self.condition.evaluate({**scope, **entries, "item": item}, warnings) is True
