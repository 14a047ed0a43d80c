"""How points and ranges lie to each other (DMN 1.5, 10.3.4.9, after Allen), and `range()`."""

import re
from collections.abc import Callable
from decimal import Decimal

from orchestrator.feel.builtins.temporal import date, date_and_time, duration, literal, time
from orchestrator.feel.operators import NotApplicable, order
from orchestrator.feel.tokens import unquote
from orchestrator.feel.values import Function, Range

_END = re.compile(
    r'\s*(?:(?P<call>date and time|date|time|duration)\(\s*|(?P<at>@))?(?P<text>"(?:[^"\\]|\\.)*")'
    r"\s*\)?\s*|\s*(?P<number>-?\d*\.?\d+)\s*|\s*",
)
_READ: dict[str, Callable[[object], object]] = {
    "date": date, "time": time, "date and time": date_and_time, "duration": duration,
}  # fmt: skip


def _compared(a: object, b: object) -> int:
    found = order(a, b)
    if found is None:
        raise NotApplicable("the ends have no common order")
    return found


def _range(value: object) -> Range:
    if isinstance(value, Range):
        return value
    if value is None:
        raise NotApplicable("needs a point or a range")
    return Range(value, value)


def _before(a: object, b: object) -> bool:
    left, right = _range(a), _range(b)
    found = _compared(left.high, right.low)
    return found < 0 or (found == 0 and not (left.high_closed and right.low_closed))


def _meets(a: object, b: object) -> bool:
    left, right = _range(a), _range(b)
    return left.high_closed and right.low_closed and _compared(left.high, right.low) == 0


def _overlaps(a: object, b: object) -> bool:
    return not _before(a, b) and not _before(b, a)


def _low_order(a: object, b: object) -> int:
    """Which range begins first: an open end begins just after its value."""
    left, right = _range(a), _range(b)
    return _compared(left.low, right.low) or int(right.low_closed) - int(left.low_closed)


def _high_order(a: object, b: object) -> int:
    left, right = _range(a), _range(b)
    return _compared(left.high, right.high) or int(left.high_closed) - int(right.high_closed)


def _overlaps_before(a: object, b: object) -> bool:
    return _overlaps(a, b) and _low_order(a, b) < 0 and _high_order(a, b) <= 0


def _includes(a: object, b: object) -> bool:
    return _low_order(a, b) <= 0 and _high_order(a, b) >= 0


def _starts(a: object, b: object) -> bool:
    return _low_order(a, b) == 0 and _high_order(a, b) <= 0


def _finishes(a: object, b: object) -> bool:
    return _high_order(a, b) == 0 and _low_order(a, b) >= 0


def _coincides(a: object, b: object) -> bool:
    return _low_order(a, b) == 0 and _high_order(a, b) == 0


def _turned(relation: Callable[[object, object], bool]) -> Callable[[object, object], bool]:
    return lambda a, b: relation(b, a)


def parse_range(text: object) -> Range:
    """`[1..3]`, with literal ends."""
    match = re.fullmatch(
        r"\s*([\[\](])(.*?)\.\.(.*)([\[\])])\s*", text if isinstance(text, str) else ""
    )
    if match is None:
        raise NotApplicable(f"{text!r} is not a range")
    low, high = _end(match.group(2)), _end(match.group(3))
    if low is None or high is None:
        raise NotApplicable("a range needs two ends")
    if _compared(low, high) > 0:
        raise NotApplicable("the ends of the range are swapped")
    return Range(low, high, match.group(1) == "[", match.group(4) == "]")


def _end(text: str) -> object:
    match = _END.fullmatch(text)
    if match is None:
        raise NotApplicable(f"{text!r} is not a literal")
    if match["number"]:
        return Decimal(match["number"])
    if match["text"] is None:
        return None
    plain = unquote(match["text"])
    if match["at"]:
        return literal(plain)
    return _READ[match["call"]](plain) if match["call"] else plain


_RELATIONS: dict[str, Callable[[object, object], bool]] = {
    "before": _before,
    "after": _turned(_before),
    "meets": _meets,
    "met by": _turned(_meets),
    "overlaps": _overlaps,
    "overlaps before": _overlaps_before,
    "overlaps after": _turned(_overlaps_before),
    "finishes": _finishes,
    "finished by": _turned(_finishes),
    "includes": _includes,
    "during": _turned(_includes),
    "starts": _starts,
    "started by": _turned(_starts),
    "coincides": _coincides,
}
FUNCTIONS = {
    **{name: Function(("range1", "range2"), relation) for name, relation in _RELATIONS.items()},
    "range": Function(("from",), parse_range),
}
