"""Dates that cannot be right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from .rules import Breach, Case, Rule


def not_later_than_today(rule: Rule, case: Case) -> Iterator[Breach]:
    """The field is today or earlier; `days` of grace for time zones."""
    value = case.record.date(rule.field)
    if value and value > case.today + dt.timedelta(days=rule.parameters.get("days", 0)):
        yield {"value": value}


def not_older_than(rule: Rule, case: Case) -> Iterator[Breach]:
    """The field is at most `days` ago."""
    value = case.record.date(rule.field)
    days = int(rule.parameters["days"])
    if value and value < case.today - dt.timedelta(days=days):
        yield {"value": value, "days": days}


def not_before(rule: Rule, case: Case) -> Iterator[Breach]:
    """The field is not before the date in the field `other`."""
    value, other = case.record.date(rule.field), case.record.date(rule.parameters["other"])
    if value and other and value < other:
        yield {"value": value, "other": other}
