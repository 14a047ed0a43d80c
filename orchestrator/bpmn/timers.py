"""When a timer event is due (ISO 8601; BPMN 2.0, 10.5.5)."""

import datetime as dt

from orchestrator.bpmn.model import Element
from orchestrator.bpmn.run import Failed, Run, Visible
from orchestrator.feel import Expression, parse
from orchestrator.feel.operators import shift
from orchestrator.feel.values import YearsMonths

_READ = {"timeDuration": "duration(text)", "timeDate": "date and time(text)"}


def due_at(run: Run, element: Element, key: int) -> dt.datetime:
    """Raises Failed when the timer's value is no duration or date."""
    assert element.timer is not None  # noqa: S101  the model's validation
    source = element.timer.value
    found: object = source
    if isinstance(source, Expression):
        found = source.evaluate(Visible(run.state, key, {})).value
    if isinstance(found, str):
        found = parse(_READ[element.timer.kind]).evaluate({"text": found}).value
    if isinstance(found, dt.timedelta | YearsMonths):
        found = shift(run.env.now, found, 1)
    if not isinstance(found, dt.datetime):
        raise Failed("EXTRACT_VALUE_ERROR", f"The timer of {element.id} is no duration or date.")
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)
