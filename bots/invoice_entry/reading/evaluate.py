"""How good the reading is: compare a folder of invoices with their truth."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from robocorp.workitems import BusinessException

from .invoice import AMOUNTS, KEY_FIELDS, Invoice
from .labels import fold
from .reader import read

FIELDS = (*KEY_FIELDS, "due_date", "buyer", "seller_vat", "iban", "po_number")


@dataclass
class Score:
    """Counts over a folder; an undetected error is a wrong value that no doubt points at."""

    files: int = 0
    straight_through: int = 0
    refused: list[str] = field(default_factory=list)
    per_field: dict[str, Counter[str]] = field(
        default_factory=lambda: {name: Counter() for name in FIELDS}
    )
    undetected: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    doubts: Counter[str] = field(default_factory=Counter)

    def as_json(self) -> dict[str, Any]:
        return {
            "files": self.files,
            "straight_through": self.straight_through,
            "straight_through_share": round(self.straight_through / max(self.files, 1), 4),
            "undetected_errors": self.undetected,
            "refused": self.refused,
            "fields": {name: dict(counts) for name, counts in self.per_field.items()},
            "wrong": self.wrong,
            "missing": self.missing,
            "doubts": dict(self.doubts.most_common()),
        }


def evaluate(folder: Path, *, use_xml: bool) -> Score:
    """Read every file that `folder/truth.json` names and compare each field with it."""
    score = Score()
    for truth in json.loads((folder / "truth.json").read_text(encoding="utf-8")):
        score.files += 1
        path = folder / "pdf" / truth["file"]
        try:
            invoice = read(path, use_xml=use_xml)
        except BusinessException as refusal:
            score.refused.append(f"{truth['file']}: {refusal.code}")
            continue
        score.straight_through += invoice.trusted
        score.doubts.update(doubt.code for doubt in invoice.doubts)
        for name, outcome, detail in _compare(invoice, truth["fields"]):
            score.per_field[name][outcome] += 1
            if outcome == "missing":
                score.missing.append(f"{truth['file']}: {name}")
            if outcome == "wrong":
                score.wrong.append(f"{truth['file']}: {name}: {detail}")
                if invoice.trusted and name in KEY_FIELDS:
                    score.undetected.append(f"{truth['file']}: {name}: {detail}")
    return score


def _compare(invoice: Invoice, truth: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for name in FIELDS:
        if not truth.get(name):
            continue
        found = invoice.fields.get(name)
        if found is None:
            yield name, "missing", ""
        elif _equal(name, found.value, truth[name]):
            yield name, "right", ""
        else:
            yield name, "wrong", f"read {found.value!r}, printed {truth[name]!r}"


def _equal(name: str, read_value: str, true_value: str | list[str]) -> bool:
    if isinstance(true_value, list):
        return any(_equal(name, read_value, one) for one in true_value)
    if name in AMOUNTS:
        return abs(Decimal(read_value)) == abs(Decimal(true_value))
    if name in ("seller", "buyer"):
        return _name(read_value) == _name(true_value)
    return re.sub(r"\s", "", read_value) == re.sub(r"\s", "", true_value)


# Some e-invoices hold identifiers within the name; they are no part of it.
_IDENTIFIERS = re.compile(r"\b(?:GLN|Lief-Nr|Kunden-Nr)\b[\s.:]*\d+")


def _name(text: str) -> str:
    return fold(_IDENTIFIERS.sub("", text))[0]
