"""Dates, times and durations (DMN 1.5, 10.3.4.1; ISO 8601 with IANA zones as `@Europe/Paris`)."""

import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from orchestrator.feel import clock
from orchestrator.feel.extended import (
    CYCLE,
    Date,
    base_of,
    beyond,
    duration_of,
    fine,
    join,
    split,
    year_in_base,
)
from orchestrator.feel.operators import NotApplicable
from orchestrator.feel.values import Function, YearsMonths

_DURATION = re.compile(
    r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.(\d+))?S)?)?"
)
_OFFSET = re.compile(r"(?:[Zz]|[+-](?P<hours>\d\d):\d\d(?::\d\d)?)$")
_YEAR = re.compile(r"(?P<year>-?(?:\d{4}|[1-9]\d{4,8}))(?P<rest>-\d\d-\d\d)")
_BEYOND = re.compile(r"(?<=:\d\d\.\d{6})\d+")
"""The digits of a second after its microseconds."""
MAX_OFFSET = 18
"""Hours, as in XML Schema's zones, a little wider than its 14."""
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def _zoned(text: str) -> tuple[str, dt.tzinfo | None]:
    clock, at, zone = text.partition("@")
    offset = _OFFSET.search(clock[8:])
    if offset and int(offset["hours"] or 0) > MAX_OFFSET:
        raise NotApplicable(f"no place is {offset['hours']} hours from UTC")
    if not at:
        return f"{text[:-1]}Z" if text.endswith("z") else text, None
    if _OFFSET.search(clock[8:]):
        raise NotApplicable(f"{text!r} has two zones")
    try:
        return clock, ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise NotApplicable(f"no time zone {zone!r}") from error


def _nanos(text: str) -> tuple[str, int]:
    """A time as `datetime` reads it, and its nanoseconds beyond microseconds."""
    found = _BEYOND.search(text)
    if found is None:
        return text, 0
    return text[: found.start()] + text[found.end() :], int(found.group()[:3].ljust(3, "0"))


def date(*parts: object) -> object:
    match parts:
        case (str() as text,) if len(text) == 10 and text[4] == text[7] == "-":
            return dt.date.fromisoformat(text)
        case (str() as text,) if found := _YEAR.fullmatch(text):
            year, cycles = year_in_base(int(found["year"]))
            return _within(dt.date.fromisoformat(f"{year}{found['rest']}"), cycles)
        case (Decimal() as number, Decimal() as month, Decimal() as day):
            year, cycles = year_in_base(int(number))
            return _within(dt.date(year, int(month), int(day)), cycles)
        case (value,) if isinstance(base_of(value), dt.datetime):
            moment, cycles = split(value)
            return _within(_day(moment), cycles)
        case (value,) if isinstance(base_of(value), dt.date):
            return value
    raise NotApplicable("not a date")


def _day(base: dt.date) -> dt.date:
    return base.date() if isinstance(base, dt.datetime) else base


def time(*parts: object) -> object:
    match parts:
        case (str() as text,):
            clock_text, zone = _zoned(text.removeprefix("T"))
            if re.match(r"\d\d:\d\d:\d\d", clock_text):
                plain, nanos = _nanos(clock_text)
                found = dt.time.fromisoformat(plain)
                return fine(found.replace(tzinfo=zone) if zone else found, nanos)
        case (Decimal() as hour, Decimal() as minute, Decimal() as second, *offset):
            zone = (
                dt.timezone(offset[0]) if offset and isinstance(offset[0], dt.timedelta) else None
            )
            micros, nanos = divmod(int(second % 1 * 10**9), 1000)
            return fine(dt.time(int(hour), int(minute), int(second), micros, tzinfo=zone), nanos)
        case (value,):
            return _time_of(value)
    raise NotApplicable("not a time")


def _time_of(value: object) -> object:
    base = base_of(value)
    if isinstance(base, dt.datetime):
        return fine(base.timetz(), beyond(value))
    if isinstance(base, dt.date):
        return dt.time(0, tzinfo=dt.UTC)
    if isinstance(base, dt.time):
        return value
    raise NotApplicable("not a time")


