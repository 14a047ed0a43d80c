"""Expressions of a DMN file: from XML to boxed expressions, collecting what is wrong."""

from collections.abc import Callable, Collection, Iterator

from lxml import etree

from orchestrator.dmn import boxed as b
from orchestrator.dmn.item_types import ItemTypes
from orchestrator.dmn.rule_index import RuleIndex
from orchestrator.dmn.table import DecisionTable, Input, Output, Rule
from orchestrator.feel import Expression, FeelSyntaxError, UnaryTests, parse_unary_tests
from orchestrator.feel import parse as feel
from orchestrator.kernel.errors import Finding
from orchestrator.kernel.xml import local

POLICIES = {
    "UNIQUE": "U", "FIRST": "F", "ANY": "A", "COLLECT": "C", "PRIORITY": "P",
    "RULE ORDER": "R", "OUTPUT ORDER": "O",
}  # fmt: skip
AGGREGATIONS = {"": "", "SUM": "+", "MIN": "<", "MAX": ">", "COUNT": "#"}


class ExpressionReader:
    """Reads the expressions of one file, whose `names` and `types` every FEEL text knows."""

    def __init__(self, names: Collection[str], types: ItemTypes) -> None:
        self._names, self._types = frozenset(names), types
        self.findings: list[Finding] = []
        self._readers: dict[str, Callable[[etree._Element], b.Boxed]] = {
            "literalExpression": lambda e: b.LiteralExpression(self._feel(text_of(e), e)),
            "decisionTable": self._table,
            "context": self._context,
            "list": lambda e: b.BoxedList(tuple(self._all(e))),
            "relation": self._relation,
            "invocation": self._invocation,
            "functionDefinition": self.function,
            "encapsulatedLogic": self.function,
            "conditional": self._conditional,
            "for": self._iterator,
            "some": self._iterator,
            "every": self._iterator,
            "filter": self._filter,
        }

    def inside(self, element: etree._Element | None, owner: etree._Element) -> b.Boxed:
        """The one expression inside `element`; a finding on `owner` when there is none."""
        found = list(self._all(element)) if element is not None else []
        if found:
            return found[0]
        self.find(owner, "dmn.logic", "has no expression that Deskhand knows")
        return b.LiteralExpression(feel("null"))

    def function(self, element: etree._Element) -> b.BoxedFunction | b.ForeignFunction:
        parameters = tuple(p.get("name", "") for p in children(element, "formalParameter"))
        kind = element.get("kind", "FEEL")
        if kind not in ("FEEL", "F"):
            return b.ForeignFunction(parameters, kind)
        outer, self._names = self._names, self._names | set(parameters)
        body = self.inside(element, element)
        self._names = outer
        types = tuple(
            self._types.of(p.get("typeRef")) for p in children(element, "formalParameter")
        )
        return b.BoxedFunction(parameters, body, types)

    def find(self, element: etree._Element, rule: str, message: str) -> None:
        named = next((a for a in (element, *element.iterancestors()) if a.get("name")), element)
        name = named.get("name") or element.get("id") or local(element)
        self.findings.append(Finding(name, rule, message))

    def _all(self, element: etree._Element) -> Iterator[b.Boxed]:
        return (self._typed(e) for e in element if local(e) in self._readers)

    def _typed(self, element: etree._Element) -> b.Boxed:
        found = self._readers[local(element)](element)
        wanted = (
            None if isinstance(found, b.BoxedFunction) else self._types.of(element.get("typeRef"))
        )
        return found if wanted is None else b.Typed(found, wanted)

    def _part(self, element: etree._Element, name: str) -> b.Boxed:
        return self.inside(child(element, name), element)

    def _context(self, element: etree._Element) -> b.Boxed:
        entries = []
        for entry in children(element, "contextEntry"):
            variable = child(entry, "variable")
            name = variable.get("name", "") if variable is not None else ""
            value = self.inside(entry, element)
            wanted = self._types.of(variable.get("typeRef")) if variable is not None else None
            entries.append((name, value if wanted is None else b.Typed(value, wanted)))
        return b.BoxedContext(tuple(entries))

    def _relation(self, element: etree._Element) -> b.Boxed:
        columns = [c.get("name", "") for c in children(element, "column")]
        rows = [
            b.BoxedContext(tuple(zip(columns, self._all(row), strict=False)))
            for row in children(element, "row")
        ]
        return b.BoxedList(tuple(rows))

    def _invocation(self, element: etree._Element) -> b.Boxed:
        bindings = []
        for binding in children(element, "binding"):
            parameter = child(binding, "parameter")
            name = parameter.get("name", "") if parameter is not None else ""
            bindings.append((name, self.inside(binding, element)))
        return b.Invocation(self.inside(element, element), tuple(bindings))

    def _conditional(self, element: etree._Element) -> b.Boxed:
        return b.Conditional(*(self._part(element, n) for n in ("if", "then", "else")))

    def _iterator(self, element: etree._Element) -> b.Boxed:
        body = "return" if local(element) == "for" else "satisfies"
        variable = element.get("iteratorVariable", "")
        source = self._part(element, "in")
        return b.BoxedIterator(local(element), variable, source, self._part(element, body))

    def _filter(self, element: etree._Element) -> b.Boxed:
        return b.BoxedFilter(self._part(element, "in"), self._part(element, "match"))

    def _table(self, table: etree._Element) -> b.Boxed:
        policy = table.get("hitPolicy", "UNIQUE").upper()
        if policy not in POLICIES:
            self.find(table, "dmn.hit_policy", f"hit policy {policy!r} is not known")
        inputs = tuple(self._input(i) for i in children(table, "input"))
        outputs = tuple(self._output(o) for o in children(table, "output"))
        rules = tuple(
            self._rule(r, i, len(inputs), len(outputs))
            for i, r in enumerate(children(table, "rule"), 1)
        )
        aggregation = AGGREGATIONS.get(table.get("aggregation", "").upper(), "")
        index = RuleIndex([rule.tests for rule in rules])
        return DecisionTable(POLICIES.get(policy, "U"), aggregation, inputs, outputs, rules, index)

    def _input(self, element: etree._Element) -> Input:
        expression = child(element, "inputExpression")
        if expression is None:
            self.find(element, "dmn.input", "an input has no expression")
            return Input("", "", feel("null"))
        values = child(element, "inputValues")
        compiled = self._feel(text_of(expression), element)
        allowed = self._tests(text_of(values), element) if values is not None else None
        label = element.get("label", compiled.text)
        return Input(element.get("id", label), label, compiled, allowed)

    def _output(self, element: etree._Element) -> Output:
        values, default = child(element, "outputValues"), child(element, "defaultOutputEntry")
        name = element.get("name") or ""
        return Output(
            element.get("id", name),
            name,
            self._feel(f"[{text_of(values)}]", element) if values is not None else None,
            self._feel(text_of(default), element) if default is not None else None,
        )

    def _rule(self, element: etree._Element, number: int, inputs: int, outputs: int) -> Rule:
        tests = list(children(element, "inputEntry"))
        values = list(children(element, "outputEntry"))
        if len(tests) != inputs or len(values) != outputs:
            self.find(element, "dmn.rule", f"rule {number} does not fit the table's columns")
        return Rule(
            element.get("id", str(number)),
            tuple(self._tests(text_of(t), element) for t in tests),
            tuple(self._feel(text_of(v), element) for v in values),
        )

    def _tests(self, text: str, owner: etree._Element) -> UnaryTests:
        try:
            return parse_unary_tests(text or "-", self._names, self._types.named)
        except FeelSyntaxError as error:
            self.find(owner, error.code, error.message)
            return parse_unary_tests("-")

    def _feel(self, text: str, owner: etree._Element) -> Expression:
        try:
            return feel(text or "null", self._names, self._types.named)
        except FeelSyntaxError as error:
            self.find(owner, error.code, error.message)
            return feel("null")


def children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (c for c in element if local(c) == name)


def child(element: etree._Element, name: str) -> etree._Element | None:
    return next(children(element, name), None)


def text_of(element: etree._Element) -> str:
    text = child(element, "text")
    return (text.text or "").strip() if text is not None else ""
