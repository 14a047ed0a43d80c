"""DMN 1.1 to 1.5 XML to a decision graph (the namespaces differ, the names do not)."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.dmn.expressions import ExpressionReader, child, children
from orchestrator.dmn.item_types import ItemTypes, result_type
from orchestrator.dmn.model import BusinessKnowledge, Decision, DecisionService, Definitions
from orchestrator.feel import TypeRef
from orchestrator.kernel.errors import Finding, InvalidModel
from orchestrator.kernel.xml import local, parse_xml

NAMED = {"decision", "inputData", "variable", "itemComponent", "decisionService", "column"}
NAMED |= {"businessKnowledgeModel", "import"}


def parse(xml: bytes) -> Definitions:
    """Raises InvalidModel with every finding."""
    definitions, findings = read(xml)
    if findings:
        raise InvalidModel("The DMN file is not valid.", findings)
    return definitions


def read(xml: bytes) -> tuple[Definitions, tuple[Finding, ...]]:
    """What can be understood of the file, a bad expression being null, and what is wrong.

    Raises InvalidModel when it is not DMN at all.
    """
    root = parse_xml(xml, "The DMN file")
    if local(root) != "definitions" or "DMN" not in (etree.QName(root).namespace or ""):
        raise InvalidModel("The file's root is not DMN definitions.")
    types = ItemTypes(root)
    reader = ExpressionReader(set(_names(root)), types)
    definitions = Definitions(
        root.get("id", ""),
        root.get("name", ""),
        {d.id: d for d in (_decision(e, reader, types) for e in children(root, "decision"))},
        {
            k.id: k
            for k in (_knowledge(e, reader) for e in children(root, "businessKnowledgeModel"))
        },
        {s.id: s for s in (_service(e, root, types) for e in children(root, "decisionService"))},
        {n: t for n, t in _inputs(root, types) if t is not None},
    )
    return definitions, tuple(reader.findings)


def _inputs(root: etree._Element, types: ItemTypes) -> Iterator[tuple[str, TypeRef | None]]:
    for element in children(root, "inputData"):
        yield _variable(element), types.of(_type(element))


def _decision(element: etree._Element, reader: ExpressionReader, types: ItemTypes) -> Decision:
    return Decision(
        _id(element),
        element.get("name", ""),
        _variable(element),
        tuple(_references(element, "informationRequirement", "requiredDecision")),
        reader.inside(element, element),
        tuple(_references(element, "knowledgeRequirement", "requiredKnowledge")),
        types.of(_type(element)),
    )


def _knowledge(element: etree._Element, reader: ExpressionReader) -> BusinessKnowledge:
    logic = child(element, "encapsulatedLogic")
    return BusinessKnowledge(
        _id(element),
        _variable(element),
        reader.function(logic if logic is not None else element),
        tuple(_references(element, "knowledgeRequirement", "requiredKnowledge")),
    )


def _service(element: etree._Element, root: etree._Element, types: ItemTypes) -> DecisionService:
    variables = {_id(e): _variable(e) for e in root if local(e) in ("decision", "inputData")}
    given = tuple(_href(e) for e in children(element, "inputDecision"))
    data = tuple(_href(e) for e in children(element, "inputData"))
    return DecisionService(
        _id(element),
        _variable(element),
        tuple(_href(e) for e in children(element, "outputDecision")),
        tuple(variables.get(p, p) for p in (*data, *given)),
        given,
        result_type(root, types, _type(element)),
    )


def _names(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if local(element) in NAMED:
            yield element.get("name", "")
        if element.get("iteratorVariable"):
            yield element.get("iteratorVariable", "")


def _references(element: etree._Element, requirement: str, target: str) -> Iterator[str]:
    for required in children(element, requirement):
        reference = child(required, target)
        if reference is not None:
            yield _href(reference)


def _id(element: etree._Element) -> str:
    return element.get("id") or element.get("name") or ""


def _href(element: etree._Element) -> str:
    return element.get("href", "").rpartition("#")[2]


def _type(element: etree._Element) -> str | None:
    variable = child(element, "variable")
    return variable.get("typeRef") if variable is not None else None


def _variable(element: etree._Element) -> str:
    variable = child(element, "variable")
    name = element.get("name", "")
    return variable.get("name", name) if variable is not None else name
