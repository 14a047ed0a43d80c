"""Context functions."""

from orchestrator.feel.operators import NotApplicable
from orchestrator.feel.values import Function


def _context(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise NotApplicable("needs a context")
    return value


def _entries(value: object) -> object:
    return [{"key": k, "value": v} for k, v in _context(value).items()]


def _build(entries: object) -> object:
    if not isinstance(entries, list):
        raise NotApplicable("needs a list of entries")
    if not all({"key", "value"} <= _context(e).keys() for e in entries):
        raise NotApplicable("an entry has a key and a value")
    result = {str(e["key"]): e["value"] for e in entries}
    if len(result) != len(entries):
        raise NotApplicable("a key comes twice")
    return result


def _put(value: object, key: object, new: object) -> object:
    keys = key if isinstance(key, list) else [key]
    if not keys or not all(isinstance(k, str) for k in keys):
        raise NotApplicable("a key is a string")
    head, *rest = (str(k) for k in keys)
    inner = _put(_context(value).get(head, {}), rest, new) if rest else new
    return {**_context(value), head: inner}


def _merge(contexts: object) -> object:
    several = contexts if isinstance(contexts, list) else [contexts]
    return {k: v for c in several for k, v in _context(c).items()}


FUNCTIONS = {
    "get value": Function(("m", "key"), lambda m, key: _context(m).get(str(key))),
    "get entries": Function(("m",), _entries),
    "context": Function(("entries",), _build),
    "context put": Function(
        ("context", "key", "value"), _put, also=(("context", "keys", "value"),)
    ),
    "context merge": Function(("contexts",), _merge),
}
