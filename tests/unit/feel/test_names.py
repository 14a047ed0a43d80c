"""Which variable a name means where several bear it, and when it is looked up."""

from decimal import Decimal

import pytest

from orchestrator.feel import Function, parse, parse_unary_tests

CONTEXT = {
    "a": Decimal(1),
    "rows": [{"a": Decimal(5)}, {"b": Decimal(6)}, {"item": Decimal(7)}],
    "nested": [{"rows": [{"a": Decimal(5)}]}, {"rows": []}],
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rows[a = 5]", '[{"a": 5}]'),
        ("rows[a = 1]", '[{"b": 6}, {"item": 7}]'),  # where the item has no `a`, the outer one
        ("for a in [2] return rows[a = 2]", '[[{"b": 6}, {"item": 7}]]'),
        ("nested[count(rows[a = 5]) = 1][1].rows", '[{"a": 5}]'),
        ("for x in [1, 2] return for x in [x * 10] return x + a", "[[11], [21]]"),
        ("[for x in [1, 2] return function() x][1][1]()", "1"),
        ("{f: function() x, x: 3, y: f()}.y", "3"),  # called when there is an x
        ("{f: function(n) if n = 0 then 0 else n + f(n - 1), y: f(4)}.y", "10"),
        ("{a: a + 1, b: a}.b", "2"),
        ("for i in 1..4 return if i < 3 then 1 else partial[-1] + partial[-2]", "[1, 1, 2, 3]"),
        ("(function(x) for y in [x] return (function(x) x + y)(10))(1)", "[11]"),
        ("a in (? > 5, ? < 2)", "true"),
        ("some a in [0, 3] satisfies a in (> 2)", "true"),
    ],
)
def test_the_innermost_that_is_known_is_meant(text: str, expected: str) -> None:
    result = parse(text).evaluate(CONTEXT)
    assert result.value == parse(expected).evaluate({}).value
    assert result.warnings == ()


def test_an_entry_named_like_a_function_hides_it_for_its_item_alone() -> None:
    rows = [{"count": Function(("x",), lambda x: Decimal(9))}, {}]
    assert parse("rows[count([1]) = 9]").evaluate({"rows": rows}).value == rows[:1]
    assert parse("rows[count([1]) = 1]").evaluate({"rows": rows}).value == rows[1:]
    assert parse('rows[date("2026-01-01").year = 2026]').evaluate({"rows": rows}).value == rows


def test_an_index_knows_no_item() -> None:
    result = parse("xs[-item]").evaluate({"xs": [Decimal(3)]})
    assert "No variable named 'item'" in result.warnings


def test_the_input_of_unary_tests_is_that_of_the_innermost() -> None:
    tests = parse_unary_tests("count(xs[item in (> ?)]) = 1 and ? = 2")
    assert tests.matches(Decimal(2), {"xs": [Decimal(1)]}).value is False
    assert parse_unary_tests("xs[1] < ?").matches(Decimal(2), {"xs": [Decimal(1)]}).value is True


def test_calls_in_calls_are_compiled_once_each() -> None:
    """Each call can be hidden by a variable; compiling both ways doubled the time per level."""
    deep = "abs(" * 60 + "{}" + ")" * 60
    assert parse(deep.format("x")).evaluate({"x": Decimal(-1)}).value == 1
    assert parse(deep.format("-1")).evaluate({}).value == 1
    assert parse(f"[1][{deep.format('item')} = 1]").evaluate({}).value == [1]
