"""What can be told of an element only when all are read: its flows, boundary events, starts."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from orchestrator.bpmn.model import SYNCHRONISING, Element, Flow, ProcessDefinition

INSTANTIATING = ("receiveTask", "eventBasedGateway")
JOINS = ("inclusiveGateway", "complexGateway")


def link(
    process_id: str,
    name: str,
    elements: Mapping[str, Element],
    flows: Mapping[str, Flow],
    associations: Mapping[str, str],
    data: Mapping[str, tuple[str, ...]],
) -> ProcessDefinition:
    linked = _linked(elements, flows)
    event_starts = tuple(_event_starts(process_id, linked))
    scopes = [process_id, *(e.id for e in linked.values() if e.kind.endswith(_SCOPE_SUFFIXES))]
    return ProcessDefinition(
        process_id,
        name,
        linked,
        flows,
        starts={scope: tuple(_starts(scope, linked, event_starts)) for scope in scopes},
        events_of=_events_of(linked),
        event_starts=event_starts,
        handlers=_handlers(linked, associations),
        data=data,
        joins=frozenset(e.id for e in linked.values() if _is_join(e)),
        upstream={
            e.id: {f: _upstream(e, f, linked, flows) for f in e.incoming}
            for e in linked.values()
            if e.kind in JOINS and len(e.incoming) > 1
        },
        conditional=any(e.has("conditional") for e in linked.values()),
    )


_SCOPE_SUFFIXES = ("ubProcess", "transaction")


def _linked(elements: Mapping[str, Element], flows: Mapping[str, Flow]) -> dict[str, Element]:
    incoming = _grouped((f.target, f.id) for f in flows.values())
    outgoing = _grouped((f.source, f.id) for f in flows.values())
    boundaries = _grouped((e.attached_to, e.id) for e in elements.values())
    return {
        name: replace(
            element,
            incoming=tuple(incoming[name]),
            outgoing=tuple(flows[f] for f in outgoing[name]),
            boundaries=tuple(boundaries[name]),
        )
        for name, element in elements.items()
    }


def _starts(
    scope: str, elements: Mapping[str, Element], event_starts: Iterable[str]
) -> Iterable[str]:
    """None start events; without them, all that nothing leads to (BPMN 2.0, 13.2.1)."""
    inside = [e for e in elements.values() if e.scope == scope]
    none = [e.id for e in inside if e.kind == "startEvent" and not e.triggers]
    if none:
        return none
    begun_by_events = {*event_starts}
    return [
        e.id
        for e in inside
        if not e.incoming
        and e.attached_to is None
        and e.kind != "startEvent"
        and not (e.for_compensation or e.by_event or e.instantiate)
        and not (e.kind == "intermediateCatchEvent" and e.has("link"))
        and e.id not in begun_by_events
        and not any(o.kind == "startEvent" for o in inside)
    ]


def _event_starts(process_id: str, elements: Mapping[str, Element]) -> Iterable[str]:
    for element in elements.values():
        if element.scope != process_id:
            continue
        if (element.kind == "startEvent" and element.triggers) or (
            element.instantiate and element.kind == "receiveTask" and not element.incoming
        ):
            yield element.id
        elif element.instantiate and element.kind == "eventBasedGateway":
            yield from (f.target for f in element.outgoing)


def _is_join(element: Element) -> bool:
    if element.kind in SYNCHRONISING:
        return len(element.incoming) > 1
    return element.start_quantity > 1


def _events_of(elements: Mapping[str, Element]) -> dict[str, tuple[Element, ...]]:
    found = _grouped(
        (elements[e.scope].scope, e.id)
        for e in elements.values()
        if e.kind == "startEvent" and e.scope in elements and elements[e.scope].by_event
    )
    return {scope: tuple(elements[i] for i in ids) for scope, ids in found.items() if scope}


def _handlers(elements: Mapping[str, Element], associations: Mapping[str, str]) -> dict[str, str]:
    return {
        e.attached_to: associations[e.id]
        for e in elements.values()
        if e.attached_to and e.has("compensate") and associations.get(e.id) in elements
    }


def _upstream(
    join: Element, flow: str, elements: Mapping[str, Element], flows: Mapping[str, Flow]
) -> frozenset[str]:
    """The elements from which a token can come over `flow` without passing `join`."""
    found: set[str] = set()
    todo = [flows[flow].source]
    while todo:
        at = todo.pop()
        if at in found or at == join.id or at not in elements:
            continue
        found.add(at)
        element = elements[at]
        todo.extend(flows[f].source for f in element.incoming)
        if element.attached_to:
            todo.append(element.attached_to)
        todo.extend(_link_sources(element, elements))
    return frozenset(found)


def _link_sources(catch: Element, elements: Mapping[str, Element]) -> Iterable[str]:
    names = {t.name for t in catch.triggers if t.kind == "link"}
    if catch.kind != "intermediateCatchEvent" or not names:
        return
    for other in elements.values():
        throws = other.kind == "intermediateThrowEvent" and other.scope == catch.scope
        if throws and any(t.kind == "link" and t.name in names for t in other.triggers):
            yield other.id


def _grouped(pairs: Iterable[tuple[str | None, str]]) -> dict[str | None, list[str]]:
    groups: dict[str | None, list[str]] = defaultdict(list)
    for group, name in pairs:
        groups[group].append(name)
    return groups
