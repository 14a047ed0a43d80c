"""What an element reads of variables, and what it gives."""

from collections.abc import Iterator

from orchestrator.bpmn.model import Element, ProcessDefinition, Trigger, Value
from orchestrator.feel import Expression

LOCAL = frozenset(
    {
        "loopCounter", "numberOfInstances", "numberOfActiveInstances",
        "numberOfCompletedInstances", "numberOfTerminatedInstances", "nrOfInstances",
        "nrOfActiveInstances", "nrOfCompletedInstances", "activationCount",
    }
)  # fmt: skip
"""Names that the engine itself brings."""


def at_begin(definition: ProcessDefinition, element: Element) -> Iterator[Expression]:
    """The expressions that are evaluated when it begins."""
    loop = element.loop
    values: list[Value] = [m.source for m in element.inputs]
    for trigger in element.triggers if element.kind != "boundaryEvent" else ():
        values += _of_trigger(trigger)
    for name in element.boundaries:
        for trigger in definition.element(name).triggers:
            values += _of_trigger(trigger)
    if element.work is not None:
        values += [element.work.type, *element.work.headers.values()]
    if element.user is not None:
        values += [element.user.assignee, element.user.candidate_groups, element.user.due]
    if loop is not None:
        values += [loop.collection, loop.cardinality, loop.condition]
    values += [element.call.process_id if element.call else None]
    values += [element.decision.decision_id if element.decision else None]
    values += [element.script.expression if element.script else None]
    values += [element.ad_hoc.active if element.ad_hoc else None]
    yield from (v for v in values if isinstance(v, Expression))


def at_end(element: Element) -> Iterator[Expression]:
    """The expressions that are evaluated when it ends: the conditions of its flows."""
    return (f.condition for f in element.outgoing if f.condition is not None)


def own(definition: ProcessDefinition, element: Element) -> frozenset[str]:
    """The names that are local to an element or to a scope around it."""
    found, at = set(LOCAL), element
    while True:
        found.update(m.target[0] for m in at.inputs)
        if at.loop is not None and at.loop.item is not None:
            found.add(at.loop.item)
        found.update(definition.data.get(at.id, ()))
        if at.scope == definition.id:
            return frozenset(found.union(definition.data.get(definition.id, ())))
        at = definition.element(at.scope)


def gives(element: Element) -> frozenset[str]:
    """The variables that it surely sets when it ends."""
    found = {m.target[0] for m in element.outputs}
    if element.loop is not None and element.loop.output_collection is not None:
        found.add(element.loop.output_collection)
    if element.script is not None:
        found.add(element.script.result_variable)
    if element.decision is not None:
        found.add(element.decision.result_variable)
    return frozenset(found)


def may_give_any(element: Element) -> bool:
    """Whether what it sets is known only when it is done: by a worker, a person, a message or a
    called process."""
    if element.outputs:
        return False
    waits_for_data = any(t.kind in ("message", "signal", "error") for t in element.triggers)
    return bool(
        element.work is not None
        or element.user is not None
        or waits_for_data
        or (element.call is not None and element.call.all_out)
    )


def _of_trigger(trigger: Trigger) -> list[Value]:
    """A condition is none: it is false until its variables are there."""
    if trigger.kind in ("error", "escalation", "conditional"):
        return []
    named = [trigger.name, trigger.correlation_key, trigger.message_id, trigger.lifetime]
    return [*named, trigger.timer.value if trigger.timer else None]
