"""One DMN file takes decisions, functions, inputs and types from another."""

from decimal import Decimal

import pytest

from orchestrator.dmn import evaluate, parse
from orchestrator.kernel.errors import InvalidModel

MODEL = "https://www.omg.org/spec/DMN/20230324/MODEL/"
RATES = f"""<definitions xmlns="{MODEL}" id="r" name="r" namespace="urn:rates">
  <itemDefinition name="percent"><typeRef>number</typeRef>
    <allowedValues><text>[0..100]</text></allowedValues></itemDefinition>
  <inputData id="region" name="home region"/>
  <decision id="rate" name="tax rate"><literalExpression>
    <text>if home region = "DE" then 19 else 20</text></literalExpression></decision>
  <businessKnowledgeModel id="gross" name="gross of"><encapsulatedLogic>
    <formalParameter name="net"/><formalParameter name="rate" typeRef="percent"/>
    <literalExpression><text>net * (1 + rate / 100)</text></literalExpression>
  </encapsulatedLogic></businessKnowledgeModel>
</definitions>""".encode()


def importing(name: str, text: str) -> bytes:
    return f"""<definitions xmlns="{MODEL}" id="i" name="i" namespace="urn:invoice">
      <import name="{name}" namespace="urn:rates" importType="{MODEL}"/>
      <decision id="total" name="total">
        <informationRequirement><requiredDecision href="urn:rates#rate"/></informationRequirement>
        <knowledgeRequirement><requiredKnowledge href="urn:rates#gross"/></knowledgeRequirement>
        <literalExpression><text>{text}</text></literalExpression></decision>
    </definitions>""".encode()


def test_imported_elements_are_named_through_the_import() -> None:
    definitions = parse(importing("r", "r.gross of(100, r.tax rate)"), [RATES])
    context: dict[str, object] = {"r": {"home region": "DE"}}
    assert evaluate(definitions, "total", context).value == Decimal(119)


def test_an_import_without_a_name_is_as_if_written_here() -> None:
    definitions = parse(importing("", "gross of(100, tax rate)"), [RATES])
    assert evaluate(definitions, "total", {"home region": "AT"}).value == Decimal(120)


def test_an_imported_function_checks_the_types_of_its_own_file() -> None:
    result = evaluate(parse(importing("r", "r.gross of(100, 101)"), [RATES]), "total", {})
    assert result.value is None
    assert "101 is not of type number" in result.warnings


@pytest.mark.parametrize("library", [[], [importing("r", "1")]])
def test_a_file_that_is_not_there_is_a_finding(library: list[bytes]) -> None:
    with pytest.raises(InvalidModel) as refused:
        parse(importing("r", "1"), library)
    assert [f.rule for f in refused.value.findings] == ["dmn.import"]
