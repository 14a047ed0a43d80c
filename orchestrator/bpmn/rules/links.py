"""Link events come in pairs within one scope (BPMN 2.0, table 10.98)."""

from collections import defaultdict
from collections.abc import Iterator

from lxml import etree

from orchestrator.bpmn.rules.model import SCOPES, Model, children, finding
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

LINK = "linkEventDefinition"


def check(model: Model) -> Iterator[Finding]:
    sources = [d for d in model.of(LINK) if _is_in(d, "intermediateThrowEvent")]
    targets = [d for d in model.of(LINK) if _is_in(d, "intermediateCatchEvent")]
    for target in targets:
        if not any(_belong(model, source, target) for source in sources):
            yield finding(target, "link", "no link event leads to it; add one or delete it")
    for source in sources:
        if not any(_belong(model, source, target) for target in targets):
            yield finding(source, "link", "leads to no link event of its scope")
    yield from _one_target_per_name(model, targets)
    yield from _pairs_agree(model)


def _is_in(definition: etree._Element, kind: str) -> bool:
    parent = definition.getparent()
    return parent is not None and local(parent) == kind


def _belong(model: Model, source: etree._Element, target: etree._Element) -> bool:
    if model.around(source, *SCOPES) is not model.around(target, *SCOPES):
        return False
    named = {(e.text or "").strip().rpartition(":")[2] for e in children(source, "target")}
    return target.get("id") in named if named else source.get("name") == target.get("name")


def _one_target_per_name(model: Model, targets: list[etree._Element]) -> Iterator[Finding]:
    seen: dict[object, set[str]] = defaultdict(set)
    for target in targets:
        names = seen[model.around(target, *SCOPES)]
        name = target.get("name", "")
        if name in names:
            yield finding(target, "link", f"a second target of the link '{name}' in its scope")
        names.add(name)


def _pairs_agree(model: Model) -> Iterator[Finding]:
    """`target` and `source` name each other."""
    for definition in model.of(LINK):
        for way, back in (("target", "source"), ("source", "target")):
            for reference in children(definition, way):
                other = model.find(reference.text)
                if other is None or local(other) != LINK:
                    yield finding(definition, "link", f"its {way} is no link event")
                    continue
                named = [(e.text or "").strip().rpartition(":")[2] for e in children(other, back)]
                if named and definition.get("id") not in named:
                    message = f"its {way} '{other.get('id')}' does not name it as {back}"
                    yield finding(definition, "link", message)
