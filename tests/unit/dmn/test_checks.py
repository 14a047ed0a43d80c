"""What is told of a table at deployment: gaps, overlaps and rules that never answer."""

from collections.abc import Sequence

import pytest

from orchestrator import dmn
from orchestrator.dmn.checks import check_table

Rules = Sequence[Sequence[str]]


def table(
    policy: str, inputs: Sequence[str], rules: Rules, *, default: str = "", allowed: str = ""
) -> dmn.DecisionTable:
    """Each rule is its tests, then its output."""
    columns = "".join(
        f"<input label='{name}'><inputExpression><text>{name}</text></inputExpression>"
        + (f"<inputValues><text>{allowed}</text></inputValues>" if allowed else "")
        + "</input>"
        for name in inputs
    )
    output = f"<defaultOutputEntry><text>{default}</text></defaultOutputEntry>" if default else ""
    rows = "".join(
        "<rule>"
        + "".join(f"<inputEntry><text>{escape(t)}</text></inputEntry>" for t in rule[:-1])
        + f"<outputEntry><text>{rule[-1]}</text></outputEntry></rule>"
        for rule in rules
    )
    xml = f"""<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
      namespace="n"><decision id="d" name="d"><decisionTable hitPolicy="{policy}">
      {columns}<output name="o">{output}</output>{rows}</decisionTable></decision></definitions>"""
    found = dmn.parse(xml.encode()).decisions["d"].table
    assert found
    return found


def escape(text: str) -> str:
    return text.replace("<", "&lt;").replace(">", "&gt;")


def said(table: dmn.DecisionTable) -> list[str]:
    return [finding.message for finding in check_table("d", table)]


def test_a_table_that_covers_all_says_nothing() -> None:
    rules = [("<= 100", "true", "1"), ("> 100", "true", "2"), ("-", "false", "3")]
    assert said(table("UNIQUE", ["amount", "vip"], rules)) == []


def test_a_gap_is_named_by_its_bounds() -> None:
    rules = [("< 100", "1"), ("[100..200]", "2"), ("> 250", "3")]
    assert said(table("UNIQUE", ["amount"], rules)) == [
        "No rule answers when amount in (200..250]."
    ]


@pytest.mark.parametrize(
    ("policy", "default"), [("COLLECT", ""), ("RULE ORDER", ""), ("UNIQUE", "0")]
)
def test_no_answer_is_no_gap_where_none_is_needed(policy: str, default: str) -> None:
    assert said(table(policy, ["amount"], [("< 100", "1")], default=default)) == []


def test_an_overlap_is_shown_by_an_input_that_both_rules_match() -> None:
    rules = [("<= 100", "-", "1"), (">= 100", '"new"', "2"), ("> 100", 'not("new")', "3")]
    assert said(table("UNIQUE", ["amount", "status"], rules)) == [
        'Rules 1 and 2 both match when amount = 100 and status = "new".'
    ]


def test_rules_that_agree_may_overlap_under_any() -> None:
    assert said(table("ANY", ["n"], [("<= 1", "1"), (">= 1", "1")])) == []
    assert said(table("ANY", ["n"], [("<= 1", "1"), (">= 1", "2")])) == [
        "Rules 1 and 2 both match when n = 1."
    ]


def test_a_rule_behind_earlier_ones_is_unreachable_under_first() -> None:
    rules = [("< 10", "1"), (">= 5", "2"), ("[6..20]", "3")]
    assert said(table("FIRST", ["n"], rules)) == [
        "Rule 3 never answers: earlier rules match first."
    ]


def test_a_rule_outside_the_allowed_values_is_unreachable() -> None:
    rules = [('"red"', "1"), ('"green"', "2"), ('"blue"', "3")]
    assert said(table("UNIQUE", ["light"], rules, allowed='"red","green"')) == [
        "Rule 3 never answers: its conditions exclude all."
    ]


def test_other_texts_are_a_gap_unless_the_allowed_values_say_so() -> None:
    rules = [('"red"', "1"), ('"green"', "2")]
    assert said(table("UNIQUE", ["light"], rules)) == ["No rule answers when any other light."]
    assert said(table("UNIQUE", ["light"], rules, allowed='"red","green"')) == []


def test_dates_are_cut_by_days() -> None:
    rules = [('<= date("2024-12-31")', "1"), ('>= date("2025-01-01")', "2")]
    assert said(table("UNIQUE", ["day"], rules)) == []


def test_what_depends_on_other_variables_is_not_judged() -> None:
    assert said(table("UNIQUE", ["amount"], [("< limit", "1"), ("? > 3", "2")])) == []


def test_a_name_that_nothing_bears_is_told_where_inputs_are_declared() -> None:
    xml = """<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="d"
      namespace="n">{data}<decision id="d" name="d"><decisionTable>
      <input label="amount"><inputExpression><text>amuont + 1</text></inputExpression></input>
      <output name="o"/><rule><inputEntry><text>-</text></inputEntry>
      <outputEntry><text>1</text></outputEntry></rule></decisionTable></decision></definitions>"""
    declared = dmn.parse(xml.format(data='<inputData id="a" name="amount"/>').encode())
    assert [f.message for f in dmn.check(declared)] == [
        "Nothing in the file is named 'amuont', which input 'amount' reads."
    ]
    assert dmn.check(dmn.parse(xml.format(data="").encode())) == []
