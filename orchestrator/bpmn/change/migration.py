"""Bringing a running instance to another definition: its tokens keep their places, its work goes
on, its events are waited for as the target says.

As in Camunda 8: every active element needs a mapping; an event that is mapped is waited for as
before (a timer is not set again), one that is not is no longer, and the target's other events
are waited for from now. Work that has been created stays as it is.
"""

from collections.abc import Iterable, Iterator, Sequence

from orchestrator.bpmn import events as e
from orchestrator.bpmn import loops, waiting
from orchestrator.bpmn.change import remembered
from orchestrator.bpmn.change.plan import Plan
from orchestrator.bpmn.change.scopes import BadInstruction, alive_in
from orchestrator.bpmn.elements import BEHAVIOURS
from orchestrator.bpmn.model import Element, ProcessDefinition
from orchestrator.bpmn.run import Environment, Failed, Run
from orchestrator.bpmn.state import Done, Live, State
from orchestrator.feel import clock
from orchestrator.kernel.errors import Finding


def migrate(plan: Plan, state: State, instance_key: int, env: Environment) -> Run:
    """The events that bring an instance to the plan's target. No token moves. Raises
    BadInstruction with every reason why it cannot go there."""
    everything = list(alive_in(state, instance_key))
    if not everything:
        ended = f"Process instance {instance_key} has ended."
        raise BadInstruction(ended, [Finding("", "migration.ended", ended)])
    if findings := obstacles(plan, state, everything):
        why = "; ".join(f"{f.element} {f.message}" for f in findings)
        told = f"Process instance {instance_key} cannot be migrated: {why}."
        raise BadInstruction(told, findings)
    run = Run(plan.target, state, env, BEHAVIOURS)
    for live in everything:
        before, after = remembered.parts(live), remembered.moved(plan, live)
        run.emit(e.ElementMigrated(live.key, before, after))
        for scope_key, done in _done_in(state, live.key):
            target = plan.to(done.element_id)
            assert target is not None  # noqa: S101  no obstacle
            run.emit(e.CompensableMigrated(done.key, scope_key, done.element_id, target))
    try:
        with clock.at(env.now):
            for live in everything:
                _waits(run, plan, live)
    except Failed as failure:
        finding = Finding("", "migration.waits", f"It cannot wait for its events: {failure}")
        raise BadInstruction(finding.message, [finding]) from failure
    return run


def undo(events: Iterable[e.Event]) -> list[e.Event]:
    """The events that restore the state before `events`, those of one migration."""
    back: list[e.Event] = []
    for event in events:
        if isinstance(event, e.ElementMigrated):
            back.append(e.ElementMigrated(event.key, event.after, event.before))
        elif isinstance(event, e.CompensableMigrated):
            changed = (event.after, event.before)
            back.append(e.CompensableMigrated(event.key, event.scope_key, *changed))
    return back[::-1]


def restore(
    source: ProcessDefinition, state: State, events: Iterable[e.Event], env: Environment
) -> Run:
    """Bring an instance of `state` back to `source` by the events that `undo` gave."""
    run = Run(source, state, env, BEHAVIOURS)
    for event in events:
        run.emit(event)
    return run


def obstacles(plan: Plan, state: State, everything: Sequence[Live]) -> list[Finding]:
    """Why the instance whose live elements these are cannot follow the plan."""
    by_key = {live.key: live for live in everything}
    found: list[Finding] = []
    for live in everything:
        outer = by_key.get(live.scope_key) if live.scope_key is not None else None
        found += _misplaced(plan, live, outer)
        found += remembered.obstacles(plan, live)
        for _, done in _done_in(state, live.key):
            if plan.to(done.element_id) is None:
                message = "can be compensated, so it needs a mapping"
                found.append(Finding(done.element_id, "migration.compensation", message))
    return list(dict.fromkeys(found))


def _done_in(state: State, scope_key: int) -> Iterator[tuple[int, Done]]:
    """What can be undone in a scope, and in the subprocesses that are done there."""
    for done in state.compensable(scope_key):
        yield scope_key, done
        yield from _done_in(state, done.key)


def _misplaced(plan: Plan, live: Live, outer: Live | None) -> list[Finding]:
    target_id = plan.to(live.element_id)
    if target_id is None:
        return [Finding(live.element_id, "migration.unmapped", "is active, so it needs a mapping")]
    if outer is None or outer.element_id == live.element_id:  # a turn of a loop
        return []
    scope = plan.target.element(target_id).scope
    if scope != plan.to(outer.element_id):
        message = f"cannot become {target_id}, which is in another scope ({scope})"
        return [Finding(live.element_id, "migration.scope", message)]
    return []


def _waits(run: Run, plan: Plan, before: Live) -> None:
    if before.incident is not None and before.incident["stage"] == "activate":
        return  # it waits for nothing before it has begun
    now = run.live(before.key)
    is_inner = loops.is_inner(run, now)
    old = _events(plan.source, before, is_inner=is_inner)
    new = {x.id: x for x in _events(plan.target, now, is_inner=is_inner)}
    for event in old:
        target_id = plan.to(event.id)
        if target_id not in new:
            run.emit(e.Unsubscribed(now.key, [event.id]))
            continue
        del new[target_id]
        if target_id != event.id:
            run.emit(e.WaitMigrated(now.key, event.id, target_id))
    for armed in waiting.arm(run, now.key, new.values()):
        run.emit(armed)


def _events(definition: ProcessDefinition, live: Live, *, is_inner: bool) -> list[Element]:
    """The events that a live element waits for."""
    ids: list[str] = []
    if not live.data.get(waiting.INTERRUPTED):
        ids += [s.id for s in definition.events_of.get(live.element_id, ())]
    element = definition.elements.get(live.element_id)
    if element is not None:
        ids += () if is_inner else element.boundaries
        if element.kind == "eventBasedGateway":
            ids += [f.target for f in element.outgoing]
        ids += [element.id] if element.triggers else []
    return [definition.element(x) for x in ids]
