"""Decision tables by hit policy, decision graphs, and the rules of invoice_to_pay."""

from decimal import Decimal
from pathlib import Path

import pytest

from orchestrator.dmn import evaluate, invoke, parse
from orchestrator.kernel.errors import InvalidModel, NotFound

FLOW = Path(__file__).resolve().parents[3] / "flows" / "invoice_to_pay" / "invoice_rules.dmn"
HEAD = '<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d">'


def table(policy: str, rules: list[tuple[str, str]], aggregation: str = "") -> bytes:
    rows = "".join(
        f'<rule id="r{i}"><inputEntry><text>{a}</text></inputEntry>'
        f"<outputEntry><text>{b}</text></outputEntry></rule>"
        for i, (a, b) in enumerate(rules)
    )
    return (
        f'{HEAD}<decision id="x" name="x"><decisionTable hitPolicy="{policy}"'
        f' aggregation="{aggregation}"><input><inputExpression><text>n</text></inputExpression>'
        f'</input><output name="x"/>{rows}</decisionTable></decision></definitions>'
    ).encode()


RULES = [("&lt; 10", "1"), ("&lt; 5", "2"), ("&gt;= 10", "3")]


@pytest.mark.parametrize(
    ("policy", "aggregation", "n", "value"),
    [
        ("UNIQUE", "", 12, Decimal(3)),
        ("UNIQUE", "", 3, None),
        ("FIRST", "", 3, Decimal(1)),
        ("ANY", "", 3, None),
        ("ANY", "", 7, Decimal(1)),
        ("COLLECT", "", 3, [Decimal(1), Decimal(2)]),
        ("COLLECT", "SUM", 3, Decimal(3)),
        ("COLLECT", "COUNT", 3, Decimal(2)),
        ("COLLECT", "MAX", 3, Decimal(2)),
        ("RULE ORDER", "", 3, [Decimal(1), Decimal(2)]),
    ],
)
def test_hit_policies(policy: str, aggregation: str, n: int, value: object) -> None:
    result = evaluate(parse(table(policy, RULES, aggregation)), "x", {"n": Decimal(n)})
    assert result.value == value


def test_the_record_names_the_rules_that_matched() -> None:
    result = evaluate(parse(table("FIRST", RULES)), "x", {"n": Decimal(3)})
    made = result.evaluated[0]
    assert made.matched_rules == ("r0",)
    assert made.hit.inputs == (Decimal(3),)
    assert [(r.number, r.outputs) for r in made.hit.rules] == [(1, (Decimal(1),))]


def test_a_java_function_is_null_with_a_warning() -> None:
    xml = (
        f"{HEAD}<businessKnowledgeModel id='k' name='cosine'><encapsulatedLogic kind='Java'>"
        "<formalParameter name='x'/><context/></encapsulatedLogic></businessKnowledgeModel>"
        "<decision id='x' name='x'><knowledgeRequirement><requiredKnowledge href='#k'/>"
        "</knowledgeRequirement><literalExpression><text>cosine(1)</text></literalExpression>"
        "</decision></definitions>"
    ).encode()
    result = evaluate(parse(xml), "x", {})
    assert result.value is None
    assert "Java" in result.warnings[0]


def test_required_decisions_come_first() -> None:
    xml = (
        f'{HEAD}<decision id="a" name="half"><literalExpression><text>n / 2</text>'
        '</literalExpression></decision><decision id="b" name="b"><informationRequirement>'
        '<requiredDecision href="#a"/></informationRequirement><literalExpression>'
        "<text>half + 1</text></literalExpression></decision></definitions>"
    ).encode()
    assert evaluate(parse(xml), "b", {"n": Decimal(4)}).value == Decimal(3)


