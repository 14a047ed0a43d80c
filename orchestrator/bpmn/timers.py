"""When a timer event is due (ISO 8601, or cron for a cycle; BPMN 2.0, 10.5.5)."""

import datetime as dt
import re

from cronsim import CronSim, CronSimError

from orchestrator.bpmn.model import Trigger, Value
from orchestrator.bpmn.run import Failed, Run
from orchestrator.feel import Expression, parse
from orchestrator.feel.extended import base_of
from orchestrator.feel.operators import shift
from orchestrator.feel.values import YearsMonths

_READ = {"timeDuration": "duration", "timeDate": "date and time"}
_CYCLE = re.compile(r"R(?P<times>\d*)/(?:(?P<start>[^P/]+)/)?(?P<every>P[^/]+)")


def due_at(run: Run, event_id: str, trigger: Trigger, key: int) -> dt.datetime:
    """Raises Failed when the timer's value is no duration, date or cycle."""
    found, kind = _timer_value(run, trigger, key), _kind(trigger)
    if kind == "timeCycle" and isinstance(found, str):
        return _next(found, run.env.now)
    if isinstance(found, str):
        found = _read(_READ[kind], found)
    if isinstance(found, dt.timedelta | YearsMonths):
        found = shift(run.env.now, found, 1)
    if not isinstance(found, dt.datetime):
        raise Failed("EXTRACT_VALUE_ERROR", f"The timer of {event_id} is no duration or date.")
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def lifetime(run: Run, trigger: Trigger, key: int) -> float | None:
    """The seconds that a message is kept; None when the model does not say. Raises Failed."""
    found = _value(run, trigger.lifetime, key)
    if found is None and not isinstance(trigger.lifetime, Expression):
        return None
    if isinstance(found, str):
        found = _read("duration", found)
    if isinstance(found, dt.timedelta | YearsMonths):
        until = shift(run.env.now, found, 1)
        assert isinstance(until, dt.datetime)  # noqa: S101  a moment and a duration make one
        return (until - run.env.now).total_seconds()
    raise Failed("EXTRACT_VALUE_ERROR", f"The message's time to live is no duration: {found!r}")


def repetitions(run: Run, trigger: Trigger, key: int) -> int | None:
    """How often the timer fires after its first time; None without end."""
    if _kind(trigger) != "timeCycle":
        return 0
    match = _CYCLE.fullmatch(str(_timer_value(run, trigger, key)).strip())
    if match is None or not match["times"]:
        return None
    return max(int(match["times"]) - 1, 0)


def _next(cycle: str, now: dt.datetime) -> dt.datetime:
    """`R3/PT1M`, `R/2026-01-01T00:00:00Z/P1D` or cron (five fields, or six with seconds)."""
    match = _CYCLE.fullmatch(cycle.strip())
    if match is None:
        return _cron(cycle, now)
    every = _read("duration", match["every"])
    if not isinstance(every, dt.timedelta | YearsMonths):
        raise Failed("EXTRACT_VALUE_ERROR", f"The cycle '{cycle}' has no duration.")
    if match["start"]:
        start = _read("date and time", match["start"])
        if isinstance(start, dt.datetime):
            start = start if start.tzinfo else start.replace(tzinfo=dt.UTC)
            return _after(start, every, now)
    due = shift(now, every, 1)
    assert isinstance(due, dt.datetime)  # noqa: S101  a moment and a duration make a moment
    return due


def _after(start: dt.datetime, every: dt.timedelta | YearsMonths, now: dt.datetime) -> dt.datetime:
    """The first of the cycle's moments after now."""
    if isinstance(every, dt.timedelta) and every > dt.timedelta() and start <= now:
        return start + every * ((now - start) // every + 1)
    while start <= now:
        moved = shift(start, every, 1)
        assert isinstance(moved, dt.datetime)  # noqa: S101
        if moved <= start:
            raise Failed("EXTRACT_VALUE_ERROR", "The cycle's duration is not above zero.")
        start = moved
    return start


def _cron(text: str, now: dt.datetime) -> dt.datetime:
    try:
        return next(CronSim(text.strip(), now))
    except (CronSimError, StopIteration) as error:
        message = f"'{text}' is no cycle: write R3/PT1M, R/P1D or a cron expression."
        raise Failed("EXTRACT_VALUE_ERROR", message) from error


def _kind(trigger: Trigger) -> str:
    assert trigger.timer is not None  # noqa: S101  the model's validation
    return trigger.timer.kind


def _timer_value(run: Run, trigger: Trigger, key: int) -> object:
    assert trigger.timer is not None  # noqa: S101
    return _value(run, trigger.timer.value, key)


def _value(run: Run, source: Value, key: int) -> object:
    """Clocks tell no less than a microsecond."""
    if isinstance(source, Expression):
        return base_of(run.evaluated(source, key).value)
    return source


def _read(function: str, text: str) -> object:
    return base_of(parse(f"{function}(text)").evaluate({"text": text}).value)
