"""String functions; positions count code points from 1, negative ones from the end."""

import re
from decimal import Decimal

from orchestrator.feel.builtins.patterns import Pattern, compiled
from orchestrator.feel.operators import NotApplicable
from orchestrator.feel.values import Function, bounded, show


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise NotApplicable("needs a string")
    return value


def substring(text: object, start: object, length: object = None) -> object:
    text = _text(text)
    if not isinstance(start, Decimal) or not start:
        raise NotApplicable("start position counts from 1 or -1")
    at = int(start) - 1 if start > 0 else len(text) + int(start)
    end = len(text) if length is None else at + int(length)  # type: ignore[call-overload]
    return text[max(at, 0) : max(end, 0)]


def _before(text: object, match: object) -> object:
    if match == "":
        return ""
    head, found, _ = _text(text).partition(_text(match))
    return head if found else ""


def _after(text: object, match: object) -> object:
    if match == "":
        return _text(text)
    _, found, tail = _text(text).partition(_text(match))
    return tail if found else ""


def _pattern(pattern: object, flags: object) -> Pattern:
    return compiled(pattern, "" if flags is None else flags)


def _matches(text: object, pattern: object, flags: object = None) -> object:
    found, text = _pattern(pattern, flags), _text(text)
    return found.regex.search(text, timeout=found.limit(text)) is not None


def _replace(text: object, pattern: object, replacement: object, flags: object = None) -> object:
    found, text, groups = _pattern(pattern, flags), _text(text), _text(replacement)
    if "$" in groups:
        groups = re.sub(r"\$(\d)", r"\\g<\1>", groups)
    return found.regex.sub(groups, text, timeout=found.limit(text))


def _join(items: object, delimiter: object = "") -> object:
    bounded(items)
    several = items if isinstance(items, list) else [_text(items)]
    return (_text(delimiter) if delimiter else "").join(_text(i) for i in several if i is not None)


def _split(text: object, delimiter: object) -> object:
    found, text = _pattern(delimiter, ""), _text(text)
    parts = found.regex.split(text, timeout=found.limit(text))
    return parts[:: found.regex.groups + 1]  # without what groups caught


def _extract(text: object, pattern: object) -> object:
    found, text = _pattern(pattern, ""), _text(text)
    return [m.group() for m in found.regex.finditer(text, timeout=found.limit(text))]


FUNCTIONS = {
    "string": Function(("from",), lambda v: None if v is None else show(bounded(v))),
    "string length": Function(("string",), lambda t: Decimal(len(_text(t)))),
    "substring": Function(("string", "start position", "length"), substring),
    "upper case": Function(("string",), str.upper),
    "lower case": Function(("string",), str.lower),
    "is blank": Function(("string",), lambda t: not _text(t).strip()),
    "extract": Function(("string", "pattern"), _extract),
    "trim": Function(("string",), str.strip),
    "substring before": Function(("string", "match"), _before),
    "substring after": Function(("string", "match"), _after),
    "contains": Function(("string", "match"), str.__contains__),
    "starts with": Function(("string", "match"), str.startswith),
    "ends with": Function(("string", "match"), str.endswith),
    "matches": Function(("input", "pattern", "flags"), _matches),
    "replace": Function(("input", "pattern", "replacement", "flags"), _replace),
    "split": Function(("string", "delimiter"), _split),
    "string join": Function(("list", "delimiter"), _join),
}
