"""Types: what `instance of` answers, and what a value becomes where a type is asked for."""

import datetime as dt

from orchestrator.feel.syntax import TypeRef
from orchestrator.feel.values import Range, type_name


def conforms(value: object, wanted: TypeRef) -> bool:
    """Whether a value is of a type (DMN 1.5, 10.3.2.9). Null is of type Null alone; a context may
    hold more than its type names."""
    if value is None:
        return wanted.name == "Null"
    if wanted.name == "Any":
        return True
    if type_name(value) != wanted.name:
        return False
    if isinstance(value, list):
        return all(_inner(v, a) for a in wanted.arguments for v in value)
    if isinstance(value, Range):
        ends = [e for e in (value.low, value.high) if e is not None]
        return all(conforms(e, a) for a in wanted.arguments for e in ends)
    if isinstance(value, dict):
        return all(k in value and _inner(value[k], t) for k, t in wanted.entries)
    return True


def _inner(value: object, wanted: TypeRef) -> bool:
    return value is None or conforms(value, wanted)


def _fits(value: object, wanted: TypeRef) -> bool:
    """As `conforms`, and one of the values that the type allows."""
    if not conforms(value, wanted):
        return False
    inner: list[tuple[object, TypeRef]] = []
    if isinstance(value, list):
        inner = [(item, type_) for type_ in wanted.arguments for item in value]
    elif isinstance(value, dict):
        inner = [(value[name], type_) for name, type_ in wanted.entries]
    allowed = wanted.allows is None or wanted.allows(value)
    return allowed and all(v is None or _fits(v, t) for v, t in inner)


def coerce(value: object, wanted: TypeRef) -> tuple[bool, object]:
    """Whether a value can stand where a type is asked for, and as what (DMN 1.5, 10.3.2.9.4): a
    list of one as its item, an item as a list of one, a date as its midnight in UTC."""
    if value is None or _fits(value, wanted):
        return True, value
    if isinstance(value, list) and len(value) == 1 and _fits(value[0], wanted):
        return True, value[0]
    if wanted.name == "list" and not isinstance(value, list) and _fits([value], wanted):
        return True, [value]
    is_day = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
    if wanted.name == "date and time" and is_day:
        assert isinstance(value, dt.date)  # noqa: S101
        return True, dt.datetime.combine(value, dt.time(0, tzinfo=dt.UTC))
    return False, None
