"""Dates before the year 1 and after 9999, which `datetime` cannot hold.

The Gregorian calendar repeats every 400 years, weekdays included: a far date is one within
2000 to 2399 and the number of such cycles it lies from there.
"""

import datetime as dt
from dataclasses import dataclass
from typing import TypeVar

CYCLE = 400
FIRST = 2000
LIMIT = 999_999_999
Day = TypeVar("Day", dt.date, dt.datetime)


@dataclass(frozen=True, slots=True)
class Far:
    """`base` is a date or a date and time in the years 2000 to 2399."""

    base: dt.date
    cycles: int

    @property
    def year(self) -> int:
        return self.base.year + CYCLE * self.cycles

    def __str__(self) -> str:
        year = self.year
        return f"{'-' if year < 0 else ''}{abs(year):04d}"


Date = dt.date | Far
"""A date, or a date and time."""


def split(value: Date) -> Far:
    """A date as base and cycles, whether it is far or not."""
    if isinstance(value, Far):
        return value
    cycles, offset = divmod(value.year - FIRST, CYCLE)
    return Far(value.replace(year=FIRST + offset), cycles)


def join(base: dt.date, cycles: int) -> Date | None:
    """The date that base and cycles say: a plain one where that can be; None beyond the limit
    of FEEL's years."""
    extra, offset = divmod(base.year - FIRST, CYCLE)
    year = base.year + CYCLE * cycles
    if dt.MINYEAR <= year <= dt.MAXYEAR:
        return base.replace(year=year)
    return Far(base.replace(year=FIRST + offset), cycles + extra) if abs(year) <= LIMIT else None


def year_in_base(year: int) -> tuple[int, int]:
    """The year of the base, and the cycles."""
    cycles, offset = divmod(year - FIRST, CYCLE)
    return FIRST + offset, cycles


def order(left: Date, right: Date) -> int:
    """-1, 0 or 1. Raises TypeError when one has a zone and the other none."""
    one, other = split(left), split(right)
    if one.cycles != other.cycles:
        return -1 if one.cycles < other.cycles else 1
    return int(one.base > other.base) - int(one.base < other.base)
