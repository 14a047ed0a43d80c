"""`now()` and `today()` tell the instant that the evaluation is given, and never another."""

from datetime import UTC, date, datetime

from orchestrator.feel import clock, parse

NOON = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)


def test_now_and_today_are_the_given_instant() -> None:
    with clock.at(NOON):
        assert parse("now()").evaluate({}).value == NOON
        assert parse("today()").evaluate({}).value == date(2026, 11, 26)
        assert parse('now() - @"P1D" < now()').evaluate({}).value is True


def test_without_an_instant_they_are_null_and_say_why() -> None:
    result = parse("today()").evaluate({})
    assert result.value is None
    assert result.warnings == ("today(): it is not known what time it is",)


def test_a_variable_of_that_name_comes_first() -> None:
    with clock.at(NOON):
        assert parse("now").evaluate({"now": "later"}).value == "later"
