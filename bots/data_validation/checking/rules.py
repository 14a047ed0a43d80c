"""Rules and what they find: read from the rules file, checked before anything runs."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from .record import Record
from .reference import Reference, Vendor

SEVERITIES = ("error", "warning", "info")
_OWN_KEYS = ("id", "field", "severity", "kind", "message")


class BadRule(Exception):
    """A rule of the file that cannot be applied; the text says which and why."""


@dataclass(frozen=True)
class Rule:
    """One rule; `parameters` are the keys that belong to its kind."""

    id: str
    field: str
    severity: str
    kind: str
    message: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Case:
    """Everything that a rule may look at."""

    record: Record
    reference: Reference
    vendor: Vendor | None
    known: Sequence[Record]
    today: dt.date


@dataclass(frozen=True)
class Finding:
    """One breach of one rule."""

    field: str
    severity: str
    rule: str
    message: str
    values: Mapping[str, str]
    """What fills the rule's message: whoever shows the finding may tell it in other words."""


# A kind looks at the case and yields, for each breach, what fills the rule's message.
Breach = Mapping[str, object]
Kind = Callable[[Rule, Case], Iterator[Breach]]


def load_rules(path: Path, kinds: Mapping[str, Kind]) -> Sequence[Rule]:
    """The rules of the file; BadRule when one is incomplete or of no known kind."""
    entries = yaml.safe_load(path.read_text(encoding="utf-8")).get("rules", [])
    rules = [_rule(entry, kinds) for entry in entries]
    names = [rule.id for rule in rules]
    for name in names:
        if names.count(name) > 1:
            raise BadRule(f"rule {name} stands in the file twice")
    return rules


def _rule(entry: Mapping[str, Any], kinds: Mapping[str, Kind]) -> Rule:
    missing = [key for key in _OWN_KEYS if not entry.get(key)]
    if missing:
        raise BadRule(f"rule {entry.get('id', entry)} lacks {', '.join(missing)}")
    if entry["kind"] not in kinds:
        known = ", ".join(sorted(kinds))
        raise BadRule(f"rule {entry['id']} has the kind {entry['kind']}; there are {known}")
    if entry["severity"] not in SEVERITIES:
        raise BadRule(f"rule {entry['id']} has severity {entry['severity']}; use {SEVERITIES}")
    parameters = {key: value for key, value in entry.items() if key not in _OWN_KEYS}
    return Rule(
        id=str(entry["id"]),
        field=str(entry["field"]),
        severity=entry["severity"],
        kind=entry["kind"],
        message=str(entry["message"]),
        parameters=parameters,
    )