def date_and_time(*parts: object) -> object:
    match parts:
        case (str() as text,):
            return _moment(text)
        case (value,) if isinstance(base_of(value), dt.datetime):
            return value
        case (value,) if isinstance(base_of(value), dt.date):
            return _combined(value, dt.time(0))
        case (day, clock) if isinstance(base_of(day), dt.date):
            return _combined(day, clock)
    raise NotApplicable("not a date and time")


def _combined(day: object, clock: object) -> Date:
    (base, cycles), time = split(day), base_of(clock)
    if not isinstance(time, dt.time):
        raise NotApplicable("needs a time")
    return _within(dt.datetime.combine(_day(base), time), cycles, beyond(clock))


def _moment(text: str) -> Date:
    clock, zone = _zoned(text)
    match = _YEAR.match(clock)
    rest, nanos = _nanos(clock[match.end() :]) if match else ("", 0)
    if match is None or not re.match(r"T\d\d:\d\d:\d\d|$", rest):
        raise NotApplicable(f"{text!r} is not a date and time")
    year, cycles = year_in_base(int(match["year"]))
    # The last moment of a day may be written as its 24th hour.
    midnight = rest.startswith("T24:00:00")
    rest = rest.replace("T24:", "T00:", 1) if midnight else rest
    found = dt.datetime.fromisoformat(f"{year}{match['rest']}{rest}")
    found = found.replace(tzinfo=zone) if zone else found
    return _within(found + dt.timedelta(days=int(midnight)), cycles, nanos)


def _within(base: dt.date, cycles: int, nanos: int = 0) -> Date:
    found = join(base, cycles, nanos)
    if found is None:
        raise NotApplicable("the year is out of range")
    return found


def duration(text: object) -> object:
    """Years and months, or days to seconds; not both in one."""
    if isinstance(base_of(text), dt.timedelta | YearsMonths):
        return text
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None or not any(match.groups()[1:]):
        raise NotApplicable(f"{text!r} is not a duration")
    sign = -1 if match.group(1) else 1
    years, months, days, hours, minutes, seconds = (int(g or 0) for g in match.groups()[1:7])
    nanos = int((match.group(8) or "0")[:9].ljust(9, "0"))
    clock = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 10**9 + nanos
    if clock and (years or months):
        raise NotApplicable(f"{text!r} mixes months and days")
    if clock or match.group(4) or "T" in match.string:
        return duration_of(sign * clock)
    return YearsMonths(sign * (years * 12 + months))


def literal(text: object) -> object:
    """`@"..."`: whichever temporal value the text shows."""
    for read in (date, date_and_time, time, duration):
        try:
            return read(text)
        except (NotApplicable, ValueError):
            continue
    raise NotApplicable(f"{text!r} is no date, time or duration")


def _months_between(start: object, end: object) -> object:
    (first, cycles), (last, more) = split(start), split(end)
    months = ((more - cycles) * CYCLE + last.year - first.year) * 12 + last.month - first.month
    if months > 0 and last.day < first.day:
        months -= 1
    elif months < 0 and last.day > first.day:
        months += 1
    return YearsMonths(months)


def _last_day(day: object) -> object:
    base, cycles = split(day)
    following = (_day(base).replace(day=1) + dt.timedelta(days=31)).replace(day=1)
    return join(following - dt.timedelta(days=1), cycles)


def _of_day(tell: Callable[[dt.date], object]) -> Callable[[object], object]:
    """What is told of a day in the calendar, which is the same in each of its cycles."""
    return lambda value: tell(split(value)[0])


FUNCTIONS = {
    "now": Function((), clock.now),
    "today": Function((), clock.today),
    "@": Function(("from",), literal),
    "date": Function(("from",), date, variadic=True, also=(("year", "month", "day"),)),
    "time": Function(
        ("from",), time, variadic=True, also=(("hour", "minute", "second", "offset"),)
    ),
    "date and time": Function(("from",), date_and_time, variadic=True, also=(("date", "time"),)),
    "duration": Function(("from",), duration),
    "years and months duration": Function(("from", "to"), _months_between),
    "day of week": Function(("date",), _of_day(lambda d: DAYS[d.weekday()])),
    "month of year": Function(("date",), _of_day(lambda d: MONTHS[d.month - 1])),
    "day of year": Function(("date",), _of_day(lambda d: Decimal(d.timetuple().tm_yday))),
    "last day of month": Function(("date",), _last_day),
    "week of year": Function(("date",), _of_day(lambda d: Decimal(d.isocalendar().week))),
}
