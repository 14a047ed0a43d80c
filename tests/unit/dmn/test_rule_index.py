"""The index of a table's rules tells what running the tests of every rule tells."""

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.dmn.rule_index import RuleIndex
from orchestrator.feel import Function, parse_unary_tests

TESTS = st.sampled_from(
    [
        "-", "5", "< 5", "<= 5", "> 5", ">= 7", "[5..7)", "]5..7]", "(> 5)", "5, 7", "not(5)",
        '"a"', '"a", "c"', '< "b"', 'not("a")', "true", "null", 'date("2026-01-02")',
        '> date("2026-01-01")', 'duration("P1D")', "? > 4 and ? < 6", "limit", "> limit", "[1, 5]",
        '["a"]', 'range("[1..5]")', "1 / 0", 'date and time("2026-01-02T00:00:00")',
    ]
)  # fmt: skip
VALUES = st.sampled_from(
    [
        *(Decimal(n) for n in ("4", "5", "5.0", "6", "7", "8")), "a", "aa", "b", "c", True, False,
        None, dt.date(2026, 1, 1), dt.date(2026, 1, 2), dt.date(2026, 1, 3), dt.timedelta(days=1),
        dt.datetime(2026, 1, 2, tzinfo=dt.UTC), [Decimal(5)], ["a"], {"a": Decimal(5)},
    ]
)  # fmt: skip
CONTEXT = {"limit": Decimal(6)}


@given(
    st.lists(st.tuples(TESTS, TESTS), max_size=12),
    st.lists(st.tuples(VALUES, VALUES), min_size=1, max_size=8),
    st.booleans(),
)
def test_it_finds_the_rules_whose_tests_hold(
    texts: list[tuple[str, str]], inputs: list[tuple[object, object]], hidden: bool
) -> None:
    rules = [tuple(map(parse_unary_tests, row)) for row in texts]
    context = CONTEXT | {"date": Function(("x",), lambda x: "a")} if hidden else CONTEXT
    index = RuleIndex(rules)
    for values in inputs:
        slowly = [
            number
            for number, tests in enumerate(rules)
            if all(t.matches(v, context).value for t, v in zip(tests, values, strict=True))
        ]
        assert list(index.matching(values, context)) == slowly
