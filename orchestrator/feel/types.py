"""Whether a value is of a FEEL type (DMN 1.5, 10.3.2.9): what `instance of` answers."""

from orchestrator.feel.syntax import TypeRef
from orchestrator.feel.values import Range, type_name


def conforms(value: object, wanted: TypeRef) -> bool:
    """Null is of type Null alone; a context may hold more than its type names."""
    if value is None:
        return wanted.name == "Null"
    if wanted.name == "Any":
        return True
    if type_name(value) != wanted.name:
        return False
    if isinstance(value, list):
        return all(conforms(v, a) for a in wanted.arguments for v in value)
    if isinstance(value, Range):
        ends = [e for e in (value.low, value.high) if e is not None]
        return all(conforms(e, a) for a in wanted.arguments for e in ends)
    if isinstance(value, dict):
        return all(k in value and _entry(value[k], t) for k, t in wanted.entries)
    return True


def _entry(value: object, wanted: TypeRef) -> bool:
    return value is None or conforms(value, wanted)
