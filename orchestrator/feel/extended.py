"""Temporal values that `datetime` cannot hold: years before 1 and after 9999, and nanoseconds
(DMN 1.5, 10.3.2.3.5 to 10.3.2.3.8).

The Gregorian calendar repeats every 400 years, weekdays included: a far date is one within
2000 to 2399 and the number of such cycles it lies from there.
"""

import datetime as dt
from typing import TypeVar

from msgspec import Struct

CYCLE = 400
FIRST = 2000
LIMIT = 999_999_999
DAYS = 146_097
"""In a cycle."""
_MICROSECOND = dt.timedelta(microseconds=1)
Base = TypeVar("Base", dt.date, dt.datetime, dt.time, dt.timedelta)


class Extended(Struct, frozen=True):
    """`base`, moved by cycles of years and by nanoseconds, of which there are fewer than 1,000."""

    base: dt.date | dt.time | dt.timedelta
    cycles: int = 0
    nanos: int = 0

    @property
    def year(self) -> int:
        """Raises AttributeError when it has none."""
        return int(self.base.year) + CYCLE * self.cycles  # type: ignore[union-attr]


Date = dt.date | Extended
Duration = dt.timedelta | Extended


def base_of(value: object) -> object:
    return value.base if isinstance(value, Extended) else value


def beyond(value: object) -> int:
    """The nanoseconds that the base does not hold."""
    return value.nanos if isinstance(value, Extended) else 0


def fine(base: Base, nanos: int) -> Base | Extended:
    """A plain value where there are no nanoseconds beyond the base's microseconds."""
    return Extended(base, 0, nanos) if nanos else base


def nanos_of(duration: object) -> int:
    """A days and time duration in nanoseconds."""
    base = base_of(duration)
    assert isinstance(base, dt.timedelta)  # noqa: S101  told apart by the caller
    return base // _MICROSECOND * 1000 + beyond(duration)


def duration_of(nanos: int) -> Duration:
    """Raises OverflowError beyond 999,999,999 days."""
    micros, rest = divmod(nanos, 1000)
    return fine(dt.timedelta(microseconds=micros), rest)


def split(value: object) -> tuple[dt.date, int]:
    """A date, or a date and time, as a base within 2000 to 2399 and the cycles that it lies from
    there. Raises TypeError for others."""
    base = base_of(value)
    if not isinstance(base, dt.date):
        raise TypeError(f"{base!r} is no date")
    year, cycles = year_in_base(base.year)
    return base.replace(year=year), cycles + (value.cycles if isinstance(value, Extended) else 0)


def join(base: dt.date, cycles: int, nanos: int = 0) -> Date | None:
    """The date that these say: a plain one where that can be; None beyond FEEL's years."""
    extra, offset = divmod(base.year - FIRST, CYCLE)
    year = base.year + CYCLE * cycles
    if dt.MINYEAR <= year <= dt.MAXYEAR:
        return fine(base.replace(year=year), nanos)
    if abs(year) > LIMIT:
        return None
    return Extended(base.replace(year=FIRST + offset), cycles + extra, nanos)


def year_in_base(year: int) -> tuple[int, int]:
    """The year of the base, and the cycles."""
    cycles, offset = divmod(year - FIRST, CYCLE)
    return FIRST + offset, cycles


def aligned(left: object, right: object) -> tuple[Extended, Extended]:
    """Two values of a kind, with bases that can be compared."""
    one, other = (v if isinstance(v, Extended) else Extended(v) for v in (left, right))  # type: ignore[arg-type]
    if one.cycles == other.cycles:
        return one, other
    return Extended(*split(one), one.nanos), Extended(*split(other), other.nanos)


def order(left: object, right: object) -> int:
    """-1, 0 or 1. Raises TypeError when one has a zone and the other none."""
    one, other = aligned(left, right)
    for a, b in (one.cycles, other.cycles), (one.base, other.base), (one.nanos, other.nanos):
        if a != b:
            return int(a > b) - int(a < b)  # type: ignore[operator]
    return 0
