"""A migration plan: which element of the target takes the place of which of the source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from orchestrator.bpmn.change.scopes import BadInstruction
from orchestrator.bpmn.model import Element, ProcessDefinition
from orchestrator.kernel.errors import Finding


@dataclass(frozen=True, slots=True)
class Plan:
    """`elements`: source id -> target id. The process itself is always mapped."""

    source: ProcessDefinition
    target: ProcessDefinition
    elements: Mapping[str, str]

    def __post_init__(self) -> None:
        """Raises BadInstruction for a mapping that no instance can follow."""
        findings = [f for pair in self.elements.items() for f in self._mismatches(*pair)]
        if findings:
            why = "; ".join(f"{f.element} {f.message}" for f in findings)
            raise BadInstruction(f"The mapping does not fit the two processes: {why}.", findings)

    def to(self, element_id: str) -> str | None:
        """The target's id for an element of the source."""
        if element_id == self.source.id:
            return self.target.id
        return self.elements.get(element_id)

    def flow(self, join_id: str, flow_id: str) -> str | None:
        """The flow into the target's join that takes the place of one into the source's: the
        one of the same id, else the only one from the element mapped to its source."""
        join = self.target.elements.get(self.elements.get(join_id, ""))
        if join is None or flow_id in join.incoming:
            return flow_id if join else None
        source = self.to(self.source.flows[flow_id].source)
        found = [f for f in join.incoming if self.target.flows[f].source == source]
        return found[0] if len(found) == 1 else None

    def _mismatches(self, source_id: str, target_id: str) -> list[Finding]:
        source, target = self.source.elements.get(source_id), self.target.elements.get(target_id)
        if source is None or target is None:
            missing = f"is not in {'the source' if source is None else 'the target'}"
            return [Finding(source_id if source is None else target_id, "migration.id", missing)]
        differing = [what for what, read in _MUST_AGREE.items() if read(source) != read(target)]
        message = f"cannot become {target_id}: they differ in {', '.join(differing)}"
        return [Finding(source_id, "migration.kind", message)] if differing else []


def same_ids(source: ProcessDefinition, target: ProcessDefinition) -> dict[str, str]:
    """The mapping that suggests itself: elements of the same id that can take one another's
    place."""
    return {
        name: name
        for name, element in source.elements.items()
        if name in target.elements
        and all(read(element) == read(target.elements[name]) for read in _MUST_AGREE.values())
    }


def _loop(element: Element) -> tuple[bool, bool] | None:
    return None if element.loop is None else (element.loop.standard, element.loop.sequential)


_MUST_AGREE: Mapping[str, Callable[[Element], object]] = {
    "kind": lambda x: x.kind,
    "loop": _loop,
    "events": lambda x: [t.kind for t in x.triggers],
    "implementation": lambda x: (x.work is None, x.script is None, x.decision is None),
    "being an event subprocess": lambda x: x.by_event,
}
