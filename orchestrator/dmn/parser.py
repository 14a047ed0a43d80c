"""DMN 1.1 to 1.5 XML to a decision graph (the namespaces differ, the names do not)."""

from collections.abc import Iterator

from lxml import etree

from orchestrator.dmn.model import (
    Decision,
    DecisionTable,
    Definitions,
    Input,
    LiteralExpression,
    Logic,
    Output,
    Rule,
)
from orchestrator.feel import Expression, FeelSyntaxError, parse_unary_tests
from orchestrator.feel import parse as feel
from orchestrator.kernel.errors import Finding, InvalidModel
from orchestrator.kernel.xml import local, parse_xml

POLICIES = {
    "UNIQUE": "U", "FIRST": "F", "ANY": "A", "COLLECT": "C", "PRIORITY": "P",
    "RULE ORDER": "R", "OUTPUT ORDER": "O",
}  # fmt: skip
AGGREGATIONS = {"": "", "SUM": "+", "MIN": "<", "MAX": ">", "COUNT": "#"}


def parse(xml: bytes) -> Definitions:
    """Raises InvalidModel with every finding."""
    root = parse_xml(xml, "The DMN file")
    if local(root) != "definitions" or "DMN" not in (etree.QName(root).namespace or ""):
        raise InvalidModel("The file's root is not DMN definitions.")
    reader = _Reader(root)
    decisions = {d.id: d for d in reader.decisions()}
    if reader.findings:
        raise InvalidModel("The DMN file is not valid.", reader.findings)
    return Definitions(root.get("id", ""), root.get("name", ""), decisions)


class _Reader:
    def __init__(self, root: etree._Element) -> None:
        self._root = root
        self.findings: list[Finding] = []
        self._names = tuple(_variables(root))

    def decisions(self) -> Iterator[Decision]:
        for element in _children(self._root, "decision"):
            logic = self._logic(element)
            if logic is not None:
                name = element.get("name", "")
                variable = _child(element, "variable")
                yield Decision(
                    element.get("id", name),
                    name,
                    variable.get("name", name) if variable is not None else name,
                    tuple(_required(element)),
                    logic,
                )

    def _logic(self, decision: etree._Element) -> Logic | None:
        table = _child(decision, "decisionTable")
        if table is not None:
            return self._table(table, decision)
        literal = _child(decision, "literalExpression")
        if literal is not None:
            return LiteralExpression(self._expression(literal, decision))
        self._find(decision, "dmn.logic", "has no decision table or literal expression")
        return None

    def _table(self, table: etree._Element, decision: etree._Element) -> DecisionTable:
        policy = table.get("hitPolicy", "UNIQUE").upper()
        if policy not in POLICIES:
            self._find(decision, "dmn.hit_policy", f"hit policy {policy!r} is not known")
        inputs = tuple(self._input(i, decision) for i in _children(table, "input"))
        outputs = tuple(_output(o, decision) for o in _children(table, "output"))
        rules = tuple(
            self._rule(r, i, len(inputs), len(outputs))
            for i, r in enumerate(_children(table, "rule"), 1)
        )
        aggregation = AGGREGATIONS.get(table.get("aggregation", "").upper(), "")
        return DecisionTable(POLICIES.get(policy, "U"), aggregation, inputs, outputs, rules)

    def _input(self, element: etree._Element, decision: etree._Element) -> Input:
        expression = _child(element, "inputExpression")
        if expression is None:
            self._find(decision, "dmn.input", "an input has no expression")
            return Input("", feel("null"))
        compiled = self._expression(expression, decision)
        return Input(element.get("label", compiled.text), compiled)

    def _rule(self, element: etree._Element, number: int, inputs: int, outputs: int) -> Rule:
        tests = [_text(e) or "-" for e in _children(element, "inputEntry")]
        values = [_text(e) or "null" for e in _children(element, "outputEntry")]
        rule_id = element.get("id", str(number))
        if len(tests) != inputs or len(values) != outputs:
            self._find(element, "dmn.rule", f"rule {number} does not fit the table's columns")
        compiled = []
        for text in tests:
            try:
                compiled.append(parse_unary_tests(text, self._names))
            except FeelSyntaxError as error:
                self._find(element, error.code, error.message)
        return Rule(rule_id, tuple(compiled), tuple(self._feel(v, element) for v in values))

    def _expression(self, element: etree._Element, owner: etree._Element) -> Expression:
        return self._feel(_text(element) or "null", owner)

    def _feel(self, text: str, owner: etree._Element) -> Expression:
        try:
            return feel(text, self._names)
        except FeelSyntaxError as error:
            self._find(owner, error.code, error.message)
            return feel("null")

    def _find(self, element: etree._Element, rule: str, message: str) -> None:
        name = element.get("name") or element.get("id") or local(element)
        self.findings.append(Finding(name, rule, message))


def _output(element: etree._Element, decision: etree._Element) -> Output:
    values = _child(element, "outputValues")
    allowed = tuple(v.strip() for v in _text(values).split(",")) if values is not None else ()
    return Output(element.get("name") or decision.get("name") or "", allowed)


def _variables(root: etree._Element) -> Iterator[str]:
    for element in root.iter():
        if local(element) in ("decision", "inputData", "variable", "itemComponent"):
            yield element.get("name", "")


def _required(decision: etree._Element) -> Iterator[str]:
    for requirement in _children(decision, "informationRequirement"):
        required = _child(requirement, "requiredDecision")
        if required is not None:
            yield required.get("href", "").rpartition("#")[2]


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (c for c in element if local(c) == name)


def _child(element: etree._Element, name: str) -> etree._Element | None:
    return next(_children(element, name), None)


def _text(element: etree._Element) -> str:
    text = _child(element, "text")
    return (text.text or "").strip() if text is not None else ""
