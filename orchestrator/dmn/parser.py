"""DMN 1.1 to 1.5 XML to a decision graph (the namespaces differ, the names do not)."""

from collections.abc import Iterable, Iterator

from lxml import etree

from orchestrator.dmn.expressions import ExpressionReader, child, children
from orchestrator.dmn.imports import Imports, href
from orchestrator.dmn.item_types import ItemTypes, result_type
from orchestrator.dmn.model import (
    BusinessKnowledge,
    Decision,
    DecisionService,
    Definitions,
    Reference,
)
from orchestrator.feel import TypeRef
from orchestrator.kernel.errors import Finding, InvalidModel
from orchestrator.kernel.xml import local, parse_xml

NAMED = {"decision", "inputData", "variable", "itemComponent", "decisionService", "column"}
NAMED |= {"businessKnowledgeModel", "import"}


def parse(xml: bytes, library: Iterable[bytes] = ()) -> Definitions:
    """Raises InvalidModel with every finding. `library` holds the files that may be imported."""
    definitions, findings = read(xml, library)
    if findings:
        raise InvalidModel("The DMN file is not valid.", findings)
    return definitions


def imported(xml: bytes, library: Iterable[bytes]) -> tuple[bytes, ...]:
    """The files of `library` that the file imports, those that these import, and so on."""
    files = {_root(file).get("namespace", ""): file for file in library}
    todo, found = [xml], dict[bytes, None]()
    while todo:
        wanted = (e.get("namespace") for e in children(_root(todo.pop()), "import"))
        new = [files[name] for name in wanted if name in files and files[name] not in found]
        found |= dict.fromkeys(new)
        todo += new
    return tuple(file for file in found if file != xml)


def read(xml: bytes, library: Iterable[bytes] = ()) -> tuple[Definitions, tuple[Finding, ...]]:
    """What can be understood of the file, a bad expression being null, and what is wrong.

    Raises InvalidModel when it is not DMN at all.
    """
    files = {root.get("namespace", ""): root for root in map(_root, library)}
    return _read(_root(xml), files)


def _root(xml: bytes) -> etree._Element:
    root = parse_xml(xml, "The DMN file")
    if local(root) != "definitions" or "DMN" not in (etree.QName(root).namespace or ""):
        raise InvalidModel("The file's root is not DMN definitions.")
    return root


def _read(
    root: etree._Element, library: dict[str, etree._Element]
) -> tuple[Definitions, tuple[Finding, ...]]:
    # A file that is being read is no longer in the library: imports cannot go in a circle.
    rest = {name: file for name, file in library.items() if file is not root}
    rest.pop(root.get("namespace", ""), None)
    imports = Imports(root, lambda namespace: _read(rest[namespace], rest), rest)
    types = ItemTypes(root, imports.types)
    reader = ExpressionReader({*_names(root), *imports.names}, types)
    definitions = _Reader(root, reader, types, imports).definitions()
    return definitions, (*imports.findings, *reader.findings)


class _Reader:
    """Reads the elements of a file's decision graph."""

    def __init__(
        self, root: etree._Element, reader: ExpressionReader, types: ItemTypes, imports: Imports
    ) -> None:
        self._root, self._reader, self._types, self._imports = root, reader, types, imports
        drawn = [e for e in root if local(e) in ("decision", "inputData")]
        self._variables = {_id(e): (_variable(e), types.of(_type(e))) for e in drawn}

    def definitions(self) -> Definitions:
        root = self._root
        return Definitions(
            root.get("id", ""),
            root.get("name", ""),
            {d.id: d for d in map(self._decision, children(root, "decision"))},
            {k.id: k for k in map(self._knowledge, children(root, "businessKnowledgeModel"))},
            {s.id: s for s in map(self._service, children(root, "decisionService"))},
            {n: t for n, t in self._inputs() if t is not None},
            frozenset({*_names(root), *self._imports.names}),
            bool(list(children(root, "inputData"))),
            self._types.named,
            self._imports.models,
        )

    def _inputs(self) -> Iterator[tuple[str, TypeRef | None]]:
        for element in children(self._root, "inputData"):
            yield _variable(element), self._types.of(_type(element))

    def _decision(self, element: etree._Element) -> Decision:
        return Decision(
            _id(element),
            element.get("name", ""),
            _variable(element),
            tuple(self._required(element, "informationRequirement", "requiredDecision")),
            self._reader.inside(element, element),
            tuple(self._required(element, "knowledgeRequirement", "requiredKnowledge")),
            self._types.of(_type(element)),
        )

    def _knowledge(self, element: etree._Element) -> BusinessKnowledge:
        logic = child(element, "encapsulatedLogic")
        return BusinessKnowledge(
            _id(element),
            _variable(element),
            self._reader.function(logic if logic is not None else element),
            tuple(self._required(element, "knowledgeRequirement", "requiredKnowledge")),
        )

    def _service(self, element: etree._Element) -> DecisionService:
        given = tuple(href(e)[1] for e in children(element, "inputDecision"))
        data = tuple(href(e)[1] for e in children(element, "inputData"))
        parameters = [self._variables.get(p, (p, None)) for p in (*data, *given)]
        return DecisionService(
            _id(element),
            _variable(element),
            tuple(self._imports.reference(e) for e in children(element, "outputDecision")),
            tuple(name for name, _ in parameters),
            given,
            result_type(self._root, self._types, _type(element)),
            tuple(type_ for _, type_ in parameters),
        )

    def _required(
        self, element: etree._Element, requirement: str, target: str
    ) -> Iterator[Reference]:
        for required in children(element, requirement):
            reference = child(required, target)
            if reference is not None:
                yield self._imports.reference(reference)


def _names(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if local(element) in NAMED:
            yield element.get("name", "")
        if element.get("iteratorVariable"):
            yield element.get("iteratorVariable", "")


def _id(element: etree._Element) -> str:
    return element.get("id") or element.get("name") or ""


def _type(element: etree._Element) -> str | None:
    variable = child(element, "variable")
    return variable.get("typeRef") if variable is not None else None


def _variable(element: etree._Element) -> str:
    variable = child(element, "variable")
    name = element.get("name", "")
    return variable.get("name", name) if variable is not None else name
