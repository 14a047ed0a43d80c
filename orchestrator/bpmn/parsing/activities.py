"""What activities have beside their work: data, loops, ad-hoc order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from lxml import etree

from orchestrator.bpmn.model import AdHocSpec, LoopSpec, Mapped, Trigger, Value
from orchestrator.bpmn.parsing import triggers
from orchestrator.bpmn.parsing.xml import (
    child,
    children,
    condition,
    extension,
    flag,
    number,
    text,
    value,
)
from orchestrator.feel import Expression
from orchestrator.feel import parse as feel
from orchestrator.kernel.xml import local

if TYPE_CHECKING:
    from orchestrator.bpmn.parsing.document import Document

DATA = ("dataObject", "property")


def variable(item: etree._Element) -> str:
    """What a data item is called as a variable: its name where that can be one, else its id."""
    name = item.get("name", "")
    return name if name.isidentifier() else re.sub(r"\W", "_", item.get("id", ""))


def data(scope: etree._Element) -> tuple[str, ...]:
    return tuple(variable(item) for item in scope if local(item) in DATA)


def data_names(process: etree._Element) -> dict[str, str]:
    """The variable that each data item, or reference to one, of a process stands for, by id."""
    items = list(process.iter("{*}dataObject", "{*}property", "{*}dataInput", "{*}dataOutput"))
    names = {item.get("id", ""): variable(item) for item in items}
    for reference in process.iter("{*}dataObjectReference"):
        if reference.get("dataObjectRef") in names:
            names[reference.get("id", "")] = names[reference.get("dataObjectRef", "")]
    return names


def data_inputs(node: etree._Element, names: Mapping[str, str]) -> Iterator[Mapped]:
    return _associations(node, "dataInputAssociation", names)


def data_outputs(node: etree._Element, names: Mapping[str, str]) -> Iterator[Mapped]:
    return _associations(node, "dataOutputAssociation", names)


def _associations(node: etree._Element, kind: str, names: Mapping[str, str]) -> Iterator[Mapped]:
    """Raises FeelSyntaxError."""
    for association in children(node, kind):
        source, target = names.get(text(association, "sourceRef")), text(association, "targetRef")
        assignments = list(children(association, "assignment"))
        for assignment in assignments:
            to = text(assignment, "to").removeprefix("=")
            yield Mapped(feel(text(assignment, "from").removeprefix("=")), tuple(to.split(".")))
        if source and target in names and not assignments:
            yield Mapped(feel(source), (names[target],))


def ad_hoc(node: etree._Element) -> AdHocSpec:
    """Raises FeelSyntaxError."""
    zeebe = extension(node, "adHoc")
    active = zeebe.get("activeElementsCollection") if zeebe is not None else None
    return AdHocSpec(
        active=feel(active.removeprefix("=")) if active else None,
        completion=condition(child(node, "completionCondition")),
        cancel_remaining=flag(node, "cancelRemainingInstances"),
        sequential=node.get("ordering") == "Sequential",
    )


def loop(node: etree._Element, names: Mapping[str, str], document: Document) -> LoopSpec | None:
    """Raises FeelSyntaxError."""
    standard = child(node, "standardLoopCharacteristics")
    if standard is not None:
        return LoopSpec(
            standard=True,
            condition=condition(child(standard, "loopCondition")),
            test_before=flag(standard, "testBefore", default=False),
            maximum=number(standard, "loopMaximum"),
        )
    multi = child(node, "multiInstanceLoopCharacteristics")
    return None if multi is None else _multi(multi, names, document)


def _multi(node: etree._Element, names: Mapping[str, str], document: Document) -> LoopSpec:
    zeebe = extension(node, "loopCharacteristics")
    found: Mapping[str, str] = {} if zeebe is None else {str(k): str(v) for k, v in zeebe.items()}
    output = found.get("outputElement")
    behavior = node.get("behavior", "All")
    return LoopSpec(
        sequential=flag(node, "isSequential", default=False),
        collection=value(found.get("inputCollection")) or _data(node, "loopDataInputRef", names),
        item=found.get("inputElement") or _item(node, "inputDataItem"),
        cardinality=condition(child(node, "loopCardinality")),
        output_collection=found.get("outputCollection")
        or names.get(text(node, "loopDataOutputRef")),
        output_item=feel(output.removeprefix("=")) if output else _output(node),
        condition=condition(child(node, "completionCondition")),
        behavior=behavior,
        events=tuple(_events(node, behavior, document)),
    )


def _data(node: etree._Element, reference: str, names: Mapping[str, str]) -> Value:
    name = names.get(text(node, reference))
    return feel(name) if name else None


def _item(node: etree._Element, kind: str) -> str | None:
    item = child(node, kind)
    return variable(item) if item is not None else None


def _output(node: etree._Element) -> Expression | None:
    item = _item(node, "outputDataItem")
    return feel(item) if item else None


def _events(
    node: etree._Element, behavior: str, document: Document
) -> Iterator[tuple[Expression | None, Trigger]]:
    if behavior in ("None", "One"):
        definition = document.root(node.get(f"{behavior.lower()}BehaviorEventRef"))
        if definition is not None:
            yield None, triggers.trigger(definition, document)
    for complex_ in children(node, "complexBehaviorDefinition"):
        event = child(complex_, "event")
        for definition in event if event is not None else ():
            if local(definition).endswith(triggers.DEFINITION):
                found = triggers.trigger(definition, document)
                yield condition(child(complex_, "condition")), found