BOXED = {
    "<context><contextEntry><variable name='net'/><literalExpression><text>n</text>"
    "</literalExpression></contextEntry><contextEntry><literalExpression><text>net * 2</text>"
    "</literalExpression></contextEntry></context>": Decimal(8),
    "<list><literalExpression><text>n</text></literalExpression></list>": [Decimal(4)],
    "<relation><column name='a'/><row><literalExpression><text>1</text></literalExpression></row>"
    "</relation>": [{"a": Decimal(1)}],
    "<conditional><if><literalExpression><text>n &gt; 3</text></literalExpression></if><then>"
    "<literalExpression><text>1</text></literalExpression></then><else><literalExpression>"
    "<text>2</text></literalExpression></else></conditional>": Decimal(1),
    "<for iteratorVariable='i'><in><literalExpression><text>[1, 2]</text></literalExpression></in>"
    "<return><literalExpression><text>i * n</text></literalExpression></return></for>": [
        Decimal(4),
        Decimal(8),
    ],
    "<every iteratorVariable='i'><in><literalExpression><text>[1, 2]</text></literalExpression>"
    "</in><satisfies><literalExpression><text>i &lt; n</text></literalExpression></satisfies>"
    "</every>": True,
    "<filter><in><literalExpression><text>[1, 9]</text></literalExpression></in><match>"
    "<literalExpression><text>item &gt; n</text></literalExpression></match></filter>": [
        Decimal(9)
    ],
    "<invocation><literalExpression><text>double</text></literalExpression><binding>"
    "<parameter name='x'/><literalExpression><text>n</text></literalExpression></binding>"
    "</invocation>": Decimal(8),
}


@pytest.mark.parametrize(("logic", "value"), BOXED.items())
def test_boxed_expressions(logic: str, value: object) -> None:
    xml = (
        f"{HEAD}<businessKnowledgeModel id='k' name='double'><encapsulatedLogic>"
        "<formalParameter name='x'/><literalExpression><text>x * 2</text></literalExpression>"
        "</encapsulatedLogic></businessKnowledgeModel><decision id='x' name='x'>"
        "<knowledgeRequirement><requiredKnowledge href='#k'/></knowledgeRequirement>"
        f"{logic}</decision></definitions>"
    ).encode()
    assert evaluate(parse(xml), "x", {"n": Decimal(4)}).value == value


def test_a_decision_service_takes_its_input_decisions_as_given() -> None:
    xml = (
        f"{HEAD}<decision id='a' name='a'><literalExpression><text>1</text></literalExpression>"
        "</decision><decision id='b' name='b'><informationRequirement><requiredDecision href='#a'/>"
        "</informationRequirement><literalExpression><text>a + 1</text></literalExpression>"
        "</decision><decisionService id='s' name='s'><outputDecision href='#b'/>"
        "<inputDecision href='#a'/></decisionService></definitions>"
    ).encode()
    assert invoke(parse(xml), "s", {"a": Decimal(9)}).value == Decimal(10)


def test_a_missing_decision_is_said() -> None:
    with pytest.raises(NotFound, match="nobody"):
        evaluate(parse(table("FIRST", RULES)), "nobody", {})


@pytest.mark.parametrize(
    "xml",
    [
        b"<a/>",
        b"not xml",
        b'<!DOCTYPE a [<!ENTITY e "x">]><definitions xmlns="DMN">&e;</definitions>',
        table("FIRST", [("1 +", "2")]),
        table("SOMETIMES", RULES),
    ],
)
def test_bad_files_are_refused(xml: bytes) -> None:
    with pytest.raises(InvalidModel):
        parse(xml)


@pytest.mark.parametrize(
    ("gross", "currency", "errors", "level"),
    [
        (9_999, "EUR", 0, "none"),
        (10_001, "EUR", 0, "approver"),
        (50_001, "USD", 0, "risk"),
        (50_001, "CNY", 0, "none"),
        (400_001, "CNY", 0, "risk"),
        (10, "EUR", 1, "approver"),
    ],
)
def test_who_approves_an_invoice(gross: int, currency: str, errors: int, level: str) -> None:
    context = {"gross": Decimal(gross), "currency": currency, "errors": Decimal(errors)}
    assert evaluate(parse(FLOW.read_bytes()), "invoice_approval_rules", context).value == level
