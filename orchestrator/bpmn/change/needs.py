"""The variables that the rest of an instance needs, and where they come from."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from orchestrator.bpmn.change import reads
from orchestrator.bpmn.change.scopes import around
from orchestrator.bpmn.model import Element, ProcessDefinition
from orchestrator.feel import Expression


@dataclass(frozen=True, slots=True)
class Need:
    """`element_id` reads variable `name`. `given`: an element before it surely sets it;
    `may_come_from`: those before it that may."""

    name: str
    element_id: str
    expression: Expression
    given: bool
    may_come_from: tuple[str, ...]


def needs(definition: ProcessDefinition, alive: Collection[str]) -> list[Need]:
    """Of an instance whose live elements are `alive`; its process is not among them."""
    return list(_needs(definition, alive))


def scopes_of(definition: ProcessDefinition, need: Need) -> list[str]:
    """Whose variables are seen where it is needed."""
    return [*around(definition, definition.element(need.element_id)), need.element_id]


def _needs(definition: ProcessDefinition, alive: Collection[str]) -> Iterator[Need]:
    follows = {
        name: list(_next(definition, element)) for name, element in definition.elements.items()
    }
    scopes = (definition.id, *alive)
    events = [s.id for scope in scopes for s in definition.events_of.get(scope, ())]
    reached = _closure(follows, [*alive, *events])
    before: dict[str, set[str]] = {name: set() for name in reached}
    for name in reached:
        for later in _closure(follows, follows[name]):
            before[later].add(name)
    for name in sorted(reached):
        element, sources = definition.element(name), before[name]
        expressions = [(x, sources | {name}) for x in reads.at_end(element)]
        if name not in alive:
            expressions += [(x, sources) for x in reads.at_begin(definition, element)]
        for expression, givers in expressions:
            for read in sorted(expression.names - reads.own(definition, element)):
                yield _need(definition, read, name, expression, givers)


def _need(
    definition: ProcessDefinition,
    read: str,
    element_id: str,
    expression: Expression,
    givers: Iterable[str],
) -> Need:
    elements = [definition.element(g) for g in sorted(givers)]
    given = any(read in reads.gives(x) for x in elements)
    maybe = tuple(x.id for x in elements if reads.may_give_any(x))
    return Need(read, element_id, expression, given, maybe)


def _next(definition: ProcessDefinition, element: Element) -> Iterator[str]:
    """The elements that may begin when this one has begun or ended."""
    yield from (f.target for f in element.outgoing)
    yield from element.boundaries
    yield from definition.starts.get(element.id, ())
    yield from (s.id for s in definition.events_of.get(element.id, ()))
    if element.kind == "intermediateThrowEvent" and element.has("link"):
        yield definition.link_target(element).id
    if element.scope != definition.id and not element.outgoing:
        scope = definition.element(element.scope)
        yield from (f.target for f in scope.outgoing)


def _closure(follows: Mapping[str, Iterable[str]], start: Iterable[str]) -> set[str]:
    found: set[str] = set()
    todo = list(start)
    while todo:
        name = todo.pop()
        if name not in found:
            found.add(name)
            todo += follows[name]
    return found
