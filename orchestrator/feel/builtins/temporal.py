"""Dates, times and durations (DMN 1.5, 10.3.4.1; ISO 8601 with IANA zones as `@Europe/Paris`)."""

import datetime as dt
import re
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from orchestrator.feel.operators import NotApplicable
from orchestrator.feel.values import Function, YearsMonths

_DURATION = re.compile(
    r"(-)?P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?"
)
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip


def _zoned(text: str) -> tuple[str, dt.tzinfo | None]:
    clock, at, zone = text.partition("@")
    if not at:
        return text, None
    if re.search(r"(Z|[+-]\d\d:\d\d)$", clock[8:]):
        raise NotApplicable(f"{text!r} has two zones")
    try:
        return clock, ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise NotApplicable(f"no time zone {zone!r}") from error


def date(*parts: object) -> object:
    match parts:
        case (dt.datetime() as moment,):
            return moment.date()
        case (dt.date() as day,):
            return day
        case (str() as text,) if re.fullmatch(r"-?\d{4,9}-\d\d-\d\d", text):
            return dt.date.fromisoformat(text)
        case (Decimal() as year, Decimal() as month, Decimal() as day):
            return dt.date(int(year), int(month), int(day))
    raise NotApplicable("not a date")


def time(*parts: object) -> object:
    match parts:
        case (dt.datetime() as moment,):
            return moment.timetz()
        case (dt.time() as clock,):
            return clock
        case (dt.date(),):
            return dt.time(0, tzinfo=dt.UTC)
        case (str() as text,):
            clock_text, zone = _zoned(text.removeprefix("T"))
            if re.match(r"\d\d:\d\d:\d\d", clock_text):
                found = dt.time.fromisoformat(clock_text)
                return found.replace(tzinfo=zone) if zone else found
        case (Decimal() as hour, Decimal() as minute, Decimal() as second, *offset):
            zone = (
                dt.timezone(offset[0]) if offset and isinstance(offset[0], dt.timedelta) else None
            )
            micro = int(second % 1 * 1_000_000)
            return dt.time(int(hour), int(minute), int(second), micro, tzinfo=zone)
    raise NotApplicable("not a time")


def date_and_time(*parts: object) -> object:
    match parts:
        case (dt.datetime() as moment,):
            return moment
        case (dt.date() as day,):
            return dt.datetime.combine(day, dt.time(0))
        case (dt.date() as day, dt.time() as clock):
            day = day.date() if isinstance(day, dt.datetime) else day
            return dt.datetime.combine(day, clock)
        case (str() as text,):
            return _moment(text)
    raise NotApplicable("not a date and time")


def _moment(text: str) -> dt.datetime:
    clock, zone = _zoned(text)
    if not re.match(r"\d{4}-\d\d-\d\d(T\d\d:\d\d:\d\d|$)", clock):
        raise NotApplicable(f"{text!r} is not a date and time")
    found = dt.datetime.fromisoformat(clock)
    return found.replace(tzinfo=zone) if zone else found


def duration(text: object) -> object:
    """Years and months, or days to seconds; not both in one."""
    if isinstance(text, dt.timedelta | YearsMonths):
        return text
    match = _DURATION.fullmatch(text) if isinstance(text, str) else None
    if match is None or not any(match.groups()[1:]):
        raise NotApplicable(f"{text!r} is not a duration")
    sign = -1 if match.group(1) else 1
    years, months, days, hours, minutes = (int(g or 0) for g in match.groups()[1:6])
    seconds = float(match.group(7) or 0)
    clock = dt.timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)
    if clock and (years or months):
        raise NotApplicable(f"{text!r} mixes months and days")
    return (
        sign * clock
        if clock or match.group(4) or "T" in match.string
        else YearsMonths(sign * (years * 12 + months))
    )


def literal(text: object) -> object:
    """`@"..."`: whichever temporal value the text shows."""
    for read in (date, date_and_time, time, duration):
        try:
            return read(text)
        except (NotApplicable, ValueError):
            continue
    raise NotApplicable(f"{text!r} is no date, time or duration")


def _months_between(start: object, end: object) -> object:
    if not (isinstance(start, dt.date) and isinstance(end, dt.date)):
        raise NotApplicable("needs two dates")
    months = (end.year - start.year) * 12 + end.month - start.month
    if months > 0 and end.day < start.day:
        months -= 1
    elif months < 0 and end.day > start.day:
        months += 1
    return YearsMonths(months)


FUNCTIONS = {
    "@": Function(("from",), literal),
    "date": Function(("from",), date, variadic=True, also=(("year", "month", "day"),)),
    "time": Function(
        ("from",), time, variadic=True, also=(("hour", "minute", "second", "offset"),)
    ),
    "date and time": Function(("from",), date_and_time, variadic=True, also=(("date", "time"),)),
    "duration": Function(("from",), duration),
    "years and months duration": Function(("from", "to"), _months_between),
    "day of week": Function(("date",), lambda d: DAYS[d.weekday()]),
    "month of year": Function(("date",), lambda d: MONTHS[d.month - 1]),
    "day of year": Function(("date",), lambda d: Decimal(d.timetuple().tm_yday)),
    "week of year": Function(("date",), lambda d: Decimal(d.isocalendar().week)),
}
