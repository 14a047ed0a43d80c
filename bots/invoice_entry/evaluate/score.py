"""The outcomes of a folder, counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any

from .bounds import upper_bound
from .calibration import calibration
from .comparing import FIELDS, KEY_FIELDS, RIGHT, Compared, Outcome


def score(outcomes: Sequence[Outcome], seconds: float) -> dict[str, Any]:
    """Everything there is to say, as JSON. `undetected_*` count wrong or missing key fields in
    invoices that would pass without a person, `key_fields` the key fields looked at there."""
    passed = [outcome for outcome in outcomes if outcome.trusted]
    undetected = [f"{o.file}: {_words(f)}" for o in passed for f in o.undetected]
    invoices = sum(bool(outcome.undetected) for outcome in passed)
    key_fields = sum(f.name in KEY_FIELDS for o in passed for f in o.fields)
    return {
        "invoices": len(outcomes),
        "straight_through": len(passed),
        "straight_through_rate": _share(len(passed), len(outcomes)),
        "undetected_fields": len(undetected),
        "key_fields": key_fields,
        "upper_bound_fields": round(upper_bound(len(undetected), key_fields), 6),
        "undetected_invoices": invoices,
        "upper_bound_invoices": round(upper_bound(invoices, len(passed)), 6),
        "pages_per_second": round(sum(o.pages for o in outcomes) / seconds, 2) if seconds else 0.0,
        "undetected": undetected,
        "fields": _fields(outcomes),
        "lines": _lines(outcomes),
        "macro_average": _macro(outcomes),
        "calibration": calibration([f for o in outcomes for f in o.fields]),
        "doubts": dict(Counter(code for o in outcomes for code in o.doubts).most_common()),
        "refused": {o.file: o.refusal for o in outcomes if o.refusal},
        "crashed": {o.file: o.crash for o in outcomes if o.crash},
    }


def _words(field: Compared) -> str:
    return f"{field.name}: read {field.read!r}, printed {field.truth!r}"


def _fields(outcomes: Sequence[Outcome]) -> dict[str, dict[str, int]]:
    counts = {name: Counter({"right": 0, "wrong": 0, "missing": 0}) for name in FIELDS}
    for outcome in outcomes:
        for field in outcome.fields:
            counts[field.name][field.outcome] += 1
    return {name: dict(found) for name, found in counts.items()}


def _lines(outcomes: Sequence[Outcome]) -> dict[str, int]:
    """Of the invoices with line truth: read completely, or asked about."""
    known = [o for o in outcomes if o.lines_right is not None]
    complete = sum(bool(o.lines_right) for o in known)
    asked = sum(not o.lines_right and not o.trusted for o in known)
    return {"invoices": len(known), "complete": complete, "asked_about": asked}


def _macro(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Each family of look-alikes counts the same, however many there are of it."""
    families: dict[str, list[Outcome]] = defaultdict(list)
    for outcome in outcomes:
        families[outcome.family].append(outcome)
    each = {
        name: {
            "invoices": len(found),
            "straight_through": _share(sum(o.trusted for o in found), len(found)),
            "key_fields_right": _right(found),
        }
        for name, found in sorted(families.items())
    }
    return {"families": each} | {
        measure: round(sum(one[measure] for one in each.values()) / max(len(each), 1), 4)
        for measure in ("straight_through", "key_fields_right")
    }


def _right(outcomes: Sequence[Outcome]) -> float:
    fields = [f for o in outcomes for f in o.fields if f.name in KEY_FIELDS]
    return _share(sum(f.outcome == RIGHT for f in fields), len(fields))


def _share(part: int, whole: int) -> float:
    return round(part / whole, 4) if whole else 0.0
