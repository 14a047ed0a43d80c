"""What live elements remember by the ids of others, told by the ids of another definition."""

from collections.abc import Callable, Iterator
from typing import Any

from orchestrator.bpmn.change.plan import Plan
from orchestrator.bpmn.elements.ad_hoc import TODO
from orchestrator.bpmn.joins import RESET
from orchestrator.bpmn.state import KEPT, WATCHED, Live
from orchestrator.bpmn.waiting import ARRIVED, START
from orchestrator.kernel.errors import Finding

Data = dict[str, Any]


def parts(live: Live) -> Data:
    """The parts of a live element that name elements; see `events.ElementMigrated`."""
    return {"element_id": live.element_id, "joins": live.joins, "data": live.data}


def moved(plan: Plan, live: Live) -> Data:
    """The same in the target of a plan that has no obstacles for it."""
    joins: dict[str, dict[str, int]] = {}
    for join, flow, count in _waiting(live):
        target_join, target_flow = plan.to(join), plan.flow(join, flow)
        assert target_join is not None  # noqa: S101  no obstacle
        assert target_flow is not None  # noqa: S101
        at = joins.setdefault(target_join, {})
        at[target_flow] = at.get(target_flow, 0) + count
    data = dict(pair for item in live.data.items() for pair in _translated(plan, *item))
    return {"element_id": plan.to(live.element_id), "joins": joins, "data": data}


def obstacles(plan: Plan, live: Live) -> list[Finding]:
    """What has no counterpart in the target though it is needed."""
    found = [
        Finding(join, "migration.join", f"holds a token of {flow} that has no way in the target")
        for join, flow, _ in _waiting(live)
        if plan.flow(join, flow) is None
    ]
    found += [
        Finding(
            event,
            "migration.kept",
            "has happened while the instance was suspended, so it needs a mapping",
        )
        for command in live.data.get(KEPT, ())
        for event in _happened(command)
        if plan.to(event) is None
    ]
    return found


def _happened(command: Data) -> list[str]:
    """The events that a kept command is about."""
    one = [command["element_id"]] if "element_id" in command else []
    return one + [event for _, event, _ in command.get("waiting", ())]


def _waiting(live: Live) -> Iterator[tuple[str, str, int]]:
    for join, flows in live.joins.items():
        for flow, count in flows.items():
            yield join, flow, count


def _translated(plan: Plan, name: str, value: Any) -> list[tuple[str, Any]]:
    for prefix in (ARRIVED, RESET):
        if name.startswith(prefix):
            old = name.removeprefix(prefix)
            new = plan.to(old)
            flows = prefix == RESET
            kept = [y for x in value if (y := plan.flow(old, x))] if flows else value
            return [] if new is None or not kept else [(prefix + new, kept)]
    translate = _BY_NAME.get(name)
    return [(name, value if translate is None else translate(plan, value))]


def _ids(plan: Plan, ids: list[str]) -> list[str]:
    return [new for old in ids if (new := plan.to(old)) is not None]


def _watched(plan: Plan, watched: dict[str, bool]) -> dict[str, bool]:
    """Of conditional events, named `key/trigger/element`; see `state`."""
    found: dict[str, bool] = {}
    for name, holds in watched.items():
        key, trigger, event = name.split("/", 2)
        if (target := plan.to(event)) is not None:
            found[f"{key}/{trigger}/{target}"] = holds
    return found


def _kept(plan: Plan, commands: list[Data]) -> list[Data]:
    return [_renamed(plan, command) for command in commands]


def _renamed(plan: Plan, command: Data) -> Data:
    changed = dict(command)
    if "element_id" in command:
        changed["element_id"] = plan.to(command["element_id"])
    if "waiting" in command:
        changed["waiting"] = [(key, plan.to(ev), number) for key, ev, number in command["waiting"]]
    return changed


_BY_NAME: dict[str, Callable[[Plan, Any], Any]] = {
    START: lambda plan, event: plan.to(event) or event,
    TODO: _ids,
    WATCHED: _watched,
    KEPT: _kept,
}
