"""Data objects, inputs and outputs, and how they are connected (BPMN 2.0, 10.4)."""

from collections.abc import Iterator
from itertools import islice

from lxml import etree

from orchestrator.bpmn.rules.model import Model, children, finding, flag, text
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

SETS = (
    ("inputSet", "dataInputRefs", "optionalInputRefs"),
    ("inputSet", "dataInputRefs", "whileExecutingInputRefs"),
    ("outputSet", "dataOutputRefs", "optionalOutputRefs"),
    ("outputSet", "dataOutputRefs", "whileExecutingOutputRefs"),
)


def check(model: Model) -> Iterator[Finding]:
    for item in model.of("dataObject", "dataInput", "dataOutput"):
        if model.is_executable(item):
            yield from _collection(model, item)
    for reference in model.of("dataObjectReference"):
        yield from _state(model, reference)
    for association in model.of("dataInputAssociation", "dataOutputAssociation"):
        if model.is_executable(association):
            yield from _association(model, association)
    for name, required, subset in SETS:
        for found in model.of(name):
            yield from _subset(found, required, subset)
    for specification in model.of("ioSpecification"):
        yield from _sets(specification, "inputSet", "dataInputRefs", "dataInput")
        yield from _sets(specification, "outputSet", "dataOutputRefs", "dataOutput")


def _sets(
    specification: etree._Element, kind: str, references: str, item: str
) -> Iterator[Finding]:
    """There is a set, and every input or output is in one (table 10.56)."""
    sets = children(specification, kind)
    if not sets:
        yield finding(specification, "data", f"has no {kind}; add one, if empty")
        return
    used = {text(reference) for found in sets for reference in children(found, references)}
    for left in children(specification, item):
        if left.get("id") not in used:
            yield finding(left, "data", f"is in no {kind}; name it in one")


def _collection(model: Model, item: etree._Element) -> Iterator[Finding]:
    subject = model.find(item.get("itemSubjectRef"))
    if subject is not None and flag(subject, "isCollection") != flag(item, "isCollection"):
        message = f"is a collection or not otherwise than its item '{subject.get('id')}'"
        yield finding(item, "data", message)


def _state(model: Model, reference: etree._Element) -> Iterator[Finding]:
    data_object = model.find(reference.get("dataObjectRef"))
    for state in children(reference, "dataState"):
        if data_object is None or not state.get("name") or not reference.get("name"):
            continue
        name = data_object.get("name") or ""
        expected = f"{name} [{state.get('name')}]"
        if name and "".join(reference.get("name", "").split()) != "".join(expected.split()):
            yield finding(reference, "data", f"is called after object and state: '{expected}'")


def _association(model: Model, association: etree._Element) -> Iterator[Finding]:
    sources = [model.find(e.text) for e in children(association, "sourceRef")]
    targets = [model.find(e.text) for e in children(association, "targetRef")]
    if not targets:
        yield finding(association, "data", "leads to nothing; connect or delete it")
    if len(sources) > 1 and not children(association, "transformation", "assignment"):
        message = "has several sources, so it needs a transformation or assignments"
        yield finding(association, "data", message)
    for source in sources:
        if source is not None and _is_of_process(source, "dataOutput"):
            yield finding(association, "data", "comes from a data output, which only takes")
    for target in targets:
        if target is not None and _is_of_process(target, "dataInput"):
            yield finding(association, "data", "leads to a data input, which only gives")


def _is_of_process(item: etree._Element, kind: str) -> bool:
    """Whether it is an input or output of a process, seen from within. An event's stands in the
    event itself."""
    around = [local(each) for each in islice(item.iterancestors(), 2)]
    return local(item) == kind and around == ["ioSpecification", "process"]


def _subset(found: etree._Element, required: str, subset: str) -> Iterator[Finding]:
    all_of = {(e.text or "").strip() for e in children(found, required)}
    for reference in children(found, subset):
        name = (reference.text or "").strip()
        if name not in all_of:
            yield finding(found, "data", f"'{name}' is in {subset}, so it is in {required} too")
