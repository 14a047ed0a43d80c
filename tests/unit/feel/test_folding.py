"""What is constant is evaluated once; no answer, warning or limit changes by that."""

import datetime as dt
from decimal import Decimal

import pytest

from orchestrator import feel
from orchestrator.feel import clock
from orchestrator.feel.compiler import fold
from orchestrator.feel.cursor import Vocabulary
from orchestrator.feel.parser import Parser
from orchestrator.feel.syntax import Constant
from orchestrator.feel.values import Function


def folded(text: str) -> object:
    names = Vocabulary(["date and time", "years and months duration"])
    return fold(Parser(text, names).whole_expression())


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1 + 2 * 3", Decimal(7)),
        ('date("2026-01-01")', dt.date(2026, 1, 1)),
        ('date("2026-01-01") + duration("P1D")', dt.date(2026, 1, 2)),
        ("-5", Decimal(-5)),
        ("[1, -2]", [Decimal(1), Decimal(-2)]),
        ('if 1 < 2 then "a" else "b"', "a"),
    ],
)
def test_constant_parts_are_known_before_evaluation(text: str, value: object) -> None:
    found = folded(text)
    assert isinstance(found, Constant)
    assert found.value == value
    assert feel.parse(text).evaluate({}).value == value


@pytest.mark.parametrize(
    "text",
    [
        "a + 1",
        "now()",
        "today()",
        'matches("aaa", "(a+)+b")',
        "1 / 0",
        "10 ** 9999",
        "for i in 1..1000000 return i",
        "function(x) x",
        "(function() 1)()",
    ],
)
def test_what_depends_on_more_or_is_large_stays(text: str) -> None:
    assert not isinstance(folded(text), Constant)


def test_a_variable_named_like_a_function_hides_it_in_constant_parts_too() -> None:
    double = Function(("x",), lambda x: f"{x}!")
    expression = feel.parse('date("2026-01-01")')
    assert expression.evaluate({"date": double}).value == "2026-01-01!"
    assert expression.evaluate({}).value == dt.date(2026, 1, 1)
    found = feel.parse('{date: 1, other: date("2026-01-01")}.other').evaluate({})
    assert (found.value, found.warnings) == (None, ("'date' is not a function",))
    each = feel.parse("for abs in [1] return abs(-1)").evaluate({})
    assert each.warnings == ("'abs' is not a function",)


def test_a_warning_of_a_constant_part_comes_with_every_evaluation() -> None:
    expression = feel.parse("1 / 0")
    assert expression.evaluate({}).warnings == expression.evaluate({}).warnings != ()


def test_an_expression_compiled_at_one_instant_tells_the_next() -> None:
    first, second = (dt.datetime(2026, 1, n, tzinfo=dt.UTC) for n in (1, 2))
    with clock.at(first):
        expression = feel.parse('today() = date(now())  and day of week(today()) = "Thursday"')
        assert expression.evaluate({}).value is True
    with clock.at(second):
        assert expression.evaluate({}).value is False


def test_a_computed_index_of_a_list_is_what_it_was() -> None:
    assert feel.parse("[1, 2, 3][1 + 1]").evaluate({}).value == Decimal(2)
    assert feel.parse("[1, 2, 3][-1]").evaluate({}).value == Decimal(3)


def test_a_sort_function_counts_as_steps() -> None:
    text = "sort(for i in 1..600000 return i, function(a, b) a < b)"
    with pytest.raises(feel.FeelLimit):
        feel.parse(text).evaluate({})


def test_negation_keeps_34_digits() -> None:
    digits = "1.234567890123456789012345678901234"
    assert feel.parse(f"-{digits}").evaluate({}).value == Decimal(f"-{digits}")
