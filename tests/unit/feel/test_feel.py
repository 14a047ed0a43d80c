"""FEEL as people write it in conditions, mappings and decision tables."""

from decimal import Decimal

import pytest

from orchestrator.feel import FeelLimit, FeelSyntaxError, from_json, parse, parse_unary_tests, show

CONTEXT = {
    "a": 5,
    "b": {"c": [1, 2, 3]},
    "findings": [{"severity": "error"}, {"severity": "info"}],
    "due date": "2026-03-01",
    "gross": "12.50",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a + 2 * 3", "11"),
        ("0.1 + 0.2", "0.3"),
        ("2 ** 3 ** 2", "64"),
        ('count(findings[severity = "error"])', "1"),
        ("b.c[2]", "2"),
        ("b.c[-1]", "3"),
        ("b.c[item > 1]", "[2, 3]"),
        ('if a > 3 then "high" else "low"', "high"),
        ("for x in 1..3 return x * x", "[1, 4, 9]"),
        ("some x in b.c satisfies x > 2", "true"),
        ("every x in b.c satisfies x > 2", "false"),
        ("a in [1..5)", "false"),
        ("a between 1 and 5", "true"),
        ("{x: 1, y: x + 1}.y", "2"),
        ("missing != null", "false"),
        ("missing > 3", "null"),
        ("missing.deeper", "null"),
        ("true or missing", "true"),
        ("false and missing", "false"),
        ("null and true", "null"),
        ("1 / 0", "null"),
        ('"a" + 1', "null"),
        ("date(due date).month", "3"),
        ('date("2026-01-31") + duration("P1M")', "2026-02-28"),
        ('@"PT90M"', "PT1H30M"),
        ('number("1.234,5", ".", ",")', "1234.5"),
        ('string length("añ😀")', "3"),
        ('substring("foobar", -3, 2)', "ba"),
        ('substring(string: "foobar", start position: 3)', "obar"),
        ("sort(b.c, function(x, y) x > y)", "[3, 2, 1]"),
        ("sum(b.c) = 6", "true"),
        ("a instance of number", "true"),
        ("before([1..5), 5)", "true"),
        ("overlaps([1..5], [5..9])", "true"),
        ("during(3, [1..5])", "true"),
        ('2 in range("[1..3]")', "true"),
        ("list replace([1, 2, 3], -1, 4)", "[1, 2, 4]"),
        ("list replace(b.c, function(item, new) item < new, 3)", "[3, 3, 3]"),
        ('is(@"10:00:00Z", @"10:00:00+00:00")', "true"),
        ("date(year: 2026, month: 2, day: 28)", "2026-02-28"),
        ('for d in @"2026-01-31"..@"2026-02-01" return d', "[2026-01-31, 2026-02-01]"),
        ("for d in missing return d", "null"),
        ("(<= 10).end included", "true"),
        ('@"2026-01-01T10:00:00+02:00".time offset', "PT2H"),
        ('string(@"2026-01-01T10:00:00@Europe/Paris")', "2026-01-01T10:00:00@Europe/Paris"),
        ('abs(duration("-P1Y"))', "P1Y"),
        ("log(0)", "null"),
        ("b.c instance of list<number>", "true"),
        ('{a: "1"} instance of context<a: number>', "false"),
        ("{a: {b: 1}} instance of context<a: context<b: number>>", "true"),
        ("[1..3] instance of range<string>", "false"),
        ("null instance of Any", "false"),
        ("[1, 2] in [[3], [1, 2]]", "true"),
        ('replace("2026-10", "(\\d+)-(\\d+)", "$2/$1")', "10/2026"),
    ],
)
def test_expressions(text: str, expected: str) -> None:
    expression = parse(text, names=["due date"])
    assert show(expression.evaluate(from_json(CONTEXT)).value) == expected  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "tested", "expected"),
    [
        ("-", 1, True),
        ("> 3", 5, True),
        ("> 3", None, False),
        ('not("380", "381")', "381", False),
        ('"a", "b"', "b", True),
        ("[1..5)", 5, False),
        ("<= 3, > 10", 11, True),
        ("true", True, True),
        ("? > 2 and ? < 9", 5, True),
        ("limit", 7, True),
    ],
)
def test_unary_tests(text: str, tested: object, expected: bool) -> None:
    result = parse_unary_tests(text).matches(from_json(tested), {"limit": Decimal(7)})
    assert result.value is expected


def test_a_null_comes_with_the_reason() -> None:
    assert parse("amount + 1").evaluate({}).warnings == (
        "No variable named 'amount'",
        "null + number has no meaning",
    )


@pytest.mark.parametrize("text", ["1 +", "if a then b", "[1, 2", "a b", "$", "(" * 500])
def test_bad_text_is_refused_with_its_place(text: str) -> None:
    with pytest.raises(FeelSyntaxError, match="at character"):
        parse(text)


def test_a_long_chain_is_refused_rather_than_crashing() -> None:
    with pytest.raises(FeelSyntaxError, match="deep"):
        parse("1" + " + 1" * 20_000)


def test_endless_recursion_ends() -> None:
    with pytest.raises(FeelLimit):
        parse("{f: function(x) f(x), y: f(1)}").evaluate({})


def test_a_hostile_expression_ends() -> None:
    with pytest.raises(FeelLimit):
        parse("for a in 1..1000, b in 1..1000, c in 1..1000 return 1").evaluate({})


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ('@"-2021-01-31T10:00:00" + @"P1M"', "-2021-02-28T10:00:00"),
        ('@"9999-12-31" + @"P1D"', "10000-01-01"),
        ('@"10000-01-01" - @"P1D"', "9999-12-31"),
        ('@"-0001-01-01" < @"2020-01-01"', "true"),
        ('date("999999999-12-31").year', "999999999"),
        ('@"2021-01-01T24:00:00"', "2021-01-02T00:00:00"),
    ],
)
def test_years_that_python_does_not_know(text: str, shown: str) -> None:
    assert show(parse(text).evaluate({}).value) == shown


def test_a_hostile_pattern_ends() -> None:
    result = parse('matches(text, "(a|a)*b")').evaluate({"text": "a" * 200 + "c" * 3})
    assert result.value in (None, False)


def test_a_function_wants_its_types() -> None:
    assert parse('(function(n: number) n)("a")').evaluate({}).value is None
    assert parse("(function(n: number) n)([1])").evaluate({}).value == 1
