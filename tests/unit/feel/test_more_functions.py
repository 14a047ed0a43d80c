"""Functions and texts that DMN 1.5 (10.3.4) or Camunda's FEEL describe and no TCK case shows."""

import pytest

from orchestrator.feel import parse

EQUAL = (
    ('string(@"P1DT2H3M4.5S")', '"P1DT2H3M4.5S"'),
    ('string(@"-PT0.25S")', '"-PT0.25S"'),
    ('string(@"PT0S")', '"PT0S"'),
    ('string(@"10:00:00.120")', '"10:00:00.12"'),
    ('string(@"2020-01-01T10:00:00.500+01:00")', '"2020-01-01T10:00:00.5+01:00"'),
    ('string(@"10:00:00.5@Europe/Paris")', '"10:00:00.5@Europe/Paris"'),
    ('time("23:59:00z") + duration("PT2M")', 'time("00:01:00Z")'),
    ('split("a1b22c", "(\\\\d)+")', '["a", "b", "c"]'),
    ('context([{key: "a"}])', "null"),
    ('last day of month(@"2024-02-10")', '@"2024-02-29"'),
    ('last day of month(date and time("2023-12-01T10:00:00"))', '@"2023-12-31"'),
    ("get or else(null, 3)", "3"),
    ("get or else(false, true)", "false"),
    ("is empty([])", "true"),
    ("is empty([null])", "false"),
    ('is blank("  ")', "true"),
    ('is blank("a")', "false"),
    ("partition([1,2,3,4,5], 2)", "[[1,2],[3,4],[5]]"),
    ("partition([1], 0)", "null"),
    ("0 ** -1", "null"),
    ('extract("order 12, order 345", "[0-9]+")', '["12", "345"]'),
)


@pytest.mark.parametrize(("text", "expected"), EQUAL)
def test_value(text: str, expected: str) -> None:
    assert parse(text).evaluate({}).value == parse(expected).evaluate({}).value
